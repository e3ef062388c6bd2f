/**
 * Builds small published trees for tests, by the pipeline's own packer and index writer.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Geometry } from 'geojson';
import { layers as SPECS } from '../../pipeline/datasets/index.ts';
import { FeatureEncoder } from '../../pipeline/pack/encode.ts';
import { deflate } from '../../pipeline/pack/index/unit-file.ts';
import { writeIndex, type IndexOptions } from '../../pipeline/pack/index/write-index.ts';
import { pack } from '../../pipeline/pack/pack.ts';
import { encodeKey } from '../../pipeline/pack/sort-key.ts';
import { SpoolWriter } from '../../pipeline/pack/spool.ts';
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Field,
  type Layer,
  type LayerGeometry,
  type PublishedFile,
} from '../format/catalogue.ts';
import { encodeCatalogue } from '../format/catalogue-json.ts';
import { crc32 } from '../format/crc32.ts';
import type { Value } from '../format/feature-values.ts';
import { featuresPath, indexPath, postalTablePath } from '../format/paths.ts';
import { boxToDegrees, type Box } from '../geometry/lattice.ts';
import { shapeOf } from '../geometry/shape.ts';
import { testFields } from './fields.ts';

export { testFields } from './fields.ts';

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
  /** Those of the real layer of this name, as far as there are such fields, when left out. */
  readonly keys?: readonly string[];
  readonly ids?: readonly string[] | null;
}

/** Files by their path in the tree. */
export type TreeFiles = Map<string, Uint8Array>;

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function addFile(files: TreeFiles, bytes: Uint8Array, pathOf: (hash: string) => string): PublishedFile {
  const hash = sha256(bytes);
  const path = pathOf(hash.slice(0, 16));
  files.set(path, bytes);
  return { path, length: bytes.length, sha256: hash };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

interface Naming {
  readonly fields: readonly Field[];
  readonly keys: readonly string[];
  readonly ids: readonly string[] | null;
}

function namingOf(name: string, layer: TestLayer): Naming {
  const fields = testFields(layer.fields);
  const isField = (key: string): boolean => fields.some((field) => field.name === key);
  const spec = SPECS.find((known) => known.name === name);
  const keys = layer.keys ?? spec?.keys.filter(isField) ?? [];
  const ids = layer.ids ?? spec?.ids ?? null;
  return { fields, keys, ids: ids?.every(isField) === true ? ids : null };
}

interface PackedPartition {
  readonly id: string;
  readonly path: string;
  readonly hash: string;
  readonly coverage: readonly Box[];
}

function packPartition(folder: string, name: string, id: string, layer: TestLayer): PackedPartition {
  const { fields, keys } = namingOf(name, layer);
  const encoder = new FeatureEncoder(fields, layer.geometry);
  const spool = new SpoolWriter(join(folder, `${id}.spool`));
  for (const { properties, geometry } of layer.partitions[id] ?? []) {
    const shape = geometry === null ? null : shapeOf(geometry);
    const feature = encoder.encode({ properties, shape });
    const box = shape === null ? null : boxToDegrees(shape.box);
    spool.add({ id: '', box, key: encodeKey(keys, properties), feature });
  }
  spool.close();
  const path = join(folder, `${id}.fgb`);
  const { bbox } = pack(
    { name, title: name, fields, geometry: layer.geometry },
    [join(folder, `${id}.spool`)],
    path,
  );
  const hash = sha256(readFileSync(path)).slice(0, 16);
  return { id, path, hash, coverage: bbox === null ? [] : [bbox] };
}

async function addLayer(
  files: TreeFiles,
  name: string,
  layer: TestLayer,
  options: IndexOptions,
): Promise<Layer> {
  const folder = mkdtempSync(join(tmpdir(), 'carto-tree-'));
  try {
    const naming = namingOf(name, layer);
    const partitions = Object.keys(layer.partitions).map((id) => packPartition(folder, name, id, layer));
    const target = join(folder, 'layer.idx');
    const input = { layer: name, geometry: layer.geometry, ...naming, partitions };
    const index = await writeIndex(input, target, options);
    for (const { id, path } of partitions) {
      addFile(files, new Uint8Array(readFileSync(path)), (hash) => featuresPath(name, id, hash));
    }
    const file = addFile(files, new Uint8Array(readFileSync(target)), (hash) => indexPath(name, hash));
    const features = Object.values(layer.partitions).reduce((sum, all) => sum + all.length, 0);
    const provenance = {
      source: 'test',
      vintage: '2026-01-01',
      producer: name.startsWith('gpu/') ? 'GPU' : 'IGN',
      licence: 'Licence Ouverte 2.0',
      attribution: 'test',
    };
    return {
      geometry: layer.geometry,
      fields: naming.fields,
      features,
      partitions: partitions.map(({ id }) => ({ id, provenance: [provenance] })),
      index: { ...index, hash: file.sha256.slice(0, 16) },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The tables of postal codes, and the list of them. */
function addPostalCodes(
  files: TreeFiles,
  rows: readonly { readonly codePostal: string }[],
): Catalogue['codesPostaux'] {
  const heads = [...new Set(rows.map(({ codePostal }) => codePostal.slice(0, 2)))].sort();
  const tables = heads.map((digits) => {
    const bytes = json(rows.filter(({ codePostal }) => codePostal.startsWith(digits)));
    const file = addFile(files, bytes, (hash) => postalTablePath(digits, hash));
    return [digits, [file.length, file.sha256.slice(0, 16), crc32(bytes)]] as const;
  });
  const list = json(Object.fromEntries(tables));
  const file = addFile(files, list, (hash) => `data/codes-postaux.${hash}.json`);
  return { file, crc32: crc32(list), provenance: [] };
}

/** The files of a tree of `layers`, and of a table of postal codes when `rows` are given. */
export async function buildTree(
  layers: Readonly<Record<string, TestLayer>>,
  rows?: readonly { readonly codePostal: string }[],
  options: IndexOptions = {},
): Promise<TreeFiles> {
  const files: TreeFiles = new Map();
  const built: Record<string, Layer> = {};
  for (const [name, layer] of Object.entries(layers)) {
    built[name] = await addLayer(files, name, layer, options);
  }
  const catalogue: Catalogue = {
    format: CATALOGUE_FORMAT,
    territory: 'a territory of tests',
    manifest: addFile(files, json({ layers: {} }), (hash) => `manifest.${hash}.json`),
    layers: built,
    codesPostaux: rows === undefined ? null : addPostalCodes(files, rows),
    tiles: {},
  };
  files.set('catalogue.json', json(encodeCatalogue(catalogue, deflate)));
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
