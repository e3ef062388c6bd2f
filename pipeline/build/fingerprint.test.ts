import { createHash } from 'node:crypto';
import { cpSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { codeFingerprint, sha256Of, sha256OfFile, sha256OfFiles } from './fingerprint.ts';

const folder = useFolder();

function ofTwo(root: string): Promise<string> {
  return sha256OfFiles(root, [`${root}/a.txt`, `${root}/b/c.txt`]);
}

describe('the fingerprint of files', () => {
  it('is the SHA-256 of one, however large', async () => {
    const content = Buffer.alloc(3_000_000, 'é');
    const expected = createHash('sha256').update(content).digest('hex');
    expect(await sha256OfFile(folder.write('a', content))).toBe(expected);
    expect(sha256Of(content)).toBe(expected);
  });

  it('of several does not change with their order, nor when their folder moves', async () => {
    const root = dirname(folder.write('here/a.txt', 'a'));
    folder.write('here/b/c.txt', 'c');
    const before = await ofTwo(root);
    expect(await sha256OfFiles(root, [`${root}/b/c.txt`, `${root}/a.txt`])).toBe(before);
    const there = folder.path('there');
    cpSync(root, there, { recursive: true });
    expect(await ofTwo(there)).toBe(before);
  });

  it('of several changes with a name or a byte', async () => {
    const root = dirname(folder.write('here/a.txt', 'a'));
    folder.write('here/b/c.txt', 'c');
    const before = await ofTwo(root);
    folder.write('here/b/c.txt', 'd');
    expect(await ofTwo(root)).not.toBe(before);
    folder.write('here/b/c.txt', 'c');
    renameSync(`${root}/a.txt`, `${root}/A.txt`);
    expect(await sha256OfFiles(root, [`${root}/A.txt`, `${root}/b/c.txt`])).not.toBe(before);
  });
});

describe('the fingerprint of our code', () => {
  it('is one hash, the same each time it is asked', () => {
    expect(codeFingerprint()).toMatch(/^[0-9a-f]{64}$/);
    expect(codeFingerprint()).toBe(codeFingerprint());
  });
});
