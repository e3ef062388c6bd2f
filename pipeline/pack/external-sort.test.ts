import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { ExternalSorter } from './external-sort.ts';

const SEED = 11;
/** From all in memory to several passes of merging. */
const MEMORIES = [1, 4096, 100_000, 1 << 26];

const folder = useFolder();
const sortFolder = (): string => dirname(folder.path('sort', 'x'));

interface Entry {
  readonly key: string;
  readonly value: string;
}

function sorted(entries: readonly Entry[], memory: number): Entry[] {
  const sorter = new ExternalSorter({ folder: sortFolder(), memory });
  for (const { key, value } of entries) sorter.add(Buffer.from(key), Buffer.from(value));
  return Array.from(sorter.sorted(), ({ key, value }) => ({
    key: Buffer.from(key).toString(),
    value: Buffer.from(value).toString(),
  }));
}

function randomEntries(count: number): Entry[] {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, (_, i) => ({
    // Few different ones, of many lengths, some the beginning of others.
    key: `${'é'.repeat(random() * 6)}${'\0'.repeat(random() * 3)}${Math.floor(random() * 9)}`,
    value: `${i}`.repeat(1 + Math.floor(random() * 5)),
  }));
}

describe.each(MEMORIES)('an external sort within %i bytes', (memory) => {
  it('puts keys in the order of their bytes and keeps that of equal ones', () => {
    const entries = randomEntries(3000);
    const expected = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    expect(sorted(entries, memory)).toEqual(expected);
  });

  it('takes records larger than its memory, and empty ones', () => {
    const large = 'x'.repeat(300_000);
    const entries = [
      { key: 'b', value: large },
      { key: '', value: '' },
      { key: `a${large}`, value: '1' },
      { key: `a${large}`, value: '' },
    ];
    expect(sorted(entries, memory)).toEqual([entries[1], entries[2], entries[3], entries[0]]);
  });

  it('may be empty', () => {
    expect(sorted([], memory)).toEqual([]);
  });
});

describe('the temporary files of an external sort', () => {
  it('have no name even while it works, so that nothing is left when it is killed', () => {
    const sorter = new ExternalSorter({ folder: sortFolder(), memory: 1000 });
    for (const { key, value } of randomEntries(1000)) sorter.add(Buffer.from(key), Buffer.from(value));
    const records = sorter.sorted();
    records.next();
    expect(readdirSync(sortFolder())).toEqual([]);
    records.return(undefined);
    sorter.close();
  });
});
