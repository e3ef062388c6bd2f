import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { useFolder } from '../testing/folder.ts';
import { writeTarBz2 } from '../testing/tar-bz2.ts';
import { useTools } from '../testing/tools.ts';
import { zip } from '../testing/zip.ts';
import { extractSevenZip, extractTarBz2 } from './seven-zip.ts';

const folder = useFolder();
const tools = useTools(folder);
const SOURCE = 'data/D021.7z';

/** A folder with a file, to be packed. */
function content(): string {
  const inside = dirname(folder.path('in', 'file'));
  folder.write('in/PARCELLE.SHP', 'x'.repeat(1000));
  folder.write('in/sub/é.txt', 'Échelle');
  return inside;
}

function sevenZip(archive: string, ...members: string[]): string {
  const path = folder.path(archive);
  execFileSync(sevenZipProgram(), ['a', '-bso0', '-snl', path, '--', ...members], {
    cwd: dirname(folder.path('in', 'file')),
  });
  return path;
}

function tar(archive: string, ...args: string[]): string {
  const path = folder.path(archive);
  execFileSync('tar', ['-P', '-cf', path, '-C', dirname(folder.path('in', 'file')), ...args]);
  return path;
}

async function extract(path: string): Promise<string> {
  const out = folder.path('out', 'here');
  await extractSevenZip(path, out, SOURCE);
  return out;
}

function refusal(message: RegExp): unknown {
  return expect.objectContaining({
    code: 'BadArchive',
    where: { source: SOURCE },
    message: expect.stringMatching(message) as string,
  });
}

describe('an archive that 7-Zip reads', () => {
  it('is extracted, folders and all', async () => {
    content();
    const out = await extract(sevenZip('a.7z', 'PARCELLE.SHP', 'sub'));
    expect(readFileSync(join(out, 'PARCELLE.SHP'), 'utf8')).toBe('x'.repeat(1000));
    expect(readFileSync(join(out, 'sub', 'é.txt'), 'utf8')).toBe('Échelle');
  });

  it('with a symbolic link is refused before anything is written', async () => {
    const inside = content();
    symlinkSync('/etc/passwd', join(inside, 'lien'));
    await expect(extract(sevenZip('a.7z', 'PARCELLE.SHP', 'lien'))).rejects.toEqual(
      refusal(/lien is a link/),
    );
    expect(existsSync(folder.path('out', 'here'))).toBe(false);
  });

  it.each([
    ['symbolic', symlinkSync],
    ['hard', linkSync],
  ] as const)('with a %s link of tar is refused', async (_, link) => {
    const inside = content();
    link(join(inside, 'PARCELLE.SHP'), join(inside, 'lien'));
    await expect(extract(tar('a.tar', 'PARCELLE.SHP', 'lien'))).rejects.toEqual(refusal(/lien is a link/));
  });

  it.each([
    ['climbs', 's,^,../,', /climbs out/],
    ['is absolute', 's,^,/tmp/,', /climbs out/],
    ['has a backslash', String.raw`s,^,a\\,`, /climbs out/],
    ['is on a drive', 's,^,C:/,', /climbs out/],
  ])('with an entry that %s is refused', async (_, rename, message) => {
    content();
    const archive = tar('a.tar', `--transform=${rename}`, 'PARCELLE.SHP');
    await expect(extract(archive)).rejects.toEqual(refusal(message));
    expect(existsSync(folder.path('out', 'here'))).toBe(false);
  });

  it('with names that differ by case only is refused', async () => {
    content();
    folder.write('in/parcelle.shp', 'y');
    const archive = sevenZip('a.7z', 'PARCELLE.SHP', 'parcelle.shp');
    await expect(extract(archive)).rejects.toEqual(refusal(/stands twice/));
  });

  it('with a climbing name in a zip is refused too', async () => {
    const archive = folder.write('a.7z', zip([{ name: '../evil.txt', content: 'evil' }]));
    await expect(extract(archive)).rejects.toEqual(refusal(/climbs out/));
    expect(existsSync(folder.path('out', 'evil.txt'))).toBe(false);
  });

  it('of folders only is refused', async () => {
    mkdirSync(folder.path('in', 'sub'), { recursive: true });
    await expect(extract(sevenZip('a.7z', 'sub'))).rejects.toEqual(refusal(/holds no file/));
  });

  it('that is cut short, corrupted or something else is refused in words', async () => {
    content();
    const archive = sevenZip('a.7z', 'PARCELLE.SHP', 'sub');
    const bytes = readFileSync(archive);
    truncateSync(archive, bytes.length - 10);
    await expect(extract(archive)).rejects.toEqual(refusal(/7zz? failed with status 2/));
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40);
    writeFileSync(archive, flipped);
    await expect(extract(archive)).rejects.toEqual(refusal(/7zz? failed with status 2/));
    writeFileSync(archive, '<!DOCTYPE html>');
    await expect(extract(archive)).rejects.toEqual(refusal(/7zz? failed with status 2/));
    writeFileSync(archive, '');
    await expect(extract(archive)).rejects.toEqual(refusal(/./));
  });

  it('in several volumes is read from the first, and refused when one is missing', async () => {
    const inside = content();
    writeFileSync(
      join(inside, 'noise'),
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)),
    );
    execFileSync(sevenZipProgram(), ['a', '-bso0', '-mx=0', '-v2k', folder.path('v.7z'), '--', 'noise'], {
      cwd: inside,
    });
    const out = await extract(folder.path('v.7z.001'));
    expect(readFileSync(join(out, 'noise'))).toHaveLength(5000);
    truncateSync(folder.path('v.7z.002'), 0);
    await expect(extract(folder.path('v.7z.001'))).rejects.toEqual(
      refusal(/a volume is cut: v\.7z\.001, v\.7z\.002, v\.7z\.003 have \d+ bytes of \d+/),
    );
  });

  it('cannot be read without 7-Zip, and that is not the archive’s fault', async () => {
    content();
    const archive = sevenZip('a.7z', 'PARCELLE.SHP');
    tools.none();
    await expect(extract(archive)).rejects.toEqual(
      expect.objectContaining({
        code: 'ToolFailed',
        where: { source: SOURCE },
        message: expect.stringMatching(/7zz is not installed; run make setup/) as string,
      }),
    );
  });
});

describe('a tar.bz2', () => {
  function sheet(...args: string[]): string {
    const path = folder.path('edigeo-21054000AB01.tar.bz2');
    writeTarBz2(path, dirname(folder.path('in', 'file')), ...args);
    return path;
  }

  it('is extracted through both its layers', async () => {
    content();
    const out = folder.path('out', 'here');
    await extractTarBz2(sheet('PARCELLE.SHP'), out, SOURCE);
    expect(readFileSync(join(out, 'PARCELLE.SHP'), 'utf8')).toHaveLength(1000);
  });

  it('with a climbing name inside is refused', async () => {
    content();
    const archive = sheet('--transform=s,^,../,', 'PARCELLE.SHP');
    await expect(extractTarBz2(archive, folder.path('out', 'here'), SOURCE)).rejects.toEqual(
      refusal(/climbs out/),
    );
  });

  it('that is none is refused', async () => {
    const archive = folder.write('edigeo-x.tar.bz2', 'no archive');
    await expect(extractTarBz2(archive, folder.path('out', 'here'), SOURCE)).rejects.toEqual(
      refusal(/7zz? failed/),
    );
  });
});
