/**
 * A PMTiles archive (version 3) of random tiles of some kilobytes, gzipped, with leaf
 * directories: all that the package must read to find a tile.
 */
import { gzipSync } from 'node:zlib';
import { seededRandom } from '../../src/testing/random.ts';

const HEADER_BYTES = 127;
const LEAF_ENTRIES = 512;
const [GZIP, MVT] = [2, 1];

interface Entry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  /** 0 for a leaf directory. */
  readonly run: number;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

function directory(entries: readonly Entry[]): Buffer {
  const ids = entries.map(({ id }, i) => id - (entries[i - 1]?.id ?? 0));
  const columns = [ids, entries.map(({ run }) => run), entries.map(({ length }) => length)];
  const offsets = entries.map(({ offset }) => offset + 1);
  return gzipSync(Buffer.from([[entries.length], ...columns, offsets].flat().flatMap(varint)));
}

/** Pieces one after the other, and where each stands. */
function lay(pieces: readonly Buffer[]): {
  readonly bytes: Buffer;
  readonly places: { offset: number; length: number }[];
} {
  let end = 0;
  const places = pieces.map(({ length }) => ({ offset: (end += length) - length, length }));
  return { bytes: Buffer.concat(pieces), places };
}

function header(parts: readonly Buffer[], zoom: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('PMTiles\u0003', 'latin1');
  let at = HEADER_BYTES;
  parts.forEach(({ length }, i) => {
    bytes.writeBigUInt64LE(BigInt(at), 8 + 16 * i);
    bytes.writeBigUInt64LE(BigInt(length), 16 + 16 * i);
    at += length;
  });
  // Clustered; how directories and tiles are compressed; what tiles are; zooms.
  bytes.set([1, GZIP, GZIP, MVT, 0, zoom], 96);
  return bytes;
}

/** All tiles of zooms 0 to `zoom`. */
export function writeArchive(seed: number, zoom: number): Uint8Array {
  const random = seededRandom(seed);
  const noise = (): Buffer =>
    gzipSync(Buffer.from(Array.from({ length: 1000 + 1000 * random() }, () => Math.floor(random() * 256))));
  const count = (4 ** (zoom + 1) - 1) / 3;
  const tiles = lay(Array.from({ length: count }, noise));
  const entries = tiles.places.map((place, id): Entry => ({ id, ...place, run: 1 }));
  const runs = Array.from({ length: Math.ceil(count / LEAF_ENTRIES) }, (_, i) =>
    entries.slice(i * LEAF_ENTRIES, (i + 1) * LEAF_ENTRIES),
  );
  const leaves = lay(runs.map(directory));
  const root = directory(leaves.places.map((place, i) => ({ id: i * LEAF_ENTRIES, ...place, run: 0 })));
  const parts = [root, gzipSync('{}'), leaves.bytes, tiles.bytes];
  return Buffer.concat([header(parts, zoom), ...parts]);
}
