/**
 * Who asks: name and version, and how to reach whoever runs this, when they say so. The
 * Géoplateforme answers 429 to libraries' default names.
 */
import { ownIdentity } from '../identity.ts';

/** @param contact an address or a page, by default that of the environment variable CARTO_CONTACT. */
export function userAgent(contact = process.env['CARTO_CONTACT'] ?? ''): string {
  const { name, version } = ownIdentity();
  // A header holds no line break, and no more than Latin letters.
  const reach = contact
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[()]/g, '')
    .trim();
  const purpose = 'static files from French open data';
  return `${name}/${version} (${reach === '' ? purpose : `${purpose}; ${reach}`})`;
}
