import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { checkJsonText } from './json-text.ts';

const folder = useFolder();
const WHERE = { source: 'zones', member: 'zones.geojson' };

/** More than one chunk of a stream, so that characters are cut between two. */
const LONG = JSON.stringify({ nom: 'Écully-le-Château œ€🍇'.repeat(20_000) });

describe('the texts of a JSON file', () => {
  it.each(['zones.json', 'zones.geojson', 'ZONES.JSON', 'zones.json.gz'])(
    'of %s are let pass as UTF-8',
    async (name) => {
      const bytes = Buffer.from(`\ufeff${LONG}`);
      await checkJsonText(folder.write(name, name.endsWith('gz') ? gzipSync(bytes) : bytes), WHERE);
    },
  );

  it.each(['zones.geojson', 'zones.json.gz'])(
    'of %s are refused in another encoding, with one of them',
    async (name) => {
      const bytes = Buffer.concat([Buffer.from(LONG), Buffer.from('{"a":"sûr","b":"Bâtiment"}', 'latin1')]);
      const path = folder.write(name, name.endsWith('gz') ? gzipSync(bytes) : bytes);
      await expect(checkJsonText(path, WHERE)).rejects.toMatchObject({
        code: 'BadEncoding',
        where: WHERE,
        message: 'zones › zones.geojson: not UTF-8, which JSON is: "sûr"; convert it first',
      });
    },
  );

  it('are refused when the last character is cut', async () => {
    const path = folder.write('zones.json', Buffer.from('"é').subarray(0, 2));
    await expect(checkJsonText(path, WHERE)).rejects.toMatchObject({ code: 'BadEncoding' });
  });

  it('are no concern of other files', async () => {
    await checkJsonText(folder.write('zones.shp', Buffer.of(0xff, 0xfe)), WHERE);
  });
});
