import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geometry } from 'geojson';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { INDEXED_LAYER, indexPartitions, writePartition, type IndexedTestLayer } from '../testing/indexed.ts';
import { randomSquares, type PackedFeature } from '../testing/packing.ts';
import { verifyIndex, type PublishedLayer } from './verify-index.ts';

const SEED = 17;

const folder = useFolder();

/** A ring of many vertices, too large for a page to hold it whole. */
function roundFeature(idu: string): PackedFeature {
  const at = (i: number): number[] => {
    const angle = (2 * Math.PI * i) / 1200;
    return [4.5 + 0.3 * Math.cos(angle), 47.5 + 0.3 * Math.sin(angle)].map((c) => Math.round(c * 1e8) / 1e8);
  };
  const ring = Array.from({ length: 1200 }, (_, i) => at(i));
  return { properties: { idu }, geometry: { type: 'MultiPolygon', coordinates: [[[...ring, at(0)]]] } };
}

function published(features: readonly PackedFeature[], layer: IndexedTestLayer = INDEXED_LAYER) {
  const half = Math.ceil(features.length / 2);
  const partitions = [features.slice(0, half), features.slice(half)]
    .filter((part) => part.length > 0)
    .map((part, i) => writePartition(folder, `p${i}`, part, layer));
  return indexPartitions(folder, partitions, layer, { pageBytes: 800, directoryBytes: 400 });
}

function withGeometry(geometry: Geometry, idu: string): PackedFeature {
  return { properties: { idu }, geometry };
}

/** The places of random squares as lines and points. */
function asLines(features: readonly PackedFeature[]): PackedFeature[] {
  return features.map(({ properties, geometry }) => {
    const [ring = []] = (geometry?.type === 'MultiPolygon' ? geometry.coordinates[0] : undefined) ?? [];
    return withGeometry({ type: 'MultiLineString', coordinates: [ring] }, String(properties['idu']));
  });
}

function asPoints(features: readonly PackedFeature[]): PackedFeature[] {
  return asLines(features).map(({ properties, geometry }) => {
    const [line = []] = geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
    return withGeometry({ type: 'MultiPoint', coordinates: line }, String(properties['idu']));
  });
}

describe('an index', () => {
  const squares = randomSquares(300, SEED);

  it.each<[string, readonly PackedFeature[], Partial<IndexedTestLayer>]>([
    ['of parcels', squares, {}],
    ['of one feature', squares.slice(0, 1), {}],
    ['with features too large for pages', [...squares, roundFeature('r1'), roundFeature('r2')], {}],
    ['without ids or keys', squares, { ids: null, keys: [] }],
    ['of lines', asLines(squares), { geometry: 'MultiLineString' }],
    ['of points', asPoints(squares), { geometry: 'MultiPoint' }],
    [
      'of rows without a place',
      squares.map(({ properties }) => ({ properties, geometry: null })),
      { geometry: null, ids: null },
    ],
  ])('%s is sound as it was written', async (_, features, layer) => {
    await verifyIndex(await published(features, { ...INDEXED_LAYER, ...layer }));
  });

  async function faultWith(layer: PublishedLayer, bytes: Uint8Array): Promise<string | null> {
    const path = join(layer.directory, layer.manifest.index.path);
    writeFileSync(path, bytes);
    try {
      await verifyIndex(layer);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  it('of which any byte is another is refused', async () => {
    const layer = await published(squares.slice(0, 4), { ...INDEXED_LAYER, ids: null });
    const good = readFileSync(join(layer.directory, layer.manifest.index.path));
    const unseen: number[] = [];
    for (let at = 0; at < good.length; at++) {
      const bytes = Buffer.from(good);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      if ((await faultWith(layer, bytes)) === null) unseen.push(at);
    }
    expect(good.length).toBeGreaterThan(500);
    expect(unseen).toEqual([]);
  });

  it('of which a byte of its ids is another is refused', async () => {
    const layer = await published(squares.slice(0, 4));
    const good = readFileSync(join(layer.directory, layer.manifest.index.path));
    const random = seededRandom(SEED);
    const { offset = 0 } = layer.layer.index.ids ?? {};
    for (let i = 0; i < 100; i++) {
      const at = offset + Math.floor(random() * 4096);
      const bytes = Buffer.from(good);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 64, at);
      expect(await faultWith(layer, bytes), `byte ${at}`).toMatch(/checksum/);
    }
  });

  it('that is longer than its parts is refused', async () => {
    const layer = await published(squares);
    const good = readFileSync(join(layer.directory, layer.manifest.index.path));
    const { index } = layer.layer;
    const longer = { ...layer, layer: { ...layer.layer, index: { ...index, length: index.length + 1 } } };
    expect(await faultWith(longer, Buffer.concat([good, Buffer.of(0)]))).toMatch(/its parts end at byte/);
  });

  it('of another vintage is refused', async () => {
    const layer = await published(squares);
    const { index } = layer.layer;
    const other = { ...layer, layer: { ...layer.layer, index: { ...index, salt: index.salt ^ 1 } } };
    await expect(verifyIndex(other)).rejects.toThrow(/checksum/);
  });

  it('of other features than the published ones is refused', async () => {
    const [first, ...rest] = squares;
    const changed = [
      { geometry: null, ...first, properties: { ...first?.properties, contenance: 3 } },
      ...rest,
    ];
    const partition = writePartition(folder, 'p0', squares);
    writePartition(folder, 'other', changed);
    const layer = await indexPartitions(folder, [partition], INDEXED_LAYER, { paths: ['other.fgb'] });
    await expect(verifyIndex(layer)).rejects.toThrow(/checksum of the block/);
    // The features that were indexed, whose files are not those of the manifest.
    copyFileSync(join(layer.directory, 'other.fgb'), join(layer.directory, 'p0.fgb'));
    await verifyIndex(layer);
  });

  it('of files or a coverage that the manifest does not have is refused', async () => {
    const layer = await published(squares);
    const { manifest } = layer;
    const [one, two] = manifest.partitions;
    if (one === undefined || two === undefined) throw new Error('two partitions expected');
    const swapped = { ...layer, manifest: { ...manifest, partitions: [two, one] } };
    await expect(verifyIndex(swapped)).rejects.toThrow(/covers other places/);
    const wider = { ...one, coverage: [[-1, 40, 5, 48]] as const };
    const elsewhere = { ...layer, manifest: { ...manifest, partitions: [wider, two] } };
    await expect(verifyIndex(elsewhere)).rejects.toThrow(/covers other places/);
    const renamed = { ...one, file: { ...one.file, sha256: '0'.repeat(64) } };
    const otherFile = { ...layer, manifest: { ...manifest, partitions: [renamed, two] } };
    await expect(verifyIndex(otherFile)).rejects.toThrow(/are of other files than the manifest says/);
  });
});
