/**
 * The layers that can be asked: for each its route in API Carto, its method here, and
 * its parameters beside the attributes, which any layer can be asked by.
 */
import {
  COMMUNE,
  FEUILLE,
  MUNICIPALITY,
  PARCELLE,
  PARCELLE_BDP,
  SERVITUDE,
  type CodesOf,
  type Parameter,
} from './codes.ts';

export interface LayerDefinition {
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The layer for each value of `source_ign`, where the parameter exists. */
  readonly sources?: Readonly<Partial<Record<'PCI' | 'BDP', string>>> | undefined;
}

/** The method of each route, under `carto.aoc`, `carto.cadastre` and `carto.gpu`. */
export interface LayerMethods {
  'aoc/appellation-viticole': 'appellationsViticoles';
  'cadastre/commune': 'communes';
  'cadastre/division': 'divisions';
  'cadastre/feuille': 'feuilles';
  'cadastre/parcelle': 'parcelles';
  'cadastre/localisant': 'localisants';
  'gpu/municipality': 'municipalities';
  'gpu/document': 'documents';
  'gpu/zone-urba': 'zonesUrba';
  'gpu/secteur-cc': 'secteursCc';
  'gpu/prescription-pct': 'prescriptionsPct';
  'gpu/prescription-lin': 'prescriptionsLin';
  'gpu/prescription-surf': 'prescriptionsSurf';
  'gpu/info-pct': 'infosPct';
  'gpu/info-lin': 'infosLin';
  'gpu/info-surf': 'infosSurf';
  'gpu/acte-sup': 'actesSup';
  'gpu/assiette-sup-p': 'assiettesSupP';
  'gpu/assiette-sup-l': 'assiettesSupL';
  'gpu/assiette-sup-s': 'assiettesSupS';
  'gpu/generateur-sup-p': 'generateursSupP';
  'gpu/generateur-sup-l': 'generateursSupL';
  'gpu/generateur-sup-s': 'generateursSupS';
}

/** API Carto's route, `-bdp` added for BD Parcellaire's variants, which `source_ign` selects. */
export type LayerName = keyof LayerMethods | `cadastre/${'commune' | 'parcelle' | 'localisant'}-bdp`;

/** What a layer can be asked beside its attributes. */
export type ParametersOf<L extends LayerName> = L extends `cadastre/commune${string}`
  ? CodesOf<typeof COMMUNE> & Source
  : L extends 'cadastre/parcelle' | 'cadastre/localisant'
    ? CodesOf<typeof PARCELLE> & Source
    : L extends `cadastre/${string}-bdp`
      ? CodesOf<typeof PARCELLE_BDP> & Source
      : L extends `cadastre/${string}`
        ? CodesOf<typeof FEUILLE> & Source
        : L extends 'gpu/municipality'
          ? CodesOf<typeof MUNICIPALITY>
          : L extends `gpu/${'assiette' | 'generateur'}${string}`
            ? CodesOf<typeof SERVITUDE>
            : unknown;

interface Source {
  /** Parcellaire Express by default, or BD Parcellaire. */
  readonly source_ign?: 'PCI' | 'BDP' | undefined;
}

/** The table of postal codes: rows, not features; it is asked by a method of its own. */
export const POSTAL_CODES = 'codes-postaux/communes';

/** The routes of each module that have a method. */
export const ROUTES: Readonly<Record<'aoc' | 'cadastre' | 'gpu', string>> = {
  aoc: 'appellation-viticole',
  cadastre: 'commune division feuille parcelle localisant',
  gpu:
    'municipality document zone-urba secteur-cc prescription-pct prescription-lin prescription-surf ' +
    'info-pct info-lin info-surf acte-sup assiette-sup-p assiette-sup-l assiette-sup-s ' +
    'generateur-sup-p generateur-sup-l generateur-sup-s',
};

/** `zonesUrba` of `zone-urba`. */
export function methodOf(route: string): string {
  return route
    .replace(/^[a-z]+/, (noun) => `${noun.replace(/y$/, 'ie')}s`)
    .replace(/viticole/, 'viticoles')
    .replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

const PARAMETERS: readonly (readonly [RegExp, LayerDefinition['parameters']])[] = [
  [/^cadastre.commune/, COMMUNE],
  [/^cadastre.(parcelle|localisant)$/, PARCELLE],
  [/^cadastre.*-bdp$/, PARCELLE_BDP],
  [/^cadastre/, FEUILLE],
  [/^gpu.municipality$/, MUNICIPALITY],
  [/^gpu.(assiette|generateur)-sup/, SERVITUDE],
];

/** The definition of `layer`; a layer of a later tree can be asked by place and attributes. */
export function definitionOf(layer: string): LayerDefinition {
  const parameters = PARAMETERS.find(([names]) => names.test(layer))?.[1] ?? {};
  const sources = /division|-bdp$/.test(layer)
    ? { BDP: layer }
    : { PCI: layer, ...(!layer.endsWith('feuille') && { BDP: `${layer}-bdp` }) };
  return { parameters, sources: layer.startsWith('cadastre/') ? sources : undefined };
}
