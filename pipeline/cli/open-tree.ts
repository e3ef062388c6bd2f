/** Opens the tree that a question goes to, and says how to come by one where there is none. */
import { CartoError, isCartoError } from '../../src/errors.ts';
import { openCarto, type Carto } from '../../src/node.ts';

/** `example.org/carto`, `ftp://example.org`; not a folder, `file:` or what is asked by HTTP. */
const OTHER_ADDRESS = /^(?!https?:|file:)([\w-]+:\/\/|[\w-]+(\.[\w-]+)+\/)/i;

function hintFor(base: string): string {
  if (/^https?:/i.test(base)) return '';
  return OTHER_ADDRESS.test(base) ? '; an address begins with https://' : '; carto build makes a tree';
}

/**
 * Opens the tree at `base`, a folder or an address.
 * @throws CartoError as the library does.
 */
export async function openTree(base: string): Promise<Carto> {
  return openCarto(base).catch((error: unknown) => {
    if (!isCartoError(error, 'NotFound')) throw error;
    throw new CartoError(error.code, error.message + hintFor(base), error.details, error);
  });
}
