/**
 * Features as Parquet, in the order of their FlatGeobuf file, which is Hilbert's: small row
 * groups, a column for each side of the boxes, and a Bloom filter on the id. GeoParquet's
 * nested column of boxes would say the same; hyparquet prunes by plain ones. Statistics
 * stand on what is asked for only, for every one of them makes the footer longer.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import type { IGeoJsonFeature } from 'flatgeobuf/lib/mjs/geojson/feature.js';
import { fileWriter, ParquetWriter, schemaFromColumnData, type ColumnSource } from 'hyparquet-writer';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import type { BenchLayer } from './spools.ts';

export const PARQUET = 'features.parquet';

const ROWS_OF_GROUP = 2_000;
const SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

function columnsOf({ spec, idField }: BenchLayer, rows: readonly IGeoJsonFeature[]): ColumnSource[] {
  const boxes = rows.map(({ geometry }) => boxToDegrees(shapeOf(geometry).box));
  const plain = { statistics: false, offsetIndex: false };
  const attributes = spec.fields.map(({ name, type }): ColumnSource => ({
    name,
    type: type === 'integer' ? 'INT32' : type === 'string' ? 'STRING' : type === 'boolean' ? 'BOOLEAN' : 'DOUBLE',
    data: rows.map(({ properties }) => (properties?.[name] as string | number | undefined) ?? null),
    ...plain,
    // Least and greatest id leave a few dozen groups, whose Bloom filters are asked then.
    statistics: name === idField,
    bloomFilter: name === idField,
  }));
  const sides = SIDES.map((name, i): ColumnSource => ({
    name,
    type: 'DOUBLE',
    data: boxes.map((box) => box[i] ?? NaN),
    nullable: false,
    offsetIndex: false,
  }));
  const geometries = rows.map(({ geometry }) => geometry);
  return [...attributes, ...sides, { name: 'geometry', type: 'GEOMETRY', data: geometries, ...plain }];
}

/** Writes the Parquet file of `fgb` into `folder`. */
export async function makeParquet(layer: BenchLayer, fgb: string, folder: string): Promise<void> {
  const file = fileWriter(join(folder, PARQUET));
  let writer: ParquetWriter | null = null;
  let rows: IGeoJsonFeature[] = [];
  const flush = async (): Promise<void> => {
    const columnData = columnsOf(layer, rows);
    writer ??= new ParquetWriter({ writer: file, schema: schemaFromColumnData({ columnData }) });
    await writer.write({ columnData, rowGroupSize: ROWS_OF_GROUP });
    rows = [];
  };
  for await (const feature of deserialize(Readable.toWeb(createReadStream(fgb)) as ReadableStream)) {
    if (rows.push(feature) === ROWS_OF_GROUP) await flush();
  }
  if (rows.length > 0) await flush();
  await (writer as ParquetWriter | null)?.finish();
}
