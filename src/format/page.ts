/**
 * A page: the features that meet a run of leaves, each whole or by its place in its
 * partition's `.fgb`, and of the latter what meets each leaf. Refuses counts that pass
 * the end, places outside of their file, and local parts of features that are not there.
 */
import type { Shape } from '../geometry/shape.ts';
import type { LayerGeometry } from './catalogue.ts';
import { count, member } from './checks.ts';
import { decodeColumns, decodeCounts, encodeColumns } from './columns.ts';
import { corrupt } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import { decodeLocals, encodeLocals, type PageLocal } from './locals.ts';
import { decodeFiles, decodePlace, encodeFiles, encodePlace } from './places.ts';
import type { FeaturePlace, PageFiles } from './places.ts';
import { readShapes } from './read-shapes.ts';
import { joinUnit, splitUnit } from './unit-json.ts';
import { readVarints, VarintWriter, type VarintReader } from './varint.ts';
import { writeShapes } from './write-shapes.ts';

export type { PageLocal } from './locals.ts';
export type { FeaturePlace, PageFile, PageFiles } from './places.ts';

/** A feature has either its `shape` or its `place`. */
export interface PageFeature {
  /** The number of its partition. */
  readonly partition: number;
  /** Which of the features in its partition's `.fgb` it is. */
  readonly position: number;
  /** In the order of the layer's fields. */
  readonly values: readonly Value[];
  readonly shape: Shape | null;
  readonly place: FeaturePlace | null;
}

export interface Page {
  readonly features: readonly PageFeature[];
  /** By leaf, then by feature. */
  readonly locals: readonly PageLocal[];
  /** The files of features by place. */
  readonly files: PageFiles;
}

function encodePositions(features: readonly PageFeature[], out: VarintWriter): void {
  let before = 0;
  for (const { position } of features) {
    out.signed(position - before);
    before = position;
  }
}

function decodePositions(varints: VarintReader, n: number, name: string): number[] {
  let position = 0;
  return Array.from({ length: n }, () => {
    position += varints.signed();
    return count(position, name);
  });
}

/**
 * The raw bytes of a page of a layer with so many `fields`.
 * @throws RangeError for what a page cannot say.
 */
export function encodePage(page: Page, fields: number, geometry: LayerGeometry): Uint8Array {
  const { features, locals, files } = page;
  if (features.some(({ shape, place }) => (shape === null) === (place === null))) {
    throw new RangeError('a feature has one of shape and place');
  }
  const isWhole = features.every(({ place }) => place === null);
  const rows = features.map(({ partition, values }) => [partition, ...values]);
  const [partition, ...columns] = encodeColumns(rows, fields + 1);
  const places = isWhole ? undefined : features.map(({ place }) => encodePlace(place));
  const json = { n: features.length, partition, columns, places, files: encodeFiles(files) };
  const out = new VarintWriter();
  encodePositions(features, out);
  const shapes = writeShapes(out);
  for (const { shape } of features) if (shape !== null) shapes.shape(shape, geometry);
  encodeLocals(locals, out, shapes);
  return joinUnit(json, out.bytes());
}

/**
 * The page in `raw`, of a layer with so many `fields`.
 * @throws CartoError `CorruptFile`.
 */
export function decodePage(raw: Uint8Array, fields: number, geometry: LayerGeometry, name: string): Page {
  const { json, rest } = splitUnit(raw, name);
  const optional = (key: string): unknown => member(json, name, key, (value) => value);
  const n = member(json, name, 'n', count);
  // Each feature takes a byte at least, for its position.
  if (n > rest.length) return corrupt(name, `count ${n}`);
  const places = optional('places') ?? new Array<null>(n).fill(null);
  if (!Array.isArray(places) || places.length !== n) return corrupt(name, 'places');
  const files = decodeFiles(optional('files') ?? {}, name);
  const partitions = decodeCounts(optional('partition'), n, name);
  const rows = decodeColumns(optional('columns'), fields, n, name);
  const varints = readVarints(rest, name);
  const positions = decodePositions(varints, n, name);
  const shapes = readShapes(varints, name);
  const features = rows.map((values, i): PageFeature => {
    const [partition = 0, position = 0] = [partitions[i], positions[i]];
    const row: unknown = places[i];
    const place = row === null ? null : decodePlace(row, files.get(partition), name);
    return { partition, position, values, shape: place ? null : shapes.shape(geometry), place };
  });
  const locals = decodeLocals(varints, shapes, n, name);
  varints.end();
  return { features, locals, files };
}
