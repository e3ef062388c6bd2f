/** Archives that would do harm, or are not whole: rows A1–A14 of the failures, a test each and more. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { normaliseSource } from '../normalise/source.ts';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { useFolder } from '../testing/folder.ts';
import { writeTarBz2 } from '../testing/tar-bz2.ts';
import { useTools } from '../testing/tools.ts';
import { noise } from '../testing/upstream/downloads.ts';
import { zip, type ZipEntry } from '../testing/zip.ts';
import { LIMITS } from './archive-guard.ts';
import { checkGzip } from './gzip.ts';
import { extractSevenZip, extractTarBz2 } from './seven-zip.ts';
import { openWorkspace, sourceFiles, type Workspace } from './workspace.ts';
import { extractZip } from './zip.ts';

const folder = useFolder();
const tools = useTools(folder);
const SOURCE = 'the source';

async function open(path: string): Promise<Workspace> {
  return openWorkspace(path, SOURCE, folder.path('work', 'here'));
}

async function openZip(...entries: ZipEntry[]): Promise<Workspace> {
  return open(folder.write('in/source.zip', zip(entries)));
}

/** The text of each member, by its name. */
function contents({ members }: Workspace): Record<string, string> {
  return Object.fromEntries(members.map(({ name, path }) => [name, readFileSync(path, 'utf8')]));
}

function refusal(message: RegExp, code = 'BadArchive'): unknown {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string });
}

/** Nothing is left of an archive that was refused, inside its folder or around it. */
function expectNothingWritten(): void {
  expect(readdirSync(folder.path('work', 'here'))).toEqual([]);
  expect(readdirSync(dirname(folder.path('work', 'here')))).toEqual(['here']);
}

/** Packs files, which lie in `packed/`, and gives the archive's path. */
function pack(
  archive: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  ...options: string[]
): string {
  for (const [name, content] of Object.entries(files)) folder.write(`packed/${name}`, content);
  const path = folder.path('in', archive);
  const args = ['a', '-bso0', '-snl', ...options, path, '--', ...Object.keys(files)];
  execFileSync(sevenZipProgram(), args, { cwd: dirname(folder.path('packed', 'x')) });
  return path;
}

function tar(name: string, ...args: string[]): string {
  const path = folder.path('in', name);
  execFileSync('tar', ['-P', '-cf', path, '-C', dirname(folder.path('packed', 'x')), ...args]);
  return path;
}

describe('A1: a name that leads out of the archive’s folder', () => {
  const NAMES = [
    '../evil',
    'a/../../evil',
    '/evil',
    'C:/evil',
    'C:evil',
    '..\\evil',
    'a\\..\\..\\evil',
    'a\0b',
  ];

  it.each(NAMES)('(%j, in a zip) is refused before anything is written', async (name) => {
    await expect(openZip({ name: 'good', content: 'x' }, { name, content: 'x' })).rejects.toEqual(
      refusal(/climbs out of the archive's folder/),
    );
    expectNothingWritten();
  });

  it.each(['s,^,../,', 's,^,/tmp/,', String.raw`s,^,a\\,`, 's,^,C:/,'])(
    '(%s, in a tar) is refused',
    async (rename) => {
      folder.write('packed/a', 'x');
      const archive = tar('source.tar', `--transform=${rename}`, 'a');
      await expect(extractSevenZip(archive, folder.path('work', 'here', 'out'), SOURCE)).rejects.toEqual(
        refusal(/climbs out/),
      );
      expect(existsSync(folder.path('work', 'here', 'out'))).toBe(false);
    },
  );
});

describe('A2: a link', () => {
  const file = { name: 'lien/evil', content: 'x' };

  it('in a zip, and a file through it, are refused', async () => {
    const link = { name: 'lien', content: '/tmp', mode: 0o120777 };
    await expect(openZip(link, file)).rejects.toEqual(refusal(/lien is a link/));
    expectNothingWritten();
  });

  it.each(['7z', 'tar'])('in a %s is refused', async (type) => {
    folder.write('packed/a', 'x');
    symlinkSync('/etc', folder.path('packed', 'lien'));
    const archive = pack(`source.${type}`, { a: 'x' }, `-t${type}`);
    execFileSync(sevenZipProgram(), ['a', '-bso0', '-snl', archive, '--', 'lien'], {
      cwd: folder.path('packed', '.'),
    });
    await expect(extractSevenZip(archive, folder.path('work', 'out'), SOURCE)).rejects.toEqual(
      refusal(/lien is a link/),
    );
  });
});

describe('A3: a folder whose name begins like the archive’s', () => {
  it('is not written into', async () => {
    const directory = folder.path('work', 'out');
    const archive = folder.write('a.zip', zip([{ name: '../out-evil/x', content: 'x' }]));
    await expect(extractZip(archive, directory, SOURCE)).rejects.toEqual(refusal(/climbs out/));
    expect(existsSync(`${directory}-evil`)).toBe(false);
  });
});

describe('A4: two names of one file', () => {
  it.each([
    ['twice', ['a', 'a'], /a stands twice/],
    ['in two cases', ['Donnees/ZONE.shp', 'donnees/zone.SHP'], /zone\.SHP stands twice/],
    ['in two forms of its accents', ['é', 'e\u0301'], /stands twice/],
    ['by two ways', ['a/b', 'a/./b'], /stands twice/],
    ['as a file and a folder', ['a', 'A/b'], /a is a file and a folder/],
  ])('(%s) are refused', async (_, names, message) => {
    await expect(openZip(...names.map((name) => ({ name, content: name })))).rejects.toEqual(
      refusal(message),
    );
    expectNothingWritten();
  });

  it('(in two cases, in a 7z) are refused', async () => {
    const archive = pack('source.7z', { 'ZONE.shp': 'x', 'zone.SHP': 'y' });
    await expect(open(archive)).rejects.toEqual(refusal(/stands twice/));
  });
});

describe('A5: a bomb', () => {
  const zeros = Buffer.alloc(1 << 20);
  const limits = { ...LIMITS, harmlessBytes: 1000 };

  it('of zeros in a zip is refused by what it says of itself, and nothing is written', async () => {
    const archive = folder.write('a.zip', zip([{ name: 'a', content: zeros }]));
    await expect(extractZip(archive, folder.path('out', 'x'), SOURCE, limits)).rejects.toEqual(
      refusal(/bytes that unpack to 1048576, above the \d+ that are let through/),
    );
    expect(existsSync(folder.path('out', 'x'))).toBe(false);
  });

  it('in a 7z is refused, and nothing is written', async () => {
    const archive = pack('a.7z', { a: zeros });
    await expect(extractSevenZip(archive, folder.path('out', 'x'), SOURCE, limits)).rejects.toEqual(
      refusal(/unpack to 1048576/),
    );
    expect(existsSync(folder.path('out', 'x'))).toBe(false);
  });

  it('in a bzip2, which says nothing of itself, is cut off', async () => {
    folder.write('packed/a', zeros);
    const archive = folder.path('in', 'sheet.tar.bz2');
    writeTarBz2(archive, folder.path('packed', '.'), 'a');
    await expect(extractTarBz2(archive, folder.path('out', 'x'), SOURCE, limits)).rejects.toEqual(
      refusal(/sheet\.tar\.bz2 unpacks to more than \d+ bytes/),
    );
  });

  it('in a gzip is cut off', async () => {
    const archive = folder.write('a.json.gz', gzipSync(zeros));
    await expect(checkGzip(archive, SOURCE, 'a.json.gz', limits)).rejects.toEqual(
      refusal(/a\.json\.gz: damaged gzip: \d+ bytes that unpack to more than \d+/),
    );
  });

  it('of more bytes than any source has, or of more files, is refused whatever its ratio', async () => {
    const archive = folder.write('a.zip', zip([{ name: 'a', content: noise(5000) }, { name: 'b' }]));
    const out = folder.path('out', 'x');
    const extract = async (change: object): Promise<void> =>
      extractZip(archive, out, SOURCE, { ...LIMITS, ...change });
    await expect(extract({ totalBytes: 4999 })).rejects.toEqual(refusal(/unpack to 5000, above the 4999/));
    await expect(extract({ entries: 1 })).rejects.toEqual(refusal(/2 entries/));
    await expect(extract({})).resolves.toBeUndefined();
  });

  it('of archives in archives is never opened: those inside stay what they are', async () => {
    const inner = zip([{ name: 'x', content: 'x' }]);
    const { members } = await openZip({ name: 'inner.zip', content: inner });
    expect(members.map(({ name }) => name)).toEqual(['inner.zip']);
  });

  it('that fills the disk all the same is not called damaged', async () => {
    tools.fake(
      '7zz',
      `case "$1" in
        l) printf 'Path = a\\nFolder = -\\nSize = 1\\nAttributes = A -rw-r--r--\\n\\n' ;;
        x) printf '\\nERROR: write error : No space left on device : a\\n' >&2; exit 2 ;;
      esac`,
    );
    await expect(open(folder.write('in/source.7z', 'x'))).rejects.toEqual(
      refusal(/cannot be unpacked here: .*No space left on device/, 'SystemFailed'),
    );
  });

  it('that would fill the disk is not begun', async () => {
    const archive = folder.write('a.zip', zip([{ name: 'a', content: 'x' }]));
    const extract = extractZip(archive, folder.path('out', 'x'), SOURCE, { ...LIMITS, spareBytes: 1e18 });
    await expect(extract).rejects.toEqual(
      refusal(/no room in .*: 1 bytes are needed to unpack it/, 'SystemFailed'),
    );
  });
});

describe('A6: a size that lies', () => {
  it.each([10, 5000])('(%i bytes of 500) is refused', async (size) => {
    await expect(openZip({ name: 'a', content: 'x'.repeat(500), size })).rejects.toEqual(
      refusal(/unsafe or damaged zip/),
    );
    expectNothingWritten();
  });

  it('does not get a byte more than it says onto the disk', async () => {
    const directory = folder.path('out', 'x');
    const archive = folder.write(
      'a.zip',
      zip([{ name: 'a', content: Buffer.alloc(1 << 20), size: 100_000 }]),
    );
    await expect(extractZip(archive, directory, SOURCE)).rejects.toEqual(refusal(/too many bytes/));
    expect(statSync(join(directory, 'a')).size).toBeLessThanOrEqual(100_000);
  });
});

describe('A7: a wrong checksum', () => {
  it('in a zip is refused', async () => {
    await expect(openZip({ name: 'a', content: 'x', crc: 1 })).rejects.toEqual(refusal(/wrong CRC of a/));
    expectNothingWritten();
  });

  it('in a 7z is refused', async () => {
    const archive = pack('source.7z', { a: noise(1000) }, '-mx=0');
    const bytes = readFileSync(archive);
    bytes.writeUInt8(bytes.readUInt8(500) ^ 1, 500);
    writeFileSync(archive, bytes);
    await expect(open(archive)).rejects.toEqual(refusal(/7zz? failed with status 2.*a\b/));
    expectNothingWritten();
  });

  it('in a gzip is refused, as is what is cut or has something behind it', async () => {
    const whole = gzipSync(noise(1000));
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(whole.length - 6) ^ 1, whole.length - 6);
    const cases: [Uint8Array, RegExp][] = [
      [flipped, /incorrect data check/],
      [whole.subarray(0, 500), /unexpected end of file/],
      [Buffer.concat([whole, Buffer.from('garbage')]), /incorrect header check/],
      [Buffer.concat([whole, Buffer.alloc(12)]), /12 bytes behind its end/],
      [Buffer.concat([whole, whole.subarray(0, 30)]), /unexpected end of file/],
      [Buffer.from('<!DOCTYPE html>'), /incorrect header check/],
    ];
    for (const [bytes, message] of cases) {
      const path = folder.write('in/cadastre-21-parcelles.json.gz', bytes);
      await expect(open(path)).rejects.toEqual(refusal(message));
    }
  });

  it('is what a gzip of several members does not have', async () => {
    const path = folder.write('in/a.json.gz', Buffer.concat([gzipSync('{"a":'), gzipSync('1}')]));
    expect((await open(path)).members.map(({ name }) => name)).toEqual(['a.json.gz']);
  });
});

describe('A8: an archive that is cut', () => {
  it.each([1, 10, 22, 60, 400])('(%i bytes of a zip missing) is refused by name', async (missing) => {
    const whole = zip([{ name: 'a', content: noise(1000) }]);
    const path = folder.write('in/source.zip', whole.subarray(0, whole.length - missing));
    await expect(open(path)).rejects.toEqual(refusal(/^the source: unsafe or damaged zip: /));
    expectNothingWritten();
  });

  it.each([1, 100, 900])('(%i bytes of a 7z missing) is refused by name', async (missing) => {
    const path = pack('source.7z', { a: noise(1000) });
    truncateSync(path, statSync(path).size - missing);
    await expect(open(path)).rejects.toEqual(refusal(/^the source: 7zz? failed with status 2/));
    expectNothingWritten();
  });
});

describe('A9: an archive in several volumes', () => {
  const CONTENT = noise(5000);
  /** Three volumes, in a folder of their own. */
  function volumes(): string {
    return dirname(`${pack('RPG.7z', { noise: CONTENT }, '-mx=0', '-v2k')}.001`);
  }

  it('is one archive, whichever way it is named, and each volume is part of its fingerprint', async () => {
    const here = volumes();
    for (const path of [here, join(here, 'RPG.7z.001')]) {
      const { members } = await open(path);
      expect(members.map(({ path: member }) => readFileSync(member).equals(CONTENT))).toEqual([true]);
      expect(sourceFiles(path, SOURCE).map((file) => file.slice(-3))).toEqual(['001', '002', '003']);
    }
  });

  it.each([
    [['001'], /missing volumes: RPG\.7z\.001$/],
    [['002'], /missing volumes: RPG\.7z\.002$/],
    [['003'], /missing volumes: RPG\.7z\.003$/],
    [['002', '003'], /missing volumes: RPG\.7z\.002, RPG\.7z\.003$/],
  ])('without %s is refused, and they are named before anything is unpacked', async (missing, message) => {
    const here = volumes();
    for (const number of missing) rmSync(join(here, `RPG.7z.${number}`));
    await expect(open(here)).rejects.toEqual(refusal(message));
    expectNothingWritten();
  });

  it('with one too many, or one that is cut, is refused', async () => {
    const here = volumes();
    writeFileSync(join(here, 'RPG.7z.004'), 'x');
    await expect(open(here)).rejects.toEqual(refusal(/a volume too many: RPG\.7z\.001, .*004 have/));
    rmSync(join(here, 'RPG.7z.004'));
    truncateSync(join(here, 'RPG.7z.003'), 10);
    await expect(open(here)).rejects.toEqual(refusal(/a volume is cut: /));
  });
});

describe('A10: what cannot be read', () => {
  it.each<[string, ZipEntry, RegExp]>([
    ['encrypted', { name: 'a', content: 'x'.repeat(500), flags: 1 }, /a is encrypted/],
    ['of an unknown method', { name: 'a', content: 'x', method: 97 }, /a is compressed by method 97/],
    ['of Deflate64', { name: 'a', content: 'x', method: 9 }, /method 9, which is not read here/],
  ])('(a zip %s) is refused by name', async (_, entry, message) => {
    await expect(openZip({ name: 'good', content: 'x' }, entry)).rejects.toEqual(refusal(message));
    expectNothingWritten();
  });

  it('(a zip of more than 8 PiB) is refused', async () => {
    // Zip64: the size stands in an extra field of eight bytes.
    const extra = Buffer.alloc(12);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(2n ** 53n, 4);
    await expect(openZip({ name: 'a', content: 'x', size: 0xffffffff, extra })).rejects.toEqual(
      refusal(/unsafe or damaged zip/),
    );
  });

  it.each([
    ['its files', '-mhe=off', /a is encrypted/],
    ['its names too', '-mhe=on', /encrypted archive/],
  ])('(a 7z, encrypted %s) is refused, and nobody is asked for a password', async (_, option, message) => {
    await expect(open(pack('source.7z', { a: 'x' }, '-psecret', option))).rejects.toEqual(refusal(message));
  });
});

describe('A11: a name with accents', () => {
  const NAME = 'Pièces_écrites/É À œ.txt'.replace('œ', 'ç');

  it.each<[string, string | Uint8Array]>([
    ['in UTF-8, said so', NAME],
    ['in UTF-8, not said', Buffer.from(NAME)],
    ['in DOS’s code page 850', Buffer.from('Pi\x8aces_\x82crites/\x90 \xb7 \x87.txt', 'latin1')],
    ['parted by Windows’ backslashes', NAME.replace('/', '\\')],
  ])('(%s) is read as it was meant', async (_, name) => {
    expect(contents(await openZip({ name, content: 'x' }))).toEqual({ [NAME]: 'x' });
  });

  it('that is said to be UTF-8 and is not is refused', async () => {
    const name = Buffer.from('\x82.txt', 'latin1');
    await expect(openZip({ name, content: 'x', flags: 0x0800 })).rejects.toEqual(
      refusal(/é\.txt is said to be UTF-8, and is not/),
    );
  });

  it('is read as it was meant in a 7z', async () => {
    expect(contents(await open(pack('source.7z', { 'Échelle.txt': 'x' })))).toEqual({ 'Échelle.txt': 'x' });
  });
});

describe('A12: the member that is wanted', () => {
  async function normalise(...names: string[]): Promise<unknown> {
    const location = folder.write(
      'in/2026-09-21-delim.zip',
      zip(names.map((name) => ({ name, content: 'x' }))),
    );
    const source = { dataset: 'aoc', format: 'inao', path: 'aoc.zip', location } as const;
    return normaliseSource(source, { folder: folder.path('work', 'here') });
  }

  it('and is not there is an error that lists what is', async () => {
    await expect(normalise('lisez-moi.txt', 'notice.pdf')).rejects.toEqual(
      refusal(/no member that inao knows; found lisez-moi\.txt, notice\.pdf/, 'BadSchema'),
    );
  });

  it('and is there twice is an error that lists both', async () => {
    const names = ['a_delim-parcellaire-aoc-shp.shp', 'b/b_delim-parcellaire-aoc-shp.shp'];
    await expect(normalise(...names)).rejects.toEqual(
      refusal(/several candidates for aoc\/.*: a_delim.*\.shp, b\/b_delim.*\.shp/, 'BadSchema'),
    );
  });
});

describe('A13: modes and kinds of files', () => {
  it.each([0o104755, 0o102777, 0o100777, 0])(
    '(mode %o, in a zip) become those of plain files',
    async (mode) => {
      const { members } = await openZip({ name: 'a', content: 'x', mode });
      expect(members.map(({ path }) => lstatSync(path).mode & 0o7111)).toEqual([0]);
    },
  );

  it.each([0o010644, 0o020644, 0o060644, 0o140644])(
    '(mode %o, in a zip) that are no files are refused',
    async (mode) => {
      await expect(openZip({ name: 'a', content: 'x', mode })).rejects.toEqual(
        refusal(/a is neither a file nor a folder/),
      );
    },
  );

  it('(in a 7z) become those of plain files', async () => {
    folder.write('packed/a', 'x');
    execFileSync('chmod', ['4777', folder.path('packed', 'a')]);
    const path = folder.path('in', 'source.7z');
    execFileSync(sevenZipProgram(), ['a', '-bso0', path, '--', 'a'], { cwd: folder.path('packed', '.') });
    const { members } = await open(path);
    expect(members.map((member) => lstatSync(member.path).mode & 0o7777)).toEqual([0o644]);
  });

  it('(a pipe, in a tar) that are no files are refused', async () => {
    execFileSync('mkfifo', [folder.path('packed', 'pipe')]);
    const archive = tar('source.tar', 'pipe');
    await expect(extractSevenZip(archive, folder.path('work', 'out'), SOURCE)).rejects.toEqual(
      refusal(/pipe is neither a file nor a folder/),
    );
  });
});

describe('A14: a 7-Zip that follows links', () => {
  it('is not trusted: what it has written is looked at', async () => {
    tools.fake(
      '7zz',
      `case "$1" in
        l) printf 'Path = a\\nFolder = -\\nSize = 1\\nAttributes = A -rw-r--r--\\n\\n' ;;
        x) for arg; do case "$arg" in -o*) ln -s /etc "\${arg#-o}/a" ;; esac; done ;;
      esac`,
    );
    await expect(open(folder.write('in/source.7z', 'x'))).rejects.toEqual(
      refusal(/a is neither a file nor a folder/),
    );
    expectNothingWritten();
  });
});
