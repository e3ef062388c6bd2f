import { expect, it } from 'vitest';
import { readable } from './readable.ts';

const LINE = [[[[1.5, -2e-8]]]];

it('writes coordinates in a line, and what texts hold as it is', () => {
  const { shown, isWhole } = readable(JSON.stringify({ coordinates: LINE, asked: '{"a":[1,2]}', none: [] }));
  expect(shown).toBe(
    '{\n  "coordinates": [[[[1.5, -2e-8]]]],\n  "asked": "{\\"a\\":[1,2]}",\n  "none": []\n}',
  );
  expect(isWhole).toBe(true);
});

it.each([
  ['long coordinates', { coordinates: Array.from({ length: 50 }, (_, i) => i) }],
  ['a long answer', { text: 'x'.repeat(30_000) }],
])('says of %s that not all is shown', (_, answer) => {
  const { shown, isWhole } = readable(JSON.stringify(answer));
  expect(shown).toContain('…');
  expect(isWhole).toBe(false);
});

it('leaves what is no JSON', () => {
  expect(readable('Not Found')).toEqual({ shown: 'Not Found', isWhole: true });
});
