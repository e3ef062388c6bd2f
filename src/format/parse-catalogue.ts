/**
 * Reads `catalogue.json`. Refuses what is no catalogue, another format, and any member
 * that is not of its form; members it does not know are left alone, so that a later
 * catalogue of the same format may say more.
 */
import { CartoError } from '../errors.ts';
import {
  CATALOGUE_FORMAT,
  type Catalogue,
  type Field,
  type FieldType,
  type Layer,
  type LayerGeometry,
  type LayerIndex,
  type ModuleName,
  type Provenance,
  type PublishedFile,
} from './catalogue.ts';
import { isObject, refuse } from './checks.ts';
import { checkForm, type Form } from './form.ts';

const TEXT = /^/;
/** Relative, of plain segments that do not begin with a dot: it can point nowhere but into the tree. */
const PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
const FILE = { path: PATH, length: 0, sha256: /^[0-9a-f]{64}$/ };

const INDEX = {
  hash: /^[0-9a-f]{16}$/,
  ...{ length: 0, salt: 0, pages: 0, directories: 0 },
  root: () => TEXT,
  ids: () => ({ fields: [TEXT], offset: 0, buckets: 0 }),
  keys: { fields: [TEXT], offset: 0, length: 0, check: 0, leaves: 0 },
};

const FORM: Form = {
  territory: TEXT,
  manifest: FILE,
  provenance: [{ source: TEXT, vintage: TEXT, producer: TEXT, licence: TEXT, attribution: TEXT }],
  schemas: [/^[^\s:]+(:(integer|number|boolean))?( [^\s:]+(:(integer|number|boolean))?)*$/],
  partitions: [/^(\w+( \w+)*)?$/],
  layers: [
    {
      geometry: () => /^Multi(Polygon|LineString|Point)$/,
      ...{ schema: 0, features: 0, partitions: 0 },
      index: INDEX,
    },
    PATH,
  ],
  codesPostaux: () => ({ ...FILE, provenance: [0] }),
  tiles: [PATH, TEXT],
};

/** What has the form. */
interface Terse extends Pick<Catalogue, 'territory' | 'manifest'> {
  readonly provenance: readonly Provenance[];
  readonly schemas: readonly string[];
  readonly partitions: readonly string[];
  readonly layers: Readonly<Record<string, TerseLayer>>;
  readonly codesPostaux: (PublishedFile & { readonly provenance: readonly number[] }) | null;
  readonly tiles: Readonly<Partial<Record<ModuleName, string>>>;
}

interface TerseLayer {
  readonly geometry: LayerGeometry;
  readonly schema: number;
  readonly features: number;
  readonly partitions: number;
  readonly provenance?: unknown;
  readonly index: LayerIndex;
}

/** One of `values`, by its number. */
function at<T>(values: readonly T[], number: unknown, path: string): T {
  return values[Number(number)] ?? refuse(`a number below ${values.length}`, number, path);
}

function listAt(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse('an array', value, `${path}.provenance`);
}

function layerOf(terse: TerseLayer, { provenance, schemas, partitions }: Terse, path: string): Layer {
  const { geometry, features, index } = terse;
  if ((geometry === null) !== (index.root === null))
    refuse('a root where there are places', index.root, path);
  // One list for all partitions, or one each.
  const credit = listAt(terse.provenance, path);
  const isEach = Array.isArray(credit[0]);
  return {
    geometry,
    fields: at(schemas, terse.schema, path)
      .split(' ')
      .map((field): Field => {
        const [name = '', type = 'string'] = field.split(':');
        return { name, type: type as FieldType };
      }),
    features,
    partitions: at(partitions, terse.partitions, path)
      .split(' ')
      .filter(Boolean)
      .map((id, i) => {
        const numbers = listAt(isEach ? credit[i] : credit, path);
        return { id, provenance: numbers.map((number) => at(provenance, number, path)) };
      }),
    index,
  };
}

function checkFormat(value: unknown, name: string): void {
  if (!isObject(value) || typeof value['format'] !== 'number') {
    throw new CartoError('NotOurFile', `${name}: expected a catalogue, found other JSON`, { file: name });
  }
  const { format } = value;
  if (format === CATALOGUE_FORMAT) return;
  const message = `${name}: expected a catalogue of format ${CATALOGUE_FORMAT}, found ${format}, of another carto-statique`;
  throw new CartoError('UnsupportedVersion', message, { file: name, format });
}

/**
 * The catalogue in `value`, a JSON value; `name` says in errors where it came from.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion` or `CorruptFile`.
 */
export function parseCatalogue(value: unknown, name = 'catalogue.json'): Catalogue {
  checkFormat(value, name);
  const path = `${name}#`;
  checkForm(value, FORM, path);
  const terse = value as Terse;
  const { territory, manifest, tiles } = terse;
  const { provenance: credit = [], ...file } = terse.codesPostaux ?? {};
  const layers = Object.entries(terse.layers).map(
    ([key, layer]) => [key, layerOf(layer, terse, `${path}layers.${key}`)] as const,
  );
  return {
    format: CATALOGUE_FORMAT,
    territory,
    manifest,
    layers: Object.fromEntries(layers),
    codesPostaux: terse.codesPostaux && {
      file: file as PublishedFile,
      provenance: credit.map((number) => at(terse.provenance, number, path)),
    },
    tiles,
  };
}
