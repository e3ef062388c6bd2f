import { describe, expect, it } from 'vitest';
import { encodeKey } from '../../pipeline/pack/sort-key.ts';
import type { Value } from '../format/feature-values.ts';
import { seededRandom } from '../testing/random.ts';
import { holds, mayHold } from './key-order.ts';

const FIELDS = ['a', 'b', 'c'];
/** What sorts otherwise in one alphabet than in another, and what ends a text too soon. */
const LETTERS = ['', '\0', '\u0001', '!', '+', '0', 'é', '\uD7FF', '\uE000', '\uFEFF', '\uFFFF', '😀'];

const random = seededRandom(37);
const one = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
const text = (): string => Array.from({ length: 3 }, () => one(LETTERS as [string, ...string[]])).join('');
/** Texts that begin with each other, and others. */
function pooled(): readonly [Value, ...Value[]] {
  const start = text();
  return [start, start + text(), `${start}\0${text()}`, text(), null, Math.round(random() * 30)];
}

const propertiesOf = (keys: readonly Value[]): Record<string, Value> =>
  Object.fromEntries(FIELDS.map((field, i) => [field, keys[i] ?? null]));

/** As a file has them. */
function inOrder(keys: readonly (readonly Value[])[]): (readonly Value[])[] {
  const ranked = keys.map((one) => ({ one, rank: Buffer.from(encodeKey(FIELDS, propertiesOf(one))) }));
  return ranked.sort((a, b) => a.rank.compare(b.rank)).map(({ one }) => one);
}

describe('the order of keys', () => {
  it('passes over no leaf that holds what is asked for, whatever the texts are', () => {
    for (let round = 0; round < 400; round++) {
      const pool = pooled();
      const keys = inOrder(Array.from({ length: 40 }, () => FIELDS.map(() => one(pool))));
      for (const asked of keys.slice(0, 10)) {
        const known = FIELDS.slice(0, 1 + Math.floor(random() * 3));
        const asks = new Map(known.map((field, i) => [field, asked[i] ?? null]));
        for (let start = 0; start < keys.length; start += 4) {
          const leaf = keys.slice(start, start + 4);
          if (!leaf.some((key) => holds(asks, FIELDS, key))) continue;
          const isRead = mayHold(asks, FIELDS, leaf[0] ?? [], keys[start + 4]);
          expect(isRead, JSON.stringify([[...asks], leaf, keys[start + 4]])).toBe(true);
        }
      }
    }
  });

  it('passes over the leaves that cannot hold it', () => {
    const values = new Map([['a', 'b']]);
    expect(mayHold(values, FIELDS, ['c', '', ''], undefined)).toBe(false);
    expect(mayHold(values, FIELDS, ['a', '', ''], ['a\0', '', ''])).toBe(false);
    expect(mayHold(values, FIELDS, ['a\0', '', ''], ['b\0', '', ''])).toBe(true);
  });
});
