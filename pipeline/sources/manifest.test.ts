import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { checkManifest } from './manifest.ts';
import type { Member } from './workspace.ts';

const folder = useFolder();
const WHERE = { source: 'extraction' };

function member(name: string, content: string): Member {
  return { path: folder.write(name, content), name };
}

function md5(content: string): string {
  return createHash('md5').update(content).digest('hex');
}

/** As the portal writes it: links of any number of attributes, MD5 in the content. */
function entry(name: string, checksum: string): string {
  return `<entry>
    <title>${name}</title>
    <link rel="alternate" type="application/geopackage+sqlite3" href="https://example.org/extraction/2026/${name}"/>
    <content type="text">
      ${checksum}
    </content>
  </entry>`;
}

function feed(...entries: string[]): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Extraction</title>${entries.join('')}</feed>`;
}

const [ZONES, ACTES] = ['wfs_du.zone_urba.gpkg', 'wfs_sup.acte_sup.gpkg'];

describe('the manifest of an extraction', () => {
  it('lets pass the files that it announces, in either case of its letters', async () => {
    const manifest = feed(entry(ZONES, md5('zones')), entry(ACTES, md5('actes').toUpperCase()));
    const members = [member('download-latest.xml', manifest), member(ZONES, 'zones'), member(ACTES, 'actes')];
    await expect(checkManifest(members, WHERE)).resolves.toBeUndefined();
  });

  it('refuses a file that is not the one announced, and names it', async () => {
    const manifest = feed(entry(ZONES, md5('zones')), entry(ACTES, md5('actes')));
    const members = [member(ZONES, 'zones'), member(ACTES, 'other'), member('download-latest', manifest)];
    await expect(checkManifest(members, WHERE)).rejects.toMatchObject({
      code: 'BadArchive',
      where: { source: 'extraction', member: ACTES },
      message: expect.stringContaining(`MD5 ${md5('other')}, the manifest says ${md5('actes')}`) as string,
    });
  });

  it('says nothing of files that it does not announce, nor of announced ones that were not fetched', async () => {
    const manifest = feed(entry(ZONES, md5('zones')));
    const members = [member('download-latest.xml', manifest), member('extraction.json', '{}')];
    await expect(checkManifest(members, WHERE)).resolves.toBeUndefined();
  });

  it('may be absent', async () => {
    await expect(checkManifest([member(ZONES, 'zones')], WHERE)).resolves.toBeUndefined();
  });

  it.each([
    ['an error page', '<!DOCTYPE html><title>Maintenance</title>'],
    ['a feed without an entry', feed()],
    ['a feed without an MD5', feed(entry(ZONES, 'application/geopackage'))],
  ])('that is %s is refused', async (_, manifest) => {
    const members = [member('download-latest.xml', manifest), member(ZONES, 'zones')];
    await expect(checkManifest(members, WHERE)).rejects.toMatchObject({
      code: 'BadArchive',
      where: { source: 'extraction', member: 'download-latest.xml' },
    });
  });
});
