import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { readSpool, SpoolFiles } from './read-spool.ts';
import { SpoolWriter, type SpoolEntry } from './spool.ts';

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
function readAll(path: string): (SpoolEntry & { offset: number; idLength: number })[] {
  return Array.from(readSpool(path), (entry) => ({
    ...entry,
    key: Uint8Array.from(entry.key),
    feature: Uint8Array.from(entry.feature),
  }));
}

function entry(id: string, length: number): SpoolEntry {
  return { id, box: null, key: bytes(id.length), feature: bytes(length) };
}

describe('a spool', () => {
  it('gives back what was written, in the same order', () => {
    const entries: SpoolEntry[] = [
      { id: 'a', box: [1, 2, 3, 4], key: bytes(7), feature: bytes(10) },
      { id: 'sans place', box: null, key: bytes(0), feature: bytes(1000) },
      { id: '', box: [-61.5, 15.9, -61.4, 16.1], key: bytes(70_000), feature: bytes(3) },
    ];
    const read = readAll(write(entries));
    expect(read.map(({ id, box, key, feature }) => ({ id, box, key, feature }))).toEqual(entries);
  });

  it('gives back empty features and features larger than what it reads at once', () => {
    const lengths = [0, 3 * MEGABYTE + 1, 0, MEGABYTE, MEGABYTE - 38, 1, 5 * MEGABYTE];
    const entries = lengths.map((length, i) => entry(`é${i}`, length));
    const read = readAll(write(entries));
    expect(read.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    read.forEach(({ feature }, i) => {
      expect(Buffer.from(feature).equals(entries[i]?.feature ?? Buffer.alloc(0))).toBe(true);
    });
  });

  it('tells where each feature and its id stand in the file', () => {
    const path = write([5, 0, 70_000].map((length, i) => entry(`n°${i}`, length)));
    const file = readFileSync(path);
    for (const { id, idLength, offset, feature } of readAll(path)) {
      expect(file.subarray(offset, offset + feature.length).equals(feature)).toBe(true);
      expect(file.toString('utf8', offset - idLength, offset)).toBe(id);
    }
  });

  it('cut short is refused wherever it was cut', () => {
    const path = write([entry('a', 5), entry('b', 3)]);
    const whole = readFileSync(path);
    // The first entry is two bytes longer than the second one.
    const second = whole.length / 2 + 1;
    for (let length = 1; length < whole.length; length++) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      if (length === second) expect(readAll(path)).toHaveLength(1);
      else expect(() => readAll(path), `${length}`).toThrow(/ends in the midst of an entry$/);
    }
  });

  it('may be empty', () => {
    expect(readAll(write([]))).toEqual([]);
  });

  it('may be closed twice', () => {
    const spool = new SpoolWriter(folder.path('twice.spool'));
    spool.add(entry('a', 1));
    spool.close();
    expect(() => {
      spool.close();
    }).not.toThrow();
  });
});

describe('many spools', () => {
  const MANY = 450;

  it('are read in any order without all being open', () => {
    const paths = Array.from({ length: MANY }, (_, i) => folder.write(`${i}.spool`, `feature ${i}`));
    const files = new SpoolFiles(paths);
    const random = seededRandom(SEED);
    for (let i = 0; i < 3 * MANY; i++) {
      const spool = Math.floor(random() * MANY);
      const number = String(spool);
      expect(files.read(spool, 8, number.length).toString()).toBe(number);
    }
    files.close();
  });

  it('of which one ends too early are refused', () => {
    const files = new SpoolFiles([folder.write('short.spool', 'abc')]);
    expect(() => files.read(0, 1, 3)).toThrow('a spool of 3 bytes at 1 ends after 2');
    files.close();
  });
});
