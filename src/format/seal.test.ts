import { describe, expect, it } from 'vitest';
import { checkSeal, sealed } from './seal.ts';

const VALUE = { format: 2, territory: 'Côte-d’Or', layers: { b: [1, 2.5, null], 21: { a: true } } };
const text = JSON.stringify(sealed(VALUE));

describe('a seal', () => {
  it('fits what was sealed, however it is spaced', () => {
    for (const spaces of [0, 1, 4]) checkSeal(JSON.parse(JSON.stringify(JSON.parse(text), null, spaces)), 'a');
  });

  it('does not fit what has lost it', () => {
    expect(() => {
      checkSeal(VALUE, 'a/catalogue.json');
    }).toThrow('a/catalogue.json: its contents do not fit their checksum');
  });

  it('does not fit after any flip of a bit that leaves JSON', () => {
    const bytes = new TextEncoder().encode(text);
    let read = 0;
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = Uint8Array.from(bytes, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(flipped));
      } catch {
        continue;
      }
      read += 1;
      expect(() => {
        checkSeal(value, 'a');
      }).toThrow('checksum');
    }
    expect(read).toBeGreaterThan(100);
  });
});
