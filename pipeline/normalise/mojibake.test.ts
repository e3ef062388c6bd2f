import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { decodeText } from './encoding.ts';
import { looksGarbled, mendText } from './mojibake.ts';

/** UTF-8 taken for another encoding, as a careless tool does. */
function misread(text: string, encoding: 'windows-1252' | 'iso-8859-1'): string {
  return decodeText(new TextEncoder().encode(text), encoding);
}

const TEXTS = ['Étude', 'Bâtiment', 'L’étang', 'Œuilly', 'voilà', 'Préfecture – Côte-d’Or', 'n° 12', '150 €'];

describe('a text that was decoded wrongly upstream', () => {
  it.each(TEXTS)('is mended: %j', (text) => {
    expect(mendText(misread(text, 'windows-1252'))).toBe(text);
    expect(mendText(misread(text, 'iso-8859-1'))).toBe(text);
  });

  it('is mended when it happened twice', () => {
    expect(mendText(misread(misread('Périmètre', 'iso-8859-1'), 'iso-8859-1'))).toBe('Périmètre');
  });

  it('is mended beside what was decoded right', () => {
    expect(mendText('Forêt de ChÃ¢teauneuf')).toBe('Forêt de Châteauneuf');
  });

  it('has characters where Latin-1 has controls: a ZONE_URBA of the GPU', () => {
    expect(mendText('ne disposant pas d\u0092équipements')).toBe('ne disposant pas d’équipements');
    expect(mendText('\u009cuvre')).toBe('œuvre');
  });

  it.each(['perdu \ufffd', 'voilÃ ', 'contrôle \u0081', 'PÃ'])(
    'is told where it is not certain: %j',
    (text) => {
      expect(mendText(text)).toBe(text);
      expect(looksGarbled(text)).toBe(true);
    },
  );
});

describe('a text that was decoded right', () => {
  it.each(['Étude', 'CITÉ…', 'LIBERTÉ’', 'CHÂTEAU', 'SÃO', '« À »', 'ABBAYÉ\u00a0»', 'Œuilly', 'ß°', ''])(
    'stays as it is: %j',
    (text) => {
      expect(mendText(text)).toBe(text);
      expect(looksGarbled(text)).toBe(false);
    },
  );

  it('stays as it is whatever letters follow each other', () => {
    const letters = Array.from("abcdÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸàâæçèéêëîïôœùûüÿ -'");
    const random = seededRandom(5);
    for (let i = 0; i < 2000; i++) {
      const text = Array.from(
        { length: 12 },
        () => letters[Math.floor(random() * letters.length)] ?? '',
      ).join('');
      expect(mendText(text)).toBe(text);
    }
  });
});
