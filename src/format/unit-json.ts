/**
 * The inside of a unit: the length of its JSON in four bytes, the JSON, and the rest in
 * binary. Writing refuses what JSON cannot say (NaN, undefined) and keeps -0, which
 * `JSON.stringify` loses.
 */
import { corrupt } from './corrupt.ts';

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

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/**
 * The JSON and the rest of a unit's raw bytes; the rest is a view into `raw`.
 * @throws CartoError `CorruptFile` when there is no JSON of the length told.
 */
export function splitUnit(raw: Uint8Array, name: string): { json: unknown; rest: Uint8Array } {
  if (raw.length < 4) return corrupt(name, 'length');
  const end = 4 + new DataView(raw.buffer, raw.byteOffset, 4).getUint32(0, true);
  if (end > raw.length) return corrupt(name, 'length');
  try {
    return { json: parse(raw.subarray(4, end)), rest: raw.subarray(end) };
  } catch {
    return corrupt(name, 'JSON');
  }
}
