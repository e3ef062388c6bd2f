/**
 * A page: the features that meet a run of leaves, each whole or by its place in its
 * partition's `.fgb`, and of the latter what meets each leaf. Refuses counts that do not
 * fit its bytes, places in files and local parts of features that it does not name.
 */
import type { Shape } from '../geometry/shape.ts';
import { times } from './byte-reader.ts';
import type { LayerGeometry } from './catalogue.ts';
import { decodeRows, encodeColumns } from './columns.ts';
import { must } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import { decodeLocals, encodeLocals, type PageLocal } from './locals.ts';
import { decodeFiles, decodePlace, encodeFiles, encodePlace } from './places.ts';
import type { FeaturePlace, PageFiles, PlaceRow } from './places.ts';
import { readShapes } from './read-shapes.ts';
import { decodeUnit, joinUnit } from './unit-json.ts';
import { VarintWriter } from './varint.ts';
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

type Row = readonly [position: number, partition: number, place: PlaceRow | null, ...values: Value[]];

/**
 * The page in `raw`, of a layer with so many `fields`.
 * @throws CartoError `CorruptFile`.
 */
export function decodePage(raw: Uint8Array, fields: number, geometry: LayerGeometry, name: string): Page {
  return decodeUnit(raw, name, (json, bytes) => {
    let last = 0;
    // Each takes a byte at least, so that what follows is no longer than the page.
    const positions = times(json.n as number, () => (last += bytes.signed()));
    const files = decodeFiles(json.files);
    const shapes = readShapes(bytes);
    const columns = [json.places ?? null, ...(json.columns as readonly unknown[])];
    const rows = decodeRows<Row>([positions, json.partition], columns, fields + 1, positions.length);
    must(rows.length === json.n, 'features');
    const features = rows.map(([position, partition, row, ...values]): PageFeature => {
      const place = row && decodePlace(row);
      must(!place || files.has(partition), 'place');
      return { partition, position, values, shape: place ? null : shapes.shape(geometry), place };
    });
    return { features, locals: decodeLocals(bytes, shapes, rows.length), files };
  });
}
