/**
 * Writes small published trees for tests: FlatGeobuf files by GDAL, so that the reader
 * meets another implementation's bytes, and the catalogue that names them.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import gdal from 'gdal-async';
import type { Geometry } from 'geojson';
import type { Field, FieldType, Layer, LayerGeometry, ModuleName, Partition } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';
import { boxToDegrees, type Box } from '../geometry/lattice.ts';
import { shapeOf } from '../geometry/shape.ts';
import { writeRows } from './rows.ts';

export interface TestFeature {
  readonly properties: Readonly<Record<string, Value>>;
  readonly geometry: Geometry | null;
}

export interface TestLayer {
  readonly geometry: LayerGeometry;
  /** `idu gid:integer is_rnu:boolean`. */
  readonly fields: string;
  /** Features by partition. */
  readonly partitions: Readonly<Record<string, readonly TestFeature[]>>;
}

/** Files by their path in the tree. */
export type TreeFiles = Map<string, Uint8Array>;

const GDAL_TYPES: Readonly<Record<FieldType, string>> = {
  string: gdal.OFTString,
  integer: gdal.OFTInteger64,
  number: gdal.OFTReal,
  boolean: gdal.OFTInteger,
};

const GDAL_GEOMETRIES = {
  MultiPolygon: gdal.wkbMultiPolygon,
  MultiLineString: gdal.wkbMultiLineString,
  MultiPoint: gdal.wkbMultiPoint,
};

export function testFields(list: string): Field[] {
  return list.split(' ').map((item) => {
    const [name = '', type = 'string'] = item.split(':');
    return { name, type: type as FieldType };
  });
}

/** The bytes of a FlatGeobuf file, which GDAL writes where there are places. */
export function writeFlatGeobuf(layer: TestLayer, features: readonly TestFeature[]): Uint8Array {
  if (layer.geometry === null) {
    const rows = features.map(({ properties }) => properties);
    return writeRows(testFields(layer.fields), rows);
  }
  const folder = mkdtempSync(join(tmpdir(), 'carto-tree-'));
  try {
    const path = join(folder, 'layer.fgb');
    const dataset = gdal.open(path, 'w', 'FlatGeobuf');
    const type = GDAL_GEOMETRIES[layer.geometry];
    const target = dataset.layers.create('layer', gdal.SpatialReference.fromEPSG(4326), type, [
      'SPATIAL_INDEX=YES',
    ]);
    for (const { name, type: fieldType } of testFields(layer.fields)) {
      target.fields.add(new gdal.FieldDefn(name, GDAL_TYPES[fieldType]));
    }
    for (const { properties, geometry } of features) {
      const feature = new gdal.Feature(target);
      for (const [name, value] of Object.entries(properties)) {
        feature.fields.set(name, typeof value === 'boolean' ? Number(value) : value);
      }
      if (geometry !== null) feature.setGeometry(gdal.Geometry.fromGeoJson(geometry));
      target.features.add(feature);
    }
    dataset.close();
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new Error('GDAL cannot write the test tree', { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function boxOfAll(features: readonly TestFeature[]): Box | null {
  const boxes = features.flatMap(({ geometry }) => (geometry === null ? [] : [shapeOf(geometry).box]));
  if (boxes.length === 0) return null;
  const corner = (i: 0 | 1 | 2 | 3, pick: (a: number, b: number) => number): number =>
    boxes.map((box) => box[i]).reduce((a, b) => pick(a, b));
  return boxToDegrees([corner(0, Math.min), corner(1, Math.min), corner(2, Math.max), corner(3, Math.max)]);
}

/** Adds a file to the tree, named by its content. */
export function addFile(files: TreeFiles, stem: string, extension: string, bytes: Uint8Array) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `data/${stem}.${sha256.slice(0, 16)}.${extension}`;
  files.set(path, bytes);
  return { path, length: bytes.length, sha256 };
}

function partitionOf(files: TreeFiles, name: string, id: string, layer: TestLayer): Partition {
  const features = layer.partitions[id] ?? [];
  const file = addFile(files, `${name}/${id}`, 'fgb', writeFlatGeobuf(layer, features));
  const provenance = {
    source: 'test',
    vintage: '2026-01-01',
    producer: name.startsWith('gpu/') ? 'GPU' : 'IGN',
    licence: 'Licence Ouverte 2.0',
    attribution: 'test',
  };
  const bbox = boxOfAll(features);
  const coverage = bbox === null ? [] : [bbox];
  return { id, features: features.length, bbox, coverage, provenance: [provenance], file };
}

function catalogueLayer(files: TreeFiles, name: string, layer: TestLayer): Layer {
  return {
    module: name.slice(0, name.indexOf('/')) as ModuleName,
    title: name,
    geometry: layer.geometry,
    geometryName: 'geom',
    fields: testFields(layer.fields),
    partitions: Object.keys(layer.partitions).map((id) => partitionOf(files, name, id, layer)),
  };
}

function postalLayer(files: TreeFiles, rows: readonly { readonly codePostal: string }[]): Layer {
  const heads = [...new Set(rows.map(({ codePostal }) => codePostal.slice(0, 2)))];
  return {
    module: 'codes-postaux',
    title: 'codes postaux',
    geometry: null,
    geometryName: 'geom',
    fields: testFields('codePostal codeCommune nomCommune libelleAcheminement'),
    partitions: heads.map((id) => {
      const own = rows.filter(({ codePostal }) => codePostal.startsWith(id));
      const bytes = new TextEncoder().encode(JSON.stringify(own));
      const file = addFile(files, `codes-postaux/${id}`, 'json', bytes);
      return { id, features: own.length, bbox: null, coverage: [], provenance: [], file };
    }),
  };
}

/** The files of a tree of `layers`, and of a table of postal codes when `rows` are given. */
export function buildTree(
  layers: Readonly<Record<string, TestLayer>>,
  rows?: readonly { readonly codePostal: string }[],
): TreeFiles {
  const files: TreeFiles = new Map();
  const built = Object.entries(layers).map(([name, layer]) => [name, catalogueLayer(files, name, layer)]);
  if (rows !== undefined) built.push(['codes-postaux/communes', postalLayer(files, rows)]);
  const catalogue = {
    format: 1,
    territory: 'a territory of tests',
    layers: Object.fromEntries(built) as Record<string, Layer>,
    tiles: {},
    tools: {},
  };
  files.set('catalogue.json', new TextEncoder().encode(JSON.stringify(catalogue)));
  return files;
}

/** Writes `files` into a new temporary folder, and gives its path. */
export function writeTree(files: TreeFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'carto-tree-'));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
