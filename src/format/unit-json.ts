/**
 * The inside of a unit: the length of its JSON in four bytes, the JSON, and the rest in
 * binary. Writing refuses what JSON cannot say (NaN, undefined) and keeps -0, which
 * `JSON.stringify` loses.
 */
import { readBytes, type ByteReader } from './byte-reader.ts';
import { decoding } from './corrupt.ts';
import { utf8 } from './utf8.ts';

function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${jsonOf(item)}`).join(',')}}`;
  }
  if (Object.is(value, -0)) return '-0';
  const isSayable = typeof value === 'number' ? Number.isFinite(value) : value !== undefined;
  if (!isSayable) throw new RangeError(`JSON cannot say ${String(value)}`);
  return JSON.stringify(value);
}

/** The raw bytes of a unit. Members that are undefined are left out. */
export function joinUnit(json: unknown, rest: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(jsonOf(json));
  const raw = new Uint8Array(4 + head.length + rest.length);
  new DataView(raw.buffer).setUint32(0, head.length, true);
  raw.set(head, 4);
  raw.set(rest, 4 + head.length);
  return raw;
}

/** The members of a unit's JSON; each must be checked where it is used. */
export type UnitJson = Readonly<Record<string, unknown>>;

/**
 * What `decode` makes of a unit's raw bytes: of its JSON and of the rest, of which it
 * must leave nothing.
 * @throws CartoError `CorruptFile`.
 */
export function decodeUnit<T>(
  raw: Uint8Array,
  name: string,
  decode: (json: UnitJson, rest: ByteReader) => T,
): T {
  return decoding(name, () => {
    const bytes = readBytes(raw);
    const json = JSON.parse(utf8.decode(bytes.take(bytes.uint(4)))) as UnitJson;
    const value = decode(json, bytes);
    bytes.end();
    return value;
  });
}
