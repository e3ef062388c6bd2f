/**
 * Writes one layer through GDAL, row by row, in any of the producers' containers.
 * Same rows, same bytes: what a driver would date by the clock is dated here.
 */
import gdal, { type Dataset, type Layer, type SpatialReference } from 'gdal-async';
import { renameSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { messageOf, PipelineError } from '../errors.ts';
import type { FieldKind, FieldTable, Value, Values } from './fields.ts';
import { toWkb, type Shape } from './shape.ts';

export interface VectorSpec {
  /** The main file: `.shp`, `.dbf` (a table), `.tab` or `.gpkg`; its folder exists. */
  readonly path: string;
  readonly driver: 'ESRI Shapefile' | 'GPKG' | 'MapInfo File';
  /** The name of the layer; that of the file unless the container has names of its own. */
  readonly layer?: string;
  /** `null` for a table. */
  readonly geometry: 'point' | 'polygon' | 'multipoint-z' | 'line-z' | 'polygon-z' | 'any' | null;
  /** EPSG code; none for a table. */
  readonly epsg?: number;
  readonly fields: FieldTable;
  /** Layer creation options of the driver. */
  readonly options?: readonly string[];
  /** Metres, for all vertices of a three-dimensional layer. */
  readonly altitude?: number;
}

export interface Row {
  readonly values: Values;
  readonly shape: Shape | null;
  /** EPSG code of the shape's coordinates when they are not those of the file. */
  readonly epsg?: number;
  /** Metres, for this row alone. */
  readonly altitude?: number;
}

const KINDS: Record<FieldKind, string> = {
  text: gdal.OFTString,
  integer: gdal.OFTInteger,
  real: gdal.OFTReal,
  // GDAL's binding has no boolean; `castFlags` of geopackage.ts makes them.
  boolean: gdal.OFTInteger,
  datetime: gdal.OFTDateTime,
};

const GEOMETRIES: Record<NonNullable<VectorSpec['geometry']>, number> = {
  point: gdal.wkbPoint,
  'multipoint-z': gdal.wkbMultiPoint25D,
  'line-z': gdal.wkbLineString25D,
  polygon: gdal.wkbPolygon,
  'polygon-z': gdal.wkbPolygon25D,
  any: gdal.wkbUnknown,
};

/** EPSG:4326 wants latitude first; files hold longitude first, which is CRS84. */
function axesAsStored(epsg: number): SpatialReference {
  return epsg === 4326
    ? gdal.SpatialReference.fromUserInput('OGC:CRS84')
    : gdal.SpatialReference.fromEPSG(epsg);
}

function definitions(fields: FieldTable): gdal.FieldDefn[] {
  return fields.map(({ name, kind, width, decimals }) => {
    const definition = new gdal.FieldDefn(name, KINDS[kind]);
    if (width !== undefined) definition.width = width;
    if (decimals !== undefined) definition.precision = decimals;
    return definition;
  });
}

function stored(value: Value): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

export class VectorFile {
  readonly #spec: VectorSpec;
  readonly #dataset: Dataset;
  readonly #layer: Layer;
  readonly #name: string;
  /** By the EPSG code that rows come in. */
  readonly #transformations = new Map<number, gdal.CoordinateTransformation>();

  constructor(spec: VectorSpec) {
    this.#spec = spec;
    this.#name = spec.layer ?? basename(spec.path, extname(spec.path));
    const srs = spec.epsg === undefined ? null : gdal.SpatialReference.fromEPSG(spec.epsg);
    const type = spec.geometry === null ? gdal.wkbNone : GEOMETRIES[spec.geometry];
    this.#dataset = gdal.drivers.get(spec.driver).create(spec.path);
    this.#layer = this.#dataset.layers.create(this.#name, srs, type, [...(spec.options ?? [])]);
    this.#layer.fields.add(definitions(spec.fields));
  }

  /** @throws PipelineError `ToolFailed` when GDAL refuses the row. */
  add(row: Row): void {
    try {
      const feature = new gdal.Feature(this.#layer);
      for (const { name } of this.#spec.fields) {
        const value = stored(row.values[name] ?? null);
        if (value !== null) feature.fields.set(name, value);
      }
      if (row.shape) feature.setGeometry(this.#geometry(row.shape, row));
      this.#layer.features.add(feature);
    } catch (error) {
      const where = { layer: this.#name, id: JSON.stringify(row.values) };
      throw new PipelineError('ToolFailed', `GDAL cannot write the row: ${messageOf(error)}`, where, error);
    }
  }

  close(): void {
    this.#dataset.close();
  }

  #geometry(shape: Shape, { epsg, altitude = this.#spec.altitude }: Row): gdal.Geometry {
    const geometry = gdal.Geometry.fromWKB(toWkb(shape, altitude));
    if (epsg !== undefined && epsg !== this.#spec.epsg) geometry.transform(this.#transformationFrom(epsg));
    return geometry;
  }

  #transformationFrom(epsg: number): gdal.CoordinateTransformation {
    const to = axesAsStored(this.#spec.epsg ?? epsg);
    const known =
      this.#transformations.get(epsg) ?? new gdal.CoordinateTransformation(axesAsStored(epsg), to);
    this.#transformations.set(epsg, known);
    return known;
  }
}

/** Writes all rows and closes the file. */
export function writeVector(spec: VectorSpec, rows: Iterable<Row>): void {
  const file = new VectorFile(spec);
  for (const row of rows) file.add(row);
  file.close();
}

/** Renames the files of a layer (`PARCELLE.shp`, `.dbf`, …) to upper-case extensions, as IGN names them. */
export function shout(path: string): void {
  const [folder, stem] = [dirname(path), basename(path, extname(path))];
  for (const name of readdirSync(folder)) {
    if (basename(name, extname(name)) !== stem) continue;
    renameSync(join(folder, name), join(folder, stem + extname(name).toUpperCase()));
  }
}
