import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/random.ts';
import { parseJson, repeatedMembers } from './json.ts';

describe('parseJson', () => {
  it.each(['', '{', '"', '"\\', '"\\"', '[1]]', '{"a":1}}', "{'a':1}"])(
    'refuses what is no JSON: %j',
    (text) => {
      expect(parseJson(text)).toBeUndefined();
    },
  );

  it('refuses what is nested deeply, and no more than that', () => {
    expect(parseJson('['.repeat(1000) + ']'.repeat(1000))).toBeDefined();
    expect(parseJson('['.repeat(1001) + ']'.repeat(1001))).toBeUndefined();
    expect(parseJson(JSON.stringify({ a: '['.repeat(5000), '\\': '\\"[' }))).toBeDefined();
  });

  // A geometry of megabytes is sent as a text, too.
  it.each(['x', '\\"', '['])('reads a text of 16 million characters: %j', (part) => {
    const text = part.repeat(16_000_000 / part.length);
    expect(parseJson(JSON.stringify({ geom: text }))).toEqual({ geom: text });
  });
});

describe('repeatedMembers', () => {
  it.each<[string, string[]]>([
    ['{"a":1,"b":{"a":2}}', []],
    ['{"a":1,"a":2,"b":3,"a":4}', ['a', 'a']],
    ['{"a\\"":1,"a\\u0022":{"x":"}:{"}}', ['a"']],
    ['[{"a":1,"a":2}]', []],
    ['{"a":"a\\\\","b":"\\\\\\"","b":1}', ['b']],
  ])('of %s are %j', (text, repeated) => {
    expect(repeatedMembers(text)).toEqual(repeated);
  });

  it('are none in what is written from a value', () => {
    const random = seededRandom(41);
    const below = (count: number): number => Math.floor(random() * count);
    const parts = ['"', '\\', '{', '}', '[', ']', ':', ',', 'a', '\n', '\u2028'];
    const text = (): string => Array.from({ length: below(7) }, () => parts[below(parts.length)]).join('');
    for (let i = 0; i < 500; i++) {
      const value = Object.fromEntries(Array.from({ length: 5 }, () => [text(), { [text()]: [text()] }]));
      const json = JSON.stringify(value);
      expect([repeatedMembers(json), parseJson(json)]).toEqual([[], value]);
    }
  });
});
