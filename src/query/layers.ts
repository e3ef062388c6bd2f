/**
 * The layers that can be asked: for each its route in API Carto, its method here, and for
 * the compiler its parameters beside the attributes, which any layer can be asked by.
 */
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

type Commune = 'code_insee' | 'code_dep' | 'code_com';
type Feuille = Commune | 'section' | 'code_arr' | 'com_abs';

/** The codes that a layer can be asked by, whatever its fields are. */
type CodeOf<L extends LayerName> = L extends `cadastre/commune${string}`
  ? Commune
  : L extends 'cadastre/parcelle' | 'cadastre/localisant'
    ? Feuille | 'numero' | 'idu'
    : L extends `cadastre/${string}-bdp`
      ? Feuille | 'numero'
      : L extends `cadastre/${string}`
        ? Feuille
        : L extends 'gpu/municipality'
          ? 'insee'
          : L extends `gpu/${'assiette' | 'generateur'}${string}`
            ? 'categorie'
            : never;

/** What a layer can be asked beside its attributes. */
export type ParametersOf<L extends LayerName> = {
  readonly [code in CodeOf<L>]?: string | undefined;
} & (L extends `cadastre/${string}` ? Source : unknown);

type Source = {
  /** Parcellaire Express by default, or BD Parcellaire. */
  readonly source_ign?: 'PCI' | 'BDP' | undefined;
};

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

/** The values that `source_ign` may have for `layer`, of the cadastre. */
export function sourcesOf(layer: string): readonly string[] {
  if (/division|-bdp$/.test(layer)) return ['BDP'];
  return layer.endsWith('feuille') ? ['PCI'] : ['PCI', 'BDP'];
}
