import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { readSpool, SpoolWriter, type SpoolEntry } from './spool.ts';

const SEED = 3;
const MEGABYTE = 1 << 20;

const folder = useFolder();

function bytes(length: number): Uint8Array {
  const random = seededRandom(SEED + length);
  return Uint8Array.from({ length }, () => random() * 256);
}

function write(entries: readonly SpoolEntry[]): string {
  const path = folder.path('test.spool');
  const spool = new SpoolWriter(path);
  for (const entry of entries) spool.add(entry);
  expect(spool.count).toBe(entries.length);
  spool.close();
  return path;
}

/** Entries as copies: those of the reader last until the next one only. */
function readAll(path: string): (SpoolEntry & { offset: number })[] {
  return [...readSpool(path)].map((entry) => ({ ...entry, feature: Uint8Array.from(entry.feature) }));
}

describe('a spool', () => {
  it('gives back what was written, in the same order', () => {
    const entries: SpoolEntry[] = [
      { id: 'a', box: [1, 2, 3, 4], feature: bytes(10) },
      { id: 'sans place', box: null, feature: bytes(1000) },
      { id: '', box: [-61.5, 15.9, -61.4, 16.1], feature: bytes(3) },
    ];
    expect(readAll(write(entries)).map(({ id, box, feature }) => ({ id, box, feature }))).toEqual(entries);
  });

  it('gives back empty features and features larger than what it reads at once', () => {
    const lengths = [0, 3 * MEGABYTE + 1, 0, MEGABYTE, MEGABYTE - 38, 1, 5 * MEGABYTE];
    const entries = lengths.map((length, i): SpoolEntry => ({
      id: `é${i}`,
      box: null,
      feature: bytes(length),
    }));
    const read = readAll(write(entries));
    expect(read.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    read.forEach(({ feature }, i) => {
      expect(Buffer.from(feature).equals(entries[i]?.feature ?? Buffer.alloc(0))).toBe(true);
    });
  });

  it('tells where each feature stands in the file', () => {
    const entries = [5, 0, 70_000].map((length, i): SpoolEntry => ({
      id: `n°${i}`,
      box: null,
      feature: bytes(length),
    }));
    const path = write(entries);
    const file = readFileSync(path);
    for (const { offset, feature } of readAll(path)) {
      expect(file.subarray(offset, offset + feature.length).equals(feature)).toBe(true);
    }
  });

  it('may be empty', () => {
    expect(readAll(write([]))).toEqual([]);
  });

  it('may be closed twice', () => {
    const spool = new SpoolWriter(folder.path('twice.spool'));
    spool.add({ id: 'a', box: null, feature: bytes(1) });
    spool.close();
    expect(() => {
      spool.close();
    }).not.toThrow();
  });
});
