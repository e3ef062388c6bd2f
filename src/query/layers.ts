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
  type Parameter,
} from './codes.ts';

export interface LayerDefinition {
  /** Under `carto.aoc`, `carto.cadastre` or `carto.gpu`; `null` for what `source_ign` selects. */
  readonly method: string | null;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The layer for each value of `source_ign`, where the parameter exists. */
  readonly sources?: Readonly<Partial<Record<'PCI' | 'BDP', string>>>;
}

/** Parcellaire Express by default, or BD Parcellaire. */
function pciOrBdp(layer: string) {
  return { PCI: layer, BDP: `${layer}-bdp` };
}

export const LAYERS = {
  'aoc/appellation-viticole': { method: 'appellationsViticoles', parameters: {} },
  'cadastre/commune': { method: 'communes', parameters: COMMUNE, sources: pciOrBdp('cadastre/commune') },
  'cadastre/division': { method: 'divisions', parameters: FEUILLE, sources: { BDP: 'cadastre/division' } },
  'cadastre/feuille': { method: 'feuilles', parameters: FEUILLE, sources: { PCI: 'cadastre/feuille' } },
  'cadastre/parcelle': { method: 'parcelles', parameters: PARCELLE, sources: pciOrBdp('cadastre/parcelle') },
  'cadastre/localisant': {
    method: 'localisants',
    parameters: PARCELLE,
    sources: pciOrBdp('cadastre/localisant'),
  },
  'cadastre/commune-bdp': { method: null, parameters: COMMUNE, sources: { BDP: 'cadastre/commune-bdp' } },
  'cadastre/parcelle-bdp': {
    method: null,
    parameters: PARCELLE_BDP,
    sources: { BDP: 'cadastre/parcelle-bdp' },
  },
  'cadastre/localisant-bdp': {
    method: null,
    parameters: PARCELLE_BDP,
    sources: { BDP: 'cadastre/localisant-bdp' },
  },
  'gpu/municipality': { method: 'municipalities', parameters: MUNICIPALITY },
  'gpu/document': { method: 'documents', parameters: {} },
  'gpu/zone-urba': { method: 'zonesUrba', parameters: {} },
  'gpu/secteur-cc': { method: 'secteursCc', parameters: {} },
  'gpu/prescription-pct': { method: 'prescriptionsPct', parameters: {} },
  'gpu/prescription-lin': { method: 'prescriptionsLin', parameters: {} },
  'gpu/prescription-surf': { method: 'prescriptionsSurf', parameters: {} },
  'gpu/info-pct': { method: 'infosPct', parameters: {} },
  'gpu/info-lin': { method: 'infosLin', parameters: {} },
  'gpu/info-surf': { method: 'infosSurf', parameters: {} },
  'gpu/acte-sup': { method: 'actesSup', parameters: {} },
  'gpu/assiette-sup-p': { method: 'assiettesSupP', parameters: SERVITUDE },
  'gpu/assiette-sup-l': { method: 'assiettesSupL', parameters: SERVITUDE },
  'gpu/assiette-sup-s': { method: 'assiettesSupS', parameters: SERVITUDE },
  'gpu/generateur-sup-p': { method: 'generateursSupP', parameters: SERVITUDE },
  'gpu/generateur-sup-l': { method: 'generateursSupL', parameters: SERVITUDE },
  'gpu/generateur-sup-s': { method: 'generateursSupS', parameters: SERVITUDE },
} as const satisfies Record<string, LayerDefinition>;

/** API Carto's route, `-bdp` added for BD Parcellaire's variants. */
export type LayerName = keyof typeof LAYERS;

/** The table of postal codes: rows, not features; it is asked by a method of its own. */
export const POSTAL_CODES = 'codes-postaux/communes';

/** The definition of `layer`; a layer of a later tree can be asked by place and attributes. */
export function definitionOf(layer: string): LayerDefinition {
  const table: Readonly<Record<string, LayerDefinition>> = LAYERS;
  return (Object.hasOwn(table, layer) ? table[layer] : undefined) ?? { method: null, parameters: {} };
}
