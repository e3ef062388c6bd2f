/** A library that answers what a test says, and remembers what it was asked. */
import type { Geometry } from 'geojson';
import { CartoError } from '../../errors.ts';
import type { Answer, AnswerMeta } from '../../query/answer.ts';
import type { CartoSource } from '../answer/source.ts';
import type { CommunePostale } from '../../query/postal-codes.ts';
import type { Value } from '../../format/feature-values.ts';
import { ROUTES } from '../routes/routes.ts';

export interface Asked {
  readonly layer: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Row {
  readonly properties: Readonly<Record<string, Value>>;
  readonly geometry?: Geometry | null;
  readonly bbox?: [number, number, number, number];
}

export interface Stub {
  readonly carto: CartoSource;
  readonly asked: Asked[];
}

export type Rows = (asked: Asked) => readonly Row[];

const FIELDS: Readonly<Record<string, string>> = {
  'aoc/appellation-viticole': 'appellation insee instruction_obligatoire type_prod categorie',
  'cadastre/commune': 'gid nom_com code_dep code_insee',
  'cadastre/parcelle':
    'gid numero feuille section code_dep nom_com code_com com_abs code_arr idu contenance code_insee',
  'cadastre/localisant':
    'gid numero feuille section code_dep nom_com code_com com_abs code_arr idu code_insee',
  'gpu/municipality': 'insee name is_rnu is_deleted is_coastline',
  'gpu/document': 'gid id grid_name grid_title name partition du_type',
  'gpu/zone-urba': 'gid partition libelle libelong typezone insee',
  'gpu/acte-sup': 'gid partition idacte fichier',
  'gpu/assiette-sup-s': 'gid suptype partition fichier idass',
};

const META: AnswerMeta = {
  layer: '',
  coverage: 'inside',
  numberMatched: 0,
  numberReturned: 0,
  truncated: false,
  provenance: [],
  requests: 0,
  bytes: 0,
};

function answerOf(rows: readonly Row[], { layer, parameters }: Asked): Answer {
  const start = Number(parameters['start'] ?? 0);
  const limit = Number(parameters['limit'] ?? Infinity);
  const name = layer.split('/')[1] ?? layer;
  const features = rows.map(({ properties, geometry = null, bbox }, i) => ({
    type: 'Feature' as const,
    id: `${name}.21.${i}`,
    geometry: parameters['geometry'] === false ? null : geometry,
    properties,
    ...(bbox && { bbox }),
  }));
  const page = features.slice(start, start + limit);
  const truncated = features.length > start + limit;
  const numberMatched = features.length;
  return { type: 'FeatureCollection', features: page, meta: { ...META, layer, numberMatched, truncated } };
}

/** A library whose layers hold what `rows` says of each question, and these rows of postal codes. */
export function stubCarto(rows: Rows = () => [], communes: readonly CommunePostale[] = []): Stub {
  const asked: Asked[] = [];
  const layers = Object.fromEntries(
    ROUTES.map(({ layer }) => {
      const names = FIELDS[layer] ?? 'gid partition';
      return [layer, { fields: names.split(' ').map((name) => ({ name })) }];
    }),
  );
  const carto: CartoSource = {
    catalogue: { layers },
    codesPostaux: {
      communes: (codePostal) => Promise.resolve(communes.filter((row) => row.codePostal === codePostal)),
    },
    query: async (layer, parameters) => {
      const question = { layer, parameters };
      asked.push(question);
      return Promise.resolve(answerOf(rows(question), question));
    },
  };
  return { carto, asked };
}

/** A library whose storage fails, or that must not be asked. */
export function failingCarto(error: unknown = new Error('the storage was reached')): CartoSource {
  const { carto } = stubCarto();
  const fail = () =>
    Promise.reject(error instanceof Error ? error : new CartoError('HostFault', String(error)));
  return { ...carto, query: fail, codesPostaux: { communes: fail } };
}

const HOST = 'https://carto.test';

/** A request with the method, path and body of a test. */
export function requestOf(method: string, path: string, body?: unknown): Request {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return new Request(HOST + path, { method, ...(body === undefined ? {} : json) });
}
