import { describe, expect, it } from 'vitest';
import { decodeText, detectEncoding, type Encoding } from './encoding.ts';

const WHERE = { source: 'zones', member: 'ZONE_URBA.shp' };

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function detect(values: readonly Uint8Array[], declared?: Encoding): Encoding {
  return detectEncoding(values, declared, WHERE);
}

describe('the encoding of texts', () => {
  it('is UTF-8 when all of them are', () => {
    expect(detect([utf8('Bâtiment'), utf8('Œuilly'), utf8('plain')])).toBe('utf-8');
    expect(detect([utf8('plain')])).toBe('utf-8');
    expect(detect([])).toBe('utf-8');
  });

  it('is Windows-1252 when one of them is no UTF-8: Latin-1 is a part of it', () => {
    expect(detect([utf8('plain'), latin1('Bâtiment')])).toBe('windows-1252');
    // Œ and the euro stand where Latin-1 has controls.
    expect(detect([Uint8Array.of(0x8c, 0x75, 0x69, 0x80)])).toBe('windows-1252');
  });

  it.each(['é', '€', '🍇'])('is UTF-8 still when a field’s width has cut %s', (character) => {
    const bytes = utf8(character);
    for (let kept = 1; kept < bytes.length; kept++) {
      const cut = Buffer.concat([utf8('Appellation '), bytes.subarray(0, kept)]);
      expect(detect([cut])).toBe('utf-8');
    }
  });

  it('is not UTF-8 when a character is cut elsewhere than at the end', () => {
    const inside = Buffer.concat([utf8('é').subarray(0, 1), utf8(' fin')]);
    expect(detect([inside])).toBe('windows-1252');
  });

  it.each([0x8d, 0x8f, 0x9d])('is none that is known when byte %i stands in no UTF-8', (byte) => {
    expect(() => detect([Uint8Array.of(0x41, byte, 0x41)])).toThrow(
      expect.objectContaining({ code: 'BadEncoding', where: WHERE }),
    );
  });

  it('is that of DOS where nothing else makes French of it, whatever a .cpg says', () => {
    // Bâtiment, forêt, hôtel, Écluse, à créer, ça et là, côte n° 3
    for (const text of [
      'B\u0083timent',
      'for\u0088t',
      'h\u0093tel cr\u0082\u0082',
      '\u0090cluse',
      '\u0085 cr\u0082er',
    ]) {
      expect(detect([latin1('plain'), latin1(text)])).toBe('ibm850');
    }
    expect(decodeText(latin1('\u0090cluse \u0085 cr\u0082er, c\u0093te n\u00f8 3'), 'ibm850')).toBe(
      'Écluse à créer, côte n° 3',
    );
  });

  it('is never that of DOS where Windows has a letter, or a sign where French has it', () => {
    for (const text of [
      'l\u0092été',
      'l\u0092ouest',
      'etc\u0085 et',
      '\u0093zone\u0094 \u0096 b',
      'c\u009cur',
      '3 \u0080',
      'S\u008aek é',
    ]) {
      expect(detect([latin1(text)])).toBe('windows-1252');
    }
    expect(detect([latin1('B\u0083timent'), latin1('Côte')])).toBe('windows-1252');
  });

  it('is not MacRoman: that is said, and not taken for another', () => {
    expect(() => detect([latin1('b\u0089timent cr\u008e')])).toThrow(/looks like MacRoman/);
    expect(detect([latin1('b\u0089timent cr\u008e')], 'windows-1252')).toBe('windows-1252');
  });

  it('shows a text that does not fit', () => {
    expect(() => detect([latin1('Bâtiment'), utf8('plain')], 'utf-8')).toThrow(
      'zones › ZONE_URBA.shp: not utf-8: "Bâtiment"',
    );
  });

  it('is the declared one where it fits, and is refused where it does not', () => {
    expect(detect([latin1('Bâtiment')], 'iso-8859-1')).toBe('iso-8859-1');
    expect(detect([latin1('Bâtiment')], 'windows-1252')).toBe('windows-1252');
    expect(detect([utf8('Bâtiment')], 'utf-8')).toBe('utf-8');
    expect(() => detect([Uint8Array.of(0x8c)], 'iso-8859-1')).toThrow(/not iso-8859-1/);
    expect(() => detect([utf8('Ɓ')], 'windows-1252')).toThrow(/not windows-1252/);
  });
});

describe('decoding', () => {
  it('gives Windows-1252 its own characters where Latin-1 has controls', () => {
    expect(decodeText(Uint8Array.of(0x80, 0x8c, 0x92, 0x9f, 0xe9, 0x41), 'windows-1252')).toBe('€Œ’ŸéA');
    expect(decodeText(latin1('Lé'), 'iso-8859-1')).toBe('Lé');
  });

  it('leaves the byte order mark of UTF-8 out', () => {
    expect(decodeText(utf8('\ufeffÉtude'), 'utf-8')).toBe('Étude');
  });
});
