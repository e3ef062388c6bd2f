/**
 * Reads a query string, or a form, as API Carto does: `+` is a space, a name that comes
 * twice is a list, brackets mean nothing, and what is not percent-encoded, or wrongly so,
 * is read as far as it can be. Refuses nothing: the rules of the parameters do.
 */

/** By name, in the order in which they come. */
export type Texts = Readonly<Record<string, string | readonly string[]>>;

/** Names and values read from one query string; the rest is left alone, as upstream does. */
const MOST_PARAMETERS = 1000;

/** The bytes that a text stands for, whose percent signs may stand for themselves. */
function bytesOf(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const parts = text.split(/%([0-9a-f]{2})/i);
  // Every second part is the code of a byte.
  return Uint8Array.from(
    parts.flatMap((part, i) => (i % 2 ? [parseInt(part, 16)] : [...encoder.encode(part)])),
  );
}

function decode(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(spaced));
  }
}

/** The parameters in `text`, a query string without its `?`. */
export function readQueryString(text: string): Texts {
  const values = new Map<string, string | readonly string[]>();
  for (const part of text.split('&', MOST_PARAMETERS)) {
    if (part === '') continue;
    const [name = '', ...rest] = part.split('=');
    const [key, value] = [decode(name), decode(rest.join('='))];
    const given = values.get(key);
    values.set(key, given === undefined ? value : [given, value].flat());
  }
  return Object.fromEntries(values);
}
