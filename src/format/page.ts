/**
 * A page: the features that meet a run of leaves, each whole or by its place in its
 * partition's `.fgb`, and of the latter what meets each leaf. Refuses counts that pass
 * the end, places outside of their file, and local parts of features that are not there.
 */
import type { LocalPart } from '../geometry/local.ts';
import type { Shape } from '../geometry/shape.ts';
import type { LayerGeometry } from './catalogue.ts';
import { count, member } from './checks.ts';
import { decodeColumns, decodeCounts, encodeColumns } from './columns.ts';
import { corrupt } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import { decodeFiles, decodePlace, encodeFiles, encodePlace } from './places.ts';
import type { FeaturePlace, PageFiles } from './places.ts';
import { readShapes, writeShapes, type ShapeReader, type ShapeWriter } from './shapes.ts';
import { joinUnit, splitUnit } from './unit-json.ts';
import { readVarints, VarintWriter, type VarintReader } from './varint.ts';

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

/** What of a feature by place meets a leaf. */
export interface PageLocal {
  /** Which of the page's leaves that are not empty. */
  readonly leaf: number;
  /** Which of the page's features. */
  readonly feature: number;
  readonly parts: readonly LocalPart[];
}

export interface Page {
  readonly features: readonly PageFeature[];
  /** By leaf, then by feature. */
  readonly locals: readonly PageLocal[];
  /** The files of features by place. */
  readonly files: PageFiles;
}

function encodeLocals(locals: readonly PageLocal[], out: VarintWriter, shapes: ShapeWriter): void {
  out.unsigned(locals.length);
  let before = 0;
  for (const { leaf, feature, parts } of locals) {
    out.unsigned(leaf - before);
    out.unsigned(feature);
    out.unsigned(parts.length);
    parts.forEach(shapes.part);
    before = leaf;
  }
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
  const rows = features.map(({ partition, position, values }) => [partition, position, ...values]);
  const [partition, position, ...columns] = encodeColumns(rows, fields + 2);
  const places = isWhole ? undefined : features.map(({ place }) => encodePlace(place));
  const json = { n: features.length, partition, position, columns, places, files: encodeFiles(files) };
  const out = new VarintWriter();
  const shapes = writeShapes(out);
  for (const { shape } of features) if (shape !== null) shapes.shape(shape, geometry);
  encodeLocals(locals, out, shapes);
  return joinUnit(json, out.bytes());
}

function decodeLocals(
  varints: VarintReader,
  shapes: ShapeReader,
  features: number,
  name: string,
): PageLocal[] {
  let leaf = 0;
  return Array.from({ length: varints.count(3) }, () => {
    leaf += varints.unsigned();
    const feature = varints.unsigned();
    if (feature >= features) return corrupt(name, `local parts of feature ${feature} of ${features}`);
    return { leaf, feature, parts: Array.from({ length: varints.count(1) }, shapes.part) };
  });
}

/** The number of features, no more than there are places or bytes for. */
function countFeatures(json: unknown, places: unknown, rest: Uint8Array, name: string): number {
  const n = member(json, name, 'n', count);
  const isPossible = Array.isArray(places) ? places.length === n : places === undefined && n <= rest.length;
  return isPossible ? n : corrupt(name, `${n} features that are not there`);
}

/**
 * The page in `raw`, of a layer with so many `fields`.
 * @throws CartoError `CorruptFile`.
 */
export function decodePage(raw: Uint8Array, fields: number, geometry: LayerGeometry, name: string): Page {
  const { json, rest } = splitUnit(raw, name);
  const optional = (key: string): unknown => member(json, name, key, (value) => value);
  const places = optional('places');
  const n = countFeatures(json, places, rest, name);
  const files = decodeFiles(optional('files'), name);
  const partitions = decodeCounts(optional('partition'), n, name);
  const positions = decodeCounts(optional('position'), n, name);
  const rows = decodeColumns(optional('columns'), fields, n, name);
  const varints = readVarints(rest, name);
  const shapes = readShapes(varints, name);
  const features = rows.map((values, i): PageFeature => {
    const [partition = 0, position = 0] = [partitions[i], positions[i]];
    const row: unknown = Array.isArray(places) ? places[i] : null;
    const place = row === null ? null : decodePlace(row, files.get(partition), name);
    return { partition, position, values, shape: place ? null : shapes.shape(geometry), place };
  });
  const locals = decodeLocals(varints, shapes, n, name);
  varints.end();
  return { features, locals, files };
}
