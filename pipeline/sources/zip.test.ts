import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { zip, type ZipEntry } from '../testing/zip.ts';
import { extractZip } from './zip.ts';

const folder = useFolder();
const SYMBOLIC_LINK = 0o120777;

/** Extracts an archive of `bytes` into a folder that has neighbours. */
async function extract(bytes: Uint8Array): Promise<string> {
  const directory = folder.path('deep', 'out');
  const archive = folder.write('archive.zip', bytes);
  await extractZip(archive, directory, 'data/archive.zip');
  return directory;
}

function refusal(message: RegExp): unknown {
  return expect.objectContaining({
    code: 'BadArchive',
    where: { source: 'data/archive.zip' },
    message: expect.stringMatching(message) as string,
  });
}

describe('a zip', () => {
  it('is extracted, folders and all, without the modes that it asks for', async () => {
    const out = await extract(
      zip([
        { name: 'Donnees/', mode: 0o040755 },
        { name: 'Donnees/é.txt', content: 'Bâtiment'.repeat(100), mode: 0o104777 },
        { name: 'empty.txt' },
      ]),
    );
    expect(readFileSync(join(out, 'Donnees', 'é.txt'), 'utf8')).toBe('Bâtiment'.repeat(100));
    expect(readFileSync(join(out, 'empty.txt'))).toHaveLength(0);
    expect(statSync(join(out, 'Donnees', 'é.txt')).mode & 0o7133).toBe(0);
  });

  it('may use backslashes between folders, as Windows does', async () => {
    const out = await extract(zip([{ name: 'Donnees\\ZONE_URBA.shp', content: 'x' }]));
    expect(readFileSync(join(out, 'Donnees', 'ZONE_URBA.shp'), 'utf8')).toBe('x');
  });

  it.each([
    ['climbs', '../evil.txt'],
    ['climbs from a folder', 'a/../../evil.txt'],
    ['climbs by backslashes', 'a\\..\\..\\evil.txt'],
    ['is absolute', '/tmp/carto-evil.txt'],
    ['is on a drive', 'C:/evil.txt'],
    ['is on a drive, by backslash', 'C:\\evil.txt'],
  ])('whose entry %s is refused, and writes nothing', async (_, name) => {
    await expect(extract(zip([{ name, content: 'evil' }]))).rejects.toEqual(refusal(/unsafe or damaged zip/));
    const around = dirname(folder.path('deep', 'out'));
    expect(existsSync(join(around, 'evil.txt'))).toBe(false);
    expect(existsSync(join(dirname(around), 'evil.txt'))).toBe(false);
    expect(existsSync('/tmp/carto-evil.txt')).toBe(false);
  });

  it.each<[string, ZipEntry[], RegExp]>([
    ['holds a link', [{ name: 'a', content: '/etc/passwd', mode: SYMBOLIC_LINK }], /a is a link/],
    ['names a file twice', [{ name: 'a' }, { name: 'a' }], /a stands twice/],
    ['names a file twice but for its case', [{ name: 'a/B' }, { name: 'A/b' }], /A\/b stands twice/],
    ['names a file twice but for its accents’ form', [{ name: 'é' }, { name: 'e\u0301' }], /stands twice/],
    ['has a file where another needs a folder', [{ name: 'a' }, { name: 'a/b' }], /unsafe or damaged/],
    ['has a wrong checksum', [{ name: 'a', content: 'x', crc: 1 }], /wrong CRC of a/],
    ['says a smaller size', [{ name: 'a', content: 'x'.repeat(500), size: 10 }], /unsafe or damaged/],
    ['says a larger size', [{ name: 'a', content: 'x'.repeat(500), size: 5000 }], /unsafe or damaged/],
    ['holds folders only', [{ name: 'a/', mode: 0o040755 }], /holds no file/],
    ['is empty', [], /holds no file/],
  ])('that %s is refused', async (_, entries, message) => {
    await expect(extract(zip(entries))).rejects.toEqual(refusal(message));
  });

  const whole = zip([{ name: 'a.txt', content: 'x'.repeat(5000) }]);
  it.each([
    ['cut at its end', whole.subarray(0, whole.length - 10)],
    ['cut in its first entry', whole.subarray(0, 20)],
    ['of no byte', new Uint8Array()],
    ['that is a web page', Buffer.from('<!DOCTYPE html><title>Maintenance</title>')],
  ])('%s is refused', async (_, bytes) => {
    await expect(extract(bytes)).rejects.toEqual(refusal(/unsafe or damaged zip/));
  });

  it('with a flipped bit in its data is refused', async () => {
    const bytes = Buffer.from(zip([{ name: 'a.txt', content: 'some text' }]));
    const at = bytes.indexOf('some text');
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await expect(extract(bytes)).rejects.toEqual(refusal(/wrong CRC/));
  });

  it('writes outside its folder in no case', async () => {
    await extract(zip([{ name: 'a', content: 'x' }]));
    expect(readdirSync(dirname(folder.path('deep', 'out')))).toEqual(['out']);
  });
});
