/** What must hold of every index, checked against brute force over the features of its files. */
import { expect } from 'vitest';
import { addressOf, BUCKET_BYTES, findInBucket, keyOf } from '../../../../src/format/bucket.ts';
import { cellBox, cellSpan, type Cell } from '../../../../src/format/cells.ts';
import { crc32 } from '../../../../src/format/crc32.ts';
import type { Page } from '../../../../src/format/page.ts';
import { unsealBucket, type UnitRef } from '../../../../src/format/unit.ts';
import type { Box } from '../../../../src/geometry/lattice.ts';
import type { LocalPart } from '../../../../src/geometry/local.ts';
import { prepare } from '../../../../src/geometry/prepare.ts';
import type { Shape } from '../../../../src/geometry/shape.ts';
import type { BuiltIndex, Truth } from './build-index.ts';
import { LAST_CODE } from './read-index.ts';

const nameOf = ({ partition, position }: { partition: number; position: number }): string =>
  `${partition}/${position}`;

/** Every leaf of `built`, with its page if it is not empty. */
export function leavesOf({ index }: BuiltIndex) {
  return index.regions.flatMap(({ directory, pages }) =>
    directory.leaves.map((leaf) => ({ ...leaf, content: pages[leaf.page], ref: directory.pages[leaf.page] })),
  );
}

/** The leaves fill the root cell, without a gap and without two for one place. */
export function expectTiling(built: BuiltIndex): void {
  let end = 0;
  for (const { cell } of leavesOf(built)) {
    expect(cell.start).toBe(end);
    end += cellSpan(cell.level);
  }
  expect(end).toBe(LAST_CODE);
}

function pointShape(x: number, y: number): Shape {
  return { points: Float64Array.of(x, y), lines: [], polygons: [], box: [x, y, x, y] };
}

/** Corners and middle of a cell, and vertices of `shape` in it. */
function probes([minX, minY, maxX, maxY]: Box, shape: Shape): Shape[] {
  const vertices = [shape.points, ...shape.lines, ...shape.polygons.flat()].flatMap((xy) =>
    Array.from({ length: xy.length / 2 }, (_, i) => [xy[2 * i] ?? NaN, xy[2 * i + 1] ?? NaN] as const),
  );
  const isIn = ([x, y]: readonly [number, number]): boolean =>
    x >= minX && x <= maxX && y >= minY && y <= maxY;
  const places: (readonly [number, number])[] = [
    [minX, minY],
    [maxX, maxY],
    [minX, maxY],
    [(minX + maxX) / 2, (minY + maxY) / 2],
    ...vertices.filter(isIn).slice(0, 3),
  ];
  return places.map(([x, y]) => pointShape(x, y));
}

function expectLocal(shape: Shape, parts: readonly LocalPart[] | undefined, cell: Cell, about: string): void {
  const box = cellBox(cell);
  const prepared = prepare(shape);
  expect(parts !== undefined, about).toBe(prepared.meetsBox(box));
  if (parts === undefined) return;
  for (const probe of probes(box, shape)) {
    expect(prepare(probe).meetsLocally(parts, box), `${about} ${probe.box.join()}`).toBe(
      prepared.intersects(probe),
    );
  }
}

/** The features of `page` by name, each once. */
function featuresOf(page: Page) {
  const features = new Map(page.features.map((feature, i) => [nameOf(feature), { ...feature, number: i }]));
  expect(features.size).toBe(page.features.length);
  return features;
}

/** Every feature is in every leaf that it meets, whole or with what meets the leaf, and right. */
export function expectPlaces(built: BuiltIndex): void {
  const placed = built.truths.filter(({ shape }) => shape !== null);
  const found = new Set<string>();
  const caches = new Map<Page, ReturnType<typeof featuresOf>>();
  for (const { cell, content, ordinal } of leavesOf(built)) {
    const features = content === undefined ? new Map() : (caches.get(content) ?? featuresOf(content));
    if (content !== undefined) caches.set(content, features as ReturnType<typeof featuresOf>);
    for (const truth of placed) {
      const about = `${nameOf(truth)} in ${cell.start} ${cell.level}`;
      const feature = (features as ReturnType<typeof featuresOf>).get(nameOf(truth));
      const { shape } = truth;
      if (shape === null) continue;
      if (feature === undefined) expect(prepare(shape).meetsBox(cellBox(cell)), about).toBe(false);
      else if (feature.place !== null) {
        const local = content?.locals.find((one) => one.leaf === ordinal && one.feature === feature.number);
        expectLocal(shape, local?.parts, cell, about);
      }
    }
  }
  for (const [page, features] of caches) {
    for (const feature of features.values()) found.add(nameOf(feature));
    expectFeatures(page, built);
  }
  expect(found).toEqual(new Set(placed.map(nameOf)));
}

function expectFeatures(page: Page, { truths, files }: BuiltIndex): void {
  const byName = new Map(truths.map((truth) => [nameOf(truth), truth]));
  for (const feature of page.features) {
    const truth = byName.get(nameOf(feature));
    expect(feature.values).toEqual(truth?.values);
    if (feature.place === null) expect(feature.shape).toEqual(truth?.shape);
    else {
      const { offset, length, crc, box } = feature.place;
      expect(box).toEqual(truth?.shape?.box);
      expect(crc32(files[feature.partition]?.subarray(offset, offset + length) ?? new Uint8Array())).toBe(
        crc,
      );
    }
  }
}

/** The pages that the buckets name for `key`. */
export function pagesOfId({ written, index }: BuiltIndex, key: string): UnitRef[] {
  if (written.ids === null) return [];
  const { offset, buckets } = written.ids;
  const { bucket, tag } = addressOf(key, buckets);
  const refs: UnitRef[] = [];
  for (let i = 0; i < buckets; i++) {
    const at = offset + ((bucket + i) % buckets) * BUCKET_BYTES;
    const payload = unsealBucket(index.bytes.subarray(at, at + BUCKET_BYTES), at, written.salt, 'test.idx');
    const found = findInBucket(payload, tag, 'test.idx');
    refs.push(...found.refs);
    if (!found.spilled) break;
  }
  return refs;
}

/** Every id leads to a page that holds its feature. */
export function expectIds(built: BuiltIndex): void {
  const { layer, truths, index } = built;
  const positions = (layer.ids ?? []).map((id) => layer.fields.findIndex(({ name }) => name === id));
  const pages = new Map(
    index.regions.flatMap(({ directory, pages }) =>
      directory.pages.map((ref, i) => [ref.offset, new Set(pages[i]?.features.map(nameOf))] as const),
    ),
  );
  for (const truth of truths) {
    const key = keyOf(positions.map((position) => truth.values[position] ?? null));
    const refs = pagesOfId(built, key);
    expect(
      refs.some(({ offset }) => pages.get(offset)?.has(nameOf(truth))),
      key,
    ).toBe(true);
  }
}

function keysOf(truth: Truth | undefined, { layer }: BuiltIndex) {
  return layer.keys.map((key) => truth?.values[layer.fields.findIndex(({ name }) => name === key)] ?? null);
}

/** The blocks are the files, cut where the key changes. */
export function expectBlocks(built: BuiltIndex): void {
  const { index, truths, files } = built;
  for (const [partition, file] of index.files.entries()) {
    let [position, offset] = [0, file.featuresOffset];
    for (const block of index.blocks.filter((one) => one.partition === partition)) {
      expect([block.position, block.offset]).toEqual([position, offset]);
      expect(block.features).toBeGreaterThan(0);
      const bytes = files[partition]?.subarray(offset, offset + block.length) ?? new Uint8Array();
      expect(crc32(bytes)).toBe(block.crc);
      const own = truths
        .filter((one) => one.partition === partition)
        .slice(position, position + block.features);
      for (const truth of own) expect(keysOf(truth, built)).toEqual(block.keys);
      [position, offset] = [position + block.features, offset + block.length];
    }
    expect([position, offset]).toEqual([file.features, file.length]);
    expect(offset).toBe(files[partition]?.length);
  }
}

/** All of the above. */
export function expectIndex(built: BuiltIndex): void {
  if (built.layer.geometry !== null) {
    expectTiling(built);
    expectPlaces(built);
  }
  if (built.layer.ids !== null) expectIds(built);
  expectBlocks(built);
}
