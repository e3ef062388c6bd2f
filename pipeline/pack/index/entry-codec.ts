/**
 * Entries as bytes, for the files that hold what memory does not. Never published.
 * Entry: its length (u32), partition and position (u32), anchor and box (f64), cost of
 * the feature and of the entry (u32), flags (u8); by place: offset (f64), length and crc
 * (u32); the parts, if any; then the feature as its file has it, without its geometry
 * where the parts say what remains of it.
 */
import type { LocalPart } from '../../../src/geometry/local.ts';
import type { Chunk } from './chunk.ts';
import { propertiesOf, type EncodedFeature } from './encoded-feature.ts';
import type { Entry, IndexedFeature } from './entry.ts';
import { decodeParts, encodeParts, partsBytes } from './parts-codec.ts';

const HEAD = 4 + 8 + 40 + 8 + 1;
const PLACE = 16;
const [BY_PLACE, HAS_PARTS] = [1, 2];
/** A feature of nothing but its properties: their vector begins here. */
const BARE = Uint8Array.of(0, 0, 0, 0, 12, 0, 0, 0, 8, 0, 8, 0, 0, 0, 4, 0, 8, 0, 0, 0, 4, 0, 0, 0);

/** The parts that must be kept: those of a whole feature are found again. */
function keptParts({ feature, parts }: Entry): readonly LocalPart[] | null {
  return feature.place === null ? null : parts;
}

function featureBytes(feature: EncodedFeature, isBare: boolean): number {
  return isBare ? BARE.length + 4 + propertiesOf(feature).count : feature.length;
}

/** Bytes of `entry` when it is encoded. */
export function entryBytes(entry: Entry): number {
  const parts = keptParts(entry);
  const { feature } = entry;
  return (
    HEAD +
    (feature.place === null ? 0 : PLACE) +
    (parts === null ? 0 : partsBytes(parts)) +
    featureBytes(feature, parts !== null)
  );
}

/** Writes `entry`, of `length` bytes, into `chunk` at `start`. */
export function encodeEntry(entry: Entry, length: number, { bytes, view }: Chunk, start: number): void {
  const { feature } = entry;
  const { partition, position, anchor, box, place, cost } = feature;
  const parts = keptParts(entry);
  view.setUint32(start, length, true);
  view.setUint32(start + 4, partition, true);
  view.setUint32(start + 8, position, true);
  view.setFloat64(start + 12, anchor, true);
  for (let i = 0; i < 4; i++) view.setFloat64(start + 20 + 8 * i, box[i] ?? NaN, true);
  view.setUint32(start + 52, cost, true);
  view.setUint32(start + 56, entry.cost, true);
  view.setUint8(start + 60, (place === null ? 0 : BY_PLACE) + (parts === null ? 0 : HAS_PARTS));
  let at = start + HEAD;
  if (place !== null) {
    view.setFloat64(at, place.offset, true);
    view.setUint32(at + 8, place.length, true);
    view.setUint32(at + 12, place.crc, true);
    at += PLACE;
  }
  if (parts !== null) at = encodeParts(parts, view, at);
  if (parts === null) feature.chunk.bytes.copy(bytes, at, feature.at, feature.at + feature.length);
  else encodeBare(feature, bytes, at);
}

function encodeBare(feature: EncodedFeature, bytes: Buffer, at: number): void {
  const properties = propertiesOf(feature);
  bytes.set(BARE, at);
  bytes.writeUInt32LE(BARE.length + properties.count, at);
  bytes.writeUInt32LE(properties.count, at + BARE.length);
  feature.chunk.bytes.copy(bytes, at + BARE.length + 4, properties.at, properties.at + properties.count);
}

/** All entries that were encoded one after the other in `chunk`; their features stay in it. */
export function* decodeEntries(chunk: Chunk): Generator<Entry> {
  for (let at = 0; at < chunk.bytes.length; at += chunk.view.getUint32(at, true)) {
    yield decodeEntry(chunk, at);
  }
}

function decodeEntry(chunk: Chunk, start: number): Entry {
  const { view } = chunk;
  const double = (at: number): number => view.getFloat64(start + at, true);
  const flags = view.getUint8(start + 60);
  const box = [double(20), double(28), double(36), double(44)] as const;
  let at = start + HEAD;
  let place: IndexedFeature['place'] = null;
  if ((flags & BY_PLACE) !== 0) {
    const [length, crc] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    place = { offset: view.getFloat64(at, true), length, crc, box };
    at += PLACE;
  }
  let parts: { readonly parts: readonly LocalPart[]; readonly end: number } | null = null;
  if ((flags & HAS_PARTS) !== 0) {
    parts = decodeParts(view, at);
    at = parts.end;
  }
  const feature = {
    chunk,
    at,
    length: start + view.getUint32(start, true) - at,
    partition: view.getUint32(start + 4, true),
    position: view.getUint32(start + 8, true),
    anchor: double(12),
    box,
    place,
    cost: view.getUint32(start + 52, true),
  };
  return { feature, parts: parts?.parts ?? null, cost: view.getUint32(start + 56, true) };
}
