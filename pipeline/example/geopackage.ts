/**
 * GeoPackages as the extraction of the GPU ships them: WGS84, geometry in `the_geom`,
 * polygons and multipolygons in one layer, booleans as such.
 */
import gdal from 'gdal-async';
import { rmSync } from 'node:fs';
import type { FieldTable } from './fields.ts';
import { writeVector, type Row } from './vector-file.ts';

const CREATION = ['GEOMETRY_NAME=the_geom', 'FID=fid_extract'];

/** GDAL's binding makes no boolean field, but GDAL does when it casts. */
function castFlags(source: string, target: string, layer: string, fields: FieldTable): void {
  const columns = fields.map(({ name, kind }) =>
    kind === 'boolean' ? `CAST(${name} AS boolean) AS ${name}` : name,
  );
  const dataset = gdal.open(source);
  const sql = `SELECT ${columns.join(', ')} FROM ${layer}`;
  const options = CREATION.flatMap((option) => ['-lco', option]);
  const flags = [
    '-f',
    'GPKG',
    '-dialect',
    'OGRSQL',
    '-sql',
    sql,
    '-nln',
    layer,
    '-nlt',
    'GEOMETRY',
    ...options,
  ];
  gdal.vectorTranslate(target, dataset, flags).close();
  dataset.close();
}

export interface GeopackageSpec {
  readonly path: string;
  readonly layer: string;
  readonly fields: FieldTable;
}

/** Writes the rows of one layer; each says by itself where its coordinates are. */
export function writeGeopackage({ path, layer, fields }: GeopackageSpec, rows: Iterable<Row>): void {
  const withFlags = fields.some((field) => field.kind === 'boolean');
  const first = withFlags ? path.replace(/gpkg$/, 'numbers.gpkg') : path;
  writeVector(
    { path: first, driver: 'GPKG', layer, geometry: 'any', epsg: 4326, fields, options: CREATION },
    rows,
  );
  if (!withFlags) return;
  castFlags(first, path, layer, fields);
  rmSync(first);
}
