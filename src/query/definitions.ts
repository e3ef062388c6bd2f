/**
 * What the routes of API Carto take beside attributes, whatever the fields of a tree's layer
 * are: for those who must know without a tree.
 */
import { CODES, type Code } from './codes.ts';
import { sourcesOf } from './layers.ts';

export interface LayerDefinition {
  readonly parameters: Readonly<Record<string, Code>>;
  /** The layer for each value of `source_ign`, where the parameter exists. */
  readonly sources?: Readonly<Record<string, string>> | undefined;
}

const COMMUNE = ['code_insee', 'code_dep', 'code_com'] as const;
const FEUILLE = [...COMMUNE, 'section', 'code_arr', 'com_abs'] as const;

const PARAMETERS: readonly (readonly [RegExp, readonly (keyof typeof CODES)[]])[] = [
  [/^cadastre.commune/, COMMUNE],
  [/^cadastre.(parcelle|localisant)$/, [...FEUILLE, 'numero', 'idu']],
  [/^cadastre.*-bdp$/, [...FEUILLE, 'numero']],
  [/^cadastre/, FEUILLE],
  [/^gpu.municipality$|^aoc/, ['insee']],
  [/^gpu.(assiette|generateur)-sup/, ['categorie']],
];

/** The definition of `layer`; a layer of a later tree can be asked by place and attributes. */
export function definitionOf(layer: string): LayerDefinition {
  const names = PARAMETERS.find(([layers]) => layers.test(layer))?.[1] ?? [];
  const sources = sourcesOf(layer).map((source, _, { length }) => [
    source,
    source === 'BDP' && length > 1 ? `${layer}-bdp` : layer,
  ]);
  return {
    parameters: Object.fromEntries(names.map((name) => [name, CODES[name]])),
    sources: layer.startsWith('cadastre/')
      ? (Object.fromEntries(sources) as Record<string, string>)
      : undefined,
  };
}
