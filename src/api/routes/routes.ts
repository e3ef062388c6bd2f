/**
 * The routes of API Carto: one table from which requests are validated, refused and
 * answered, and from which OpenAPI is written.
 */
import * as beyond from './beyond.ts';
import { COMMUNE, FEUILLE, PARCELLE } from './cadastre.ts';
import { MUNICIPALITY, PARTITION, SERVITUDE } from './gpu.ts';
import { AOC, CODE_POSTAL } from './others.ts';
import { geom, type Parameter } from './parameter.ts';

export type Method = 'GET' | 'POST';

export type RouteKind = 'features' | 'everything' | 'appellations' | 'communes postales';

export interface Route {
  /** Under `/api`; what is in braces is a parameter. */
  readonly path: string;
  readonly methods: readonly Method[];
  readonly kind: RouteKind;
  readonly summary: string;
  /** API Carto's, in the order in which it validates them. */
  readonly parameters: readonly Parameter[];
  /** Applied when `parameters` have nothing to say. */
  readonly beyond: readonly Parameter[];
  /** The layer that answers, in the tree. */
  readonly layer: string;
  /** Whether `source_ign=BDP` answers from BD Parcellaire's layer. */
  readonly hasSources?: boolean;
  /** The most features in an answer. */
  readonly cap: number;
  /** Whether a greater `_limit` is refused, not lowered. */
  readonly refusesMore?: boolean;
  readonly geometryName: 'geom' | 'the_geom';
}

const BOTH: readonly Method[] = ['GET', 'POST'];

function cadastre(name: string, summary: string, own: Pick<Route, 'parameters'> & Partial<Route>): Route {
  const layer = `cadastre/${name}`;
  const shared = { kind: 'features', methods: BOTH, beyond: beyond.FEATURES, cap: 1000 } as const;
  return { ...shared, geometryName: 'geom', path: `/${layer}`, layer, summary, ...own };
}

function gpu(name: string, summary: string, parameters: readonly Parameter[]): Route {
  const layer = `gpu/${name}`;
  const shared = { kind: 'features', methods: BOTH, cap: 5000, geometryName: 'the_geom' } as const;
  const extra = name === 'document' ? beyond.DOCUMENT : beyond.FEATURES;
  return { ...shared, path: `/${layer}`, layer, summary, parameters, beyond: extra };
}

const CADASTRE: readonly Route[] = [
  cadastre('commune', 'Communes', { parameters: COMMUNE, hasSources: true, cap: 500, refusesMore: true }),
  cadastre('division', 'Divisions of BD Parcellaire', { parameters: FEUILLE }),
  cadastre('feuille', 'Sheets of Parcellaire Express', { parameters: FEUILLE }),
  cadastre('parcelle', 'Parcels', { parameters: PARCELLE, hasSources: true, beyond: beyond.IDENTIFIED }),
  cadastre('localisant', 'Points of parcels', {
    parameters: PARCELLE,
    hasSources: true,
    beyond: beyond.IDENTIFIED,
  }),
];

/** In the order in which `/gpu/all` answers them. */
export const GPU: readonly Route[] = [
  gpu('municipality', 'Communes', MUNICIPALITY),
  gpu('document', 'Documents of town planning', PARTITION),
  gpu('zone-urba', 'Zones', PARTITION),
  gpu('secteur-cc', 'Sectors of communal maps', PARTITION),
  gpu('prescription-pct', 'Prescriptions, points', PARTITION),
  gpu('prescription-lin', 'Prescriptions, lines', PARTITION),
  gpu('prescription-surf', 'Prescriptions, areas', PARTITION),
  gpu('info-pct', 'Information, points', PARTITION),
  gpu('info-surf', 'Information, areas', PARTITION),
  gpu('info-lin', 'Information, lines', PARTITION),
  gpu('acte-sup', 'Acts of servitudes', PARTITION),
  gpu('assiette-sup-p', 'Extents of servitudes, points', SERVITUDE),
  gpu('assiette-sup-l', 'Extents of servitudes, lines', SERVITUDE),
  gpu('assiette-sup-s', 'Extents of servitudes, areas', SERVITUDE),
  gpu('generateur-sup-p', 'Origins of servitudes, points', SERVITUDE),
  gpu('generateur-sup-l', 'Origins of servitudes, lines', SERVITUDE),
  gpu('generateur-sup-s', 'Origins of servitudes, areas', SERVITUDE),
];

const ALL: Route = {
  path: '/gpu/all',
  methods: ['GET'],
  kind: 'everything',
  summary: 'All layers of town planning at a place, a collection for each',
  parameters: [geom],
  beyond: beyond.PLACE,
  layer: 'gpu/all',
  cap: 500,
  geometryName: 'the_geom',
};

const APPELLATIONS: Route = {
  path: '/aoc/appellation-viticole',
  methods: BOTH,
  kind: 'appellations',
  summary: 'Wine appellations at a place',
  parameters: AOC,
  beyond: beyond.FEATURES,
  layer: 'aoc/appellation-viticole',
  cap: 1000,
  geometryName: 'geom',
};

const COMMUNES_POSTALES: Route = {
  path: '/codes-postaux/communes/{codePostal}',
  methods: ['GET'],
  kind: 'communes postales',
  summary: 'Communes of a postal code',
  parameters: [CODE_POSTAL],
  beyond: [],
  layer: 'codes-postaux/communes',
  cap: Infinity,
  geometryName: 'geom',
};

export const ROUTES: readonly Route[] = [COMMUNES_POSTALES, APPELLATIONS, ...CADASTRE, ...GPU, ALL];
