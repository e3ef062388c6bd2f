/** Writes small files in the producers' formats, through GDAL. */
import { basename, extname } from 'node:path';
import gdal from 'gdal-async';

const DRIVERS: Readonly<Record<string, string>> = {
  '.shp': 'ESRI Shapefile',
  '.dbf': 'ESRI Shapefile',
  '.gpkg': 'GPKG',
  '.tab': 'MapInfo File',
  '.geojson': 'GeoJSON',
  '.json': 'GeoJSON',
  '.gml': 'GML',
};

export interface LayerFile {
  /** Its ending chooses the format. */
  readonly path: string;
  readonly layer?: string;
  /** Absent: the file says no coordinate system. */
  readonly epsg?: number;
  /** Columns, `numero:integer` or `surface:real` where they are no texts. */
  readonly columns: string;
  readonly rows: readonly LayerRow[];
  /** Of a file without a row: that of the first row otherwise. */
  readonly geometry?: number;
  /** Layer creation options of the driver. */
  readonly options?: readonly string[];
}

export interface LayerRow {
  readonly values?: Readonly<Record<string, string | number>>;
  /** None in tables, and for a row without a geometry. */
  readonly wkt?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  text: gdal.OFTString,
  integer: gdal.OFTInteger,
  real: gdal.OFTReal,
  datetime: gdal.OFTDateTime,
};

function definitions(columns: string): gdal.FieldDefn[] {
  return columns.split(' ').map((column) => {
    const [name = '', type = 'text'] = column.split(':');
    const definition = new gdal.FieldDefn(name, TYPES[type] ?? gdal.OFTString);
    if (type === 'text') definition.width = 80;
    return definition;
  });
}

/** The type of the first geometry; a table where there is none. */
function geometryType(rows: readonly LayerRow[]): number {
  const wkt = rows.find((row) => row.wkt !== undefined)?.wkt;
  if (wkt === undefined) return gdal.wkbNone;
  return gdal.Geometry.fromWKT(wkt).wkbType;
}

/** Writes the file, and gives its path. */
export function writeLayer({ path, layer, epsg, columns, rows, geometry, options }: LayerFile): string {
  const driver = DRIVERS[extname(path).toLowerCase()];
  if (driver === undefined) throw new Error(`no format for ${path}`);
  const dataset = gdal.drivers.get(driver).create(path);
  const srs = epsg === undefined ? null : gdal.SpatialReference.fromEPSG(epsg);
  const name = layer ?? basename(path, extname(path));
  const type = geometry ?? geometryType(rows);
  const target = dataset.layers.create(name, srs, type, [...(options ?? [])]);
  target.fields.add(definitions(columns));
  for (const { values = {}, wkt } of rows) {
    const feature = new gdal.Feature(target);
    for (const [column, value] of Object.entries(values)) feature.fields.set(column, value);
    if (wkt !== undefined) feature.setGeometry(gdal.Geometry.fromWKT(wkt));
    target.features.add(feature);
  }
  dataset.close();
  return path;
}

/** A square of `size` units whose south-western corner is (x, y). */
export function square(x: number, y: number, size: number): string {
  const [east, north] = [x + size, y + size];
  return `POLYGON((${x} ${y},${east} ${y},${east} ${north},${x} ${north},${x} ${y}))`;
}
