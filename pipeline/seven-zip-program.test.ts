import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sevenZipProgram } from './seven-zip-program.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'seven-zip-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A folder of programs that have these names. */
function folder(name: string, ...programs: readonly string[]): string {
  mkdirSync(join(root, name));
  for (const program of programs) {
    writeFileSync(join(root, name, program), '');
    chmodSync(join(root, name, program), 0o755);
  }
  return join(root, name);
}

test('7zz is taken wherever it is, and 7z where there is no 7zz', () => {
  const [both, old, recent, none] = [
    folder('both', '7z', '7zz'),
    folder('debian-12', '7zz'),
    folder('debian-13', '7z', '7za', '7zr'),
    folder('none'),
  ];
  const found = [[both], [old], [recent], [recent, old], [none, recent], [none]];
  expect(found.map((folders) => sevenZipProgram(folders.join(delimiter)))).toEqual([
    '7zz',
    '7zz',
    '7z',
    '7zz',
    '7z',
    '7zz',
  ]);
});

test('a 7zz that cannot be run is none', () => {
  const recent = folder('debian-13', '7z');
  writeFileSync(join(recent, '7zz'), '');
  chmodSync(join(recent, '7zz'), 0o644);
  expect(sevenZipProgram(recent)).toBe('7z');
});
