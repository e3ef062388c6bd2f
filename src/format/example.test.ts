/** The worked example of docs/format.md: a whole index of three features, byte by byte. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { boxOf, type Shape } from '../geometry/shape.ts';
import { addressOf, encodeBucket, findInBucket } from './bucket.ts';
import { readBytes } from './byte-reader.ts';
import { concatenate } from './bytes.ts';
import { ROOT_CELL } from './cells.ts';
import { encodeDirectory, fillDirectory, openDirectory } from './directory.ts';
import { decodeKeyDirectory, encodeKeyDirectory } from './key-directory.ts';
import { decodeKeyLeaf, encodeKeyLeaf, type KeyLeafRef } from './key-leaves.ts';
import { decodePage, encodePage, type Page } from './page.ts';
import { decodeRoot, encodeRoot } from './root.ts';
import { inflate, seal, sealBucket, unseal, unsealBucket, type UnitRef } from './unit.ts';

const SALT = 0x04030201;
const HASH = '0123456789abcdef';
const FIELDS = 2;

function polygon(...open: readonly number[]): Shape {
  const polygons = [[Float64Array.of(...open, ...open.slice(0, 2))]];
  const parts = { points: new Float64Array(0), lines: [], polygons };
  return { ...parts, box: boxOf(parts) };
}

const PAGE: Page = {
  features: [
    { partition: 0, position: 0, values: ['AB', 1], shape: polygon(0, 0, 4, 0, 4, 4), place: null },
    { partition: 0, position: 1, values: ['AB', 2], shape: polygon(0, 0, 4, 4, 0, 4), place: null },
    {
      partition: 0,
      position: 2,
      values: ['B', 1],
      shape: null,
      place: { offset: 600, length: 400, crc: 0xcafe, box: [-500, -500, 500, 500] },
    },
  ],
  locals: [
    {
      leaf: 0,
      feature: 2,
      parts: [{ dimension: 2, covers: false, isOver: true, chains: [Float64Array.of(-500, -500, 500, 500)] }],
    },
  ],
  files: new Map([[0, { hash: HASH, length: 1000 }]]),
};

const FILE = { hash: HASH, length: 1000, features: 3, featuresOffset: 200 };
const BLOCKS = [
  { keys: ['AB'], position: 0, features: 2, offset: 200, length: 400, crc: 0xbeef },
  { keys: ['B'], position: 2, features: 1, offset: 600, length: 400, crc: 0xcafe },
];

/** Stored as it is, not compressed, so that it can be read in the dump and no version of zlib matters. */
const deflate = (raw: Uint8Array): Uint8Array => deflateRawSync(raw, { level: 0 });

function build() {
  const parts: Uint8Array[] = [Uint8Array.of(0x63, 0x73, 0x69, 0x64, 0x78, 1, 0, 0)];
  const end = (): number => parts.reduce((sum, { length }) => sum + length, 0);
  const add = (raw: Uint8Array): UnitRef => {
    const offset = end();
    const { bytes, check } = seal(deflate(raw), SALT, offset);
    parts.push(bytes);
    return { offset, length: bytes.length, check };
  };
  const page = add(encodePage(PAGE, FIELDS, 'MultiPolygon'));
  const directory = {
    coverage: [{ partition: 0, box: [4, 47, 5, 48] as const }],
    leaves: [{ cell: ROOT_CELL, page: 0, ordinal: 0 }],
    pages: [page],
  };
  const region = { ...ROOT_CELL, offset: end() };
  const deflated = deflate(encodeDirectory(directory));
  const room = deflated.length + 8;
  parts.push(sealBucket(fillDirectory(deflated, room), SALT, region.offset));
  const buckets = end();
  const slots = ['AB1', 'AB2', 'B1'].map((key) => ({ tag: addressOf(key, 1).tag, ref: 0 }));
  parts.push(sealBucket(encodeBucket({ refs: [page], slots, spilled: false }), SALT, buckets));
  const leaf: KeyLeafRef = {
    partition: 0,
    first: ['AB'],
    position: 0,
    at: 200,
    ref: add(encodeKeyLeaf(BLOCKS, 1)),
  };
  const keys = add(encodeKeyDirectory({ files: [FILE], leaves: [leaf] }, 1));
  const root = encodeRoot([region]);
  return { bytes: concatenate(parts), directory, region, room, buckets, leaf, keys, root };
}

function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** Sixteen bytes a line with their letters; lines of zeros alone are left out. */
function dumpOf(bytes: Uint8Array): string {
  const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const row = [...bytes.subarray(16 * i, 16 * i + 16)];
    const hex = hexOf(row);
    const letters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    const isZero = row.every((byte) => byte === 0);
    return isZero ? '' : `${(16 * i).toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${letters}`;
  });
  return lines.filter((line) => line !== '').join('\n');
}

describe('the worked example', () => {
  const { bytes, directory, region, room, buckets, leaf, keys, root } = build();
  const open = async (ref: UnitRef): Promise<Uint8Array> =>
    inflate(unseal(bytes.subarray(ref.offset, ref.offset + ref.length), ref, SALT, 'x.idx'), 'x.idx');

  it('is in the specification as the code writes it', () => {
    const specification = readFileSync(new URL('../../docs/format.md', import.meta.url), 'utf8');
    expect(specification).toContain(dumpOf(bytes));
    expect(hexOf(root)).toBe('00');
    expect(specification).toContain(`byte ${region.offset}, of ${room} bytes`);
    const rows = specification.replaceAll(/ +/g, ' ');
    for (const ref of [directory.pages[0], leaf.ref, keys]) {
      expect(rows).toContain(`| ${ref?.offset} | ${ref?.length} | ${ref?.check} |`);
    }
  });

  it('is read from its root to its pages', async () => {
    expect(decodeRoot(readBytes(root), 1, region.offset, room)).toEqual([region]);
    const stored = bytes.subarray(region.offset, region.offset + room);
    expect(await openDirectory(stored, region, SALT, 'x.idx')).toEqual(directory);
    const [page = keys] = directory.pages;
    expect(decodePage(await open(page), FIELDS, 'MultiPolygon', 'x.idx')).toEqual(PAGE);
  });

  it('is read from its buckets and from its keys', async () => {
    const payload = unsealBucket(bytes.subarray(buckets, buckets + 4096), buckets, SALT, 'x.idx');
    const found = findInBucket(payload, addressOf('AB2', 1).tag, 'x.idx');
    expect(found).toEqual({ refs: directory.pages, spilled: false });
    const read = decodeKeyDirectory(await open(keys), leaf.ref.offset, 1, 'x.idx');
    expect(read).toEqual({ files: [FILE], leaves: [leaf] });
    expect(decodeKeyLeaf(await open(leaf.ref), leaf, FILE, 1, 'x.idx')).toEqual(BLOCKS);
  });

  it('is refused with any byte of any unit flipped', async () => {
    const refs = [...directory.pages, leaf.ref, keys];
    let [refused, tried] = [0, 0];
    for (const ref of refs) {
      for (let at = ref.offset; at < ref.offset + ref.length; at++) {
        bytes[at] = (bytes[at] ?? 0) ^ (1 + (at % 255));
        tried++;
        await open(ref).catch(() => refused++);
        bytes[at] = (bytes[at] ?? 0) ^ (1 + (at % 255));
      }
    }
    expect(refused).toBe(tried);
    expect(tried).toBe(refs.reduce((sum, { length }) => sum + length, 0));
  });
});
