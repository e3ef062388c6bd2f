/**
 * Reads `catalogue.json`. Refuses what is no catalogue, another format, and a tree whose
 * checksum does not fit; what fits is as `catalogue-json.ts` wrote it. Members that it
 * does not know are left alone, so that a later catalogue of the same format may say more.
 */
import { CartoError } from '../errors.ts';
import { fromBase64 } from './base64.ts';
import type { ByteReader } from './byte-reader.ts';
import { CATALOGUE_FORMAT, type Catalogue, type Field, type FieldType, type Layer } from './catalogue.ts';
import type { LayerIndex, PostalCodes, Provenance } from './catalogue.ts';
import { describeValue } from '../refusal.ts';
import { inflate } from './inflate.ts';
import { decodeRoot } from './root.ts';
import { decodeUnit } from './unit-json.ts';
import { unsealBucket } from './unit.ts';

/** What stands in the open. */
interface Envelope extends Pick<Catalogue, 'territory' | 'manifest'> {
  readonly format: number;
  readonly tree: string;
}

interface TerseLayer extends Pick<Layer, 'geometry' | 'features'> {
  readonly schema: number;
  readonly partitions: number;
  readonly provenance: readonly number[] | readonly (readonly number[])[];
  /** Of the root, how many regions. */
  readonly index: Omit<LayerIndex, 'root'> & { readonly root: number | null };
}

interface Terse extends Pick<Catalogue, 'tiles'> {
  readonly layers: readonly (readonly [name: string, layer: TerseLayer])[];
  readonly codesPostaux:
    (Omit<PostalCodes, 'provenance'> & { readonly provenance: readonly number[] }) | null;
  readonly provenance: readonly Provenance[];
  readonly schemas: readonly string[];
  readonly partitions: readonly string[];
}

function fieldOf(text: string): Field {
  const [name = '', type = 'string'] = text.split(':');
  return { name, type: type as FieldType };
}

function catalogueOf(terse: Terse, roots: ByteReader): Pick<Catalogue, 'layers' | 'codesPostaux' | 'tiles'> {
  const { codesPostaux, tiles, provenance, schemas, partitions } = terse;
  const credit = (numbers: readonly number[]): Provenance[] =>
    numbers.flatMap((number) => provenance[number] ?? []);
  const layerOf = ({ schema, partitions: ids, provenance: numbers, index, ...layer }: TerseLayer): Layer => ({
    ...layer,
    fields: (schemas[schema] ?? '').split(' ').map(fieldOf),
    partitions: (partitions[ids]?.match(/\S+/g) ?? []).map((id, i) => ({
      id,
      // Each its own, or all the same.
      provenance: credit((typeof numbers[i] === 'object' ? numbers[i] : numbers) as readonly number[]),
    })),
    index: {
      ...index,
      root:
        index.root === null ? null : decodeRoot(roots, index.root, index.directories, index.directoryBytes),
    },
  });
  return {
    layers: Object.fromEntries(terse.layers.map(([name, layer]) => [name, layerOf(layer)])),
    codesPostaux: codesPostaux && { ...codesPostaux, provenance: credit(codesPostaux.provenance) },
    tiles,
  };
}

/**
 * The catalogue in `value`, a JSON value; `name` says in errors where it came from.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion` or `CorruptFile`.
 */
export async function parseCatalogue(value: unknown, name = 'catalogue.json'): Promise<Catalogue> {
  const { format, territory, manifest, tree } = (value ?? {}) as Envelope;
  if (format !== CATALOGUE_FORMAT) {
    const code = typeof format === 'number' ? 'UnsupportedVersion' : 'NotOurFile';
    const message = `${name}: expected a catalogue of format ${CATALOGUE_FORMAT}, found ${describeValue(format)}`;
    throw new CartoError(code, message, { file: name, format });
  }
  const raw = await inflate(unsealBucket(fromBase64(tree, name), 0, 0, name), name);
  return {
    format,
    territory,
    manifest,
    ...decodeUnit(raw, name, (json, roots) => catalogueOf(json as unknown as Terse, roots)),
  };
}
