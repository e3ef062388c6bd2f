/**
 * Text encodings of tables. A declared encoding is tried strictly; otherwise the
 * bytes decide: text that is valid UTF-8 beyond ASCII is UTF-8 whatever a .cpg says,
 * and what is not UTF-8 is Windows-1252, of which the producers' Latin-1 is a part,
 * unless only code page 850 of DOS makes French of it.
 */
import { decodeCp850 } from '../code-page-850.ts';
import { PipelineError, type Where } from '../errors.ts';

export type Encoding = 'utf-8' | 'windows-1252' | 'iso-8859-1' | 'ibm850';

/** The names that GDAL's shapefile driver knows them by. */
export const GDAL_ENCODINGS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'CP1252',
  'iso-8859-1': 'ISO-8859-1',
  ibm850: 'CP850',
};

/** What Windows-1252 has for the bytes 0x80 to 0x9f, where Latin-1 has controls; blank where it has none. */
const CHARACTERS_OF_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** The byte of a character that Windows-1252 or Latin-1 has; `null` for another. */
export function byteIn1252(character: string): number | null {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return code;
  const at = CHARACTERS_OF_1252.indexOf(character);
  return at === -1 ? null : 0x80 + at;
}

/** The character for a control of Latin-1, at whose byte Windows-1252 has one; `null` where it has none. */
export function characterFor(control: string): string | null {
  const character = CHARACTERS_OF_1252[control.charCodeAt(0) - 0x80];
  return character === undefined || character === ' ' ? null : character;
}

/** Bytes without a character: text that holds them is something else. */
const UNDEFINED_IN_1252: ReadonlySet<number> = new Set(
  Array.from(CHARACTERS_OF_1252).flatMap((character, i) => (character === ' ' ? [0x80 + i] : [])),
);

function decode1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(
    /[\u0080-\u009f]/g,
    (control) => CHARACTERS_OF_1252[control.charCodeAt(0) - 0x80] ?? '',
  );
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Without a character cut by the width of its field: 1 to 3 bytes of a longer sequence at the end. */
function withoutCutCharacter(value: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= value.length; back++) {
    const byte = value[value.length - back] ?? 0;
    if (byte < 0x80) return value;
    if (byte >= 0xc0) {
      const expected = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < expected ? value.subarray(0, value.length - back) : value;
    }
  }
  return value;
}

/** Signs of Windows-1252 that stand beside a letter in no French, at the bytes of `é`, `â`, `ç`, `ê`, `è` in DOS. */
const DOS_IN_1252 = /(^|[\sA-Za-z'-])[‚ƒ‡ˆŠ](?=[a-z])|[A-Za-z][‚ƒ‡ˆ]/;
/** The same of `é` on an old Mac. */
const MAC_IN_1252 = /[a-z]Ž(?=[a-z\s]|$)/;
/** What French texts have beyond ASCII in code page 850. */
const FRENCH_IN_850 = /^[\u0020-\u007e\séâäàçêëèïîôöûùÿüÇÉÀÂÈÊËÎÏÔÙÛÜ°§«»²³·½¼¾´ñ\u00a0]*$/;

function isDos(values: readonly Uint8Array[]): boolean {
  const isFrench = values.every((value) => FRENCH_IN_850.test(decodeCp850(value)));
  return (
    isFrench && values.some((value) => DOS_IN_1252.test(decode1252(value)) || !fits([value], 'windows-1252'))
  );
}

function isMac(values: readonly Uint8Array[]): boolean {
  const texts = values.map(decode1252);
  return texts.some((text) => MAC_IN_1252.test(text)) && !texts.some((text) => /[éèê]/.test(text));
}

function fits(values: readonly Uint8Array[], encoding: Encoding): boolean {
  if (encoding === 'utf-8') return values.every((value) => isUtf8(withoutCutCharacter(value)));
  if (encoding === 'ibm850') return true;
  if (encoding === 'iso-8859-1') return values.every((value) => value.every((b) => b < 0x80 || b >= 0xa0));
  return values.every((value) => value.every((b) => !UNDEFINED_IN_1252.has(b)));
}

/**
 * The encoding of `values`, texts as they stand in a file.
 * @throws PipelineError `BadEncoding` when the declared one, or none that is known, fits.
 */
export function detectEncoding(
  values: readonly Uint8Array[],
  declared: Encoding | undefined,
  where: Where,
): Encoding {
  const beyondAscii = values.filter((value) => value.some((byte) => byte >= 0x80));
  const candidates: Encoding[] = declared === undefined ? ['utf-8', 'windows-1252'] : [declared];
  const found = candidates.find((encoding) => fits(beyondAscii, encoding));
  if (declared === undefined && found !== 'utf-8' && isDos(beyondAscii)) return 'ibm850';
  if (declared === undefined && found === 'windows-1252' && isMac(beyondAscii)) {
    const what = 'looks like MacRoman, which is not read here: convert it, or declare "encoding"';
    throw new PipelineError('BadEncoding', what, where);
  }
  if (found !== undefined) return found;
  const example = beyondAscii.find((value) => !candidates.some((encoding) => fits([value], encoding)));
  const shown = Buffer.from(example ?? [])
    .toString('latin1')
    .slice(0, 40);
  throw new PipelineError('BadEncoding', `not ${candidates.join(' nor ')}: "${shown}"`, where);
}

/** The text in `bytes`; a byte order mark is no part of it. Node 20's own decoder takes Windows-1252 for Latin-1. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8') return new TextDecoder().decode(bytes);
  if (encoding === 'ibm850') return decodeCp850(bytes);
  return encoding === 'iso-8859-1' ? Buffer.from(bytes).toString('latin1') : decode1252(bytes);
}
