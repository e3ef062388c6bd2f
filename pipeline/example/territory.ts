/**
 * Terre d'exemple: its communes, their codes and their place. Names are invented, and
 * so are the codes within real départements (no commune of Côte-d'Or has a number
 * above 716), but where the rules hang on a code: Lyon's arrondissements, and 01 for
 * its leading zero.
 */
import { contourOf, type Grid } from './frontier.ts';
import { planLand, type Land } from './land.ts';

export interface Commune {
  /** As in the layer `commune`: an arrondissement has a code of its own. */
  readonly codeInsee: string;
  readonly nom: string;
  readonly departement: string;
  readonly cell: readonly [number, number];
  /** Square metres of a lot in the village, in the median. */
  readonly lot: number;
  /** The commune that it is an arrondissement of. */
  readonly arrondissementOf?: { readonly codeInsee: string; readonly nom: string };
  /** A former commune, absorbed: the east of the land keeps its number. */
  readonly absorbed?: { readonly codeInsee: string; readonly nom: string };
  /** A section that exists as an image only: no parcelle, localisants alone. */
  readonly imageSection?: string;
  readonly codePostal: string;
  /** Places with a postal address of their own. */
  readonly lieuxDits?: readonly string[];
}

/** The grid of each département, by its code. */
export const GRIDS: Readonly<Record<string, Grid>> = {
  '01': { name: '01', epsg: 2154, origin: [880_000, 6_545_000], side: 2200 },
  '21': { name: '21', epsg: 2154, origin: [846_000, 6_660_000], side: 2200 },
  '2A': { name: '2A', epsg: 2154, origin: [1_186_000, 6_110_000], side: 2000 },
  '69': { name: '69', epsg: 2154, origin: [842_000, 6_518_000], side: 1300 },
  '974': { name: '974', epsg: 2975, origin: [338_000, 7_664_000], side: 2200 },
};

const DEUX_RIVES = { codeInsee: '69123', nom: 'Deux-Rives' };

export const COMMUNES: readonly Commune[] = [
  {
    codeInsee: '21901',
    nom: 'Vernoy-les-Treilles',
    departement: '21',
    cell: [0, 0],
    lot: 900,
    codePostal: '21990',
    lieuxDits: ['LE CLOS ROUX'],
  },
  {
    codeInsee: '21902',
    nom: 'Combe-Lavière',
    departement: '21',
    cell: [1, 0],
    lot: 900,
    absorbed: { codeInsee: '21907', nom: 'La Grange-Basse' },
    codePostal: '21990',
    lieuxDits: ['LA GRANGE BASSE'],
  },
  {
    codeInsee: '21903',
    nom: 'Saint-Aubrin',
    departement: '21',
    cell: [2, 0],
    lot: 1000,
    codePostal: '21991',
  },
  {
    codeInsee: '21904',
    nom: 'Montcroix-le-Haut',
    departement: '21',
    cell: [0, 1],
    lot: 1000,
    imageSection: '0B',
    codePostal: '21992',
  },
  {
    codeInsee: '21905',
    nom: 'Les Essarts-Perdus',
    departement: '21',
    cell: [1, 1],
    lot: 1000,
    codePostal: '21992',
  },
  {
    codeInsee: '21906',
    nom: 'Échelle-la-Façon',
    departement: '21',
    cell: [2, 1],
    lot: 800,
    codePostal: '21991',
  },
  {
    codeInsee: '69381',
    nom: 'Deux-Rives 1er Arrondissement',
    departement: '69',
    cell: [0, 0],
    lot: 350,
    arrondissementOf: DEUX_RIVES,
    codePostal: '69001',
  },
  {
    codeInsee: '69382',
    nom: 'Deux-Rives 2e Arrondissement',
    departement: '69',
    cell: [1, 0],
    lot: 350,
    arrondissementOf: DEUX_RIVES,
    codePostal: '69002',
  },
  {
    codeInsee: '01004',
    nom: "Rive-d'Albine",
    departement: '01',
    cell: [0, 0],
    lot: 900,
    codePostal: '01990',
  },
  {
    codeInsee: '2A904',
    nom: 'Porto-Chiaro',
    departement: '2A',
    cell: [0, 0],
    lot: 1500,
    codePostal: '20990',
  },
  {
    codeInsee: '97490',
    nom: 'Ravine-Claire',
    departement: '974',
    cell: [0, 0],
    lot: 900,
    codePostal: '97490',
  },
];

/** @throws Error when the territory has no such commune: a slip of ours. */
export function communeOf(codeInsee: string): Commune {
  const commune = COMMUNES.find((one) => one.codeInsee === codeInsee);
  if (!commune) throw new Error(`Terre d'exemple has no commune ${codeInsee}`);
  return commune;
}

export function communesOf(departement: string): Commune[] {
  return COMMUNES.filter((commune) => commune.departement === departement);
}

export function gridOf(departement: string): Grid {
  const grid = GRIDS[departement];
  if (!grid) throw new Error(`Terre d'exemple has no département ${departement}`);
  return grid;
}

/** Draws the plans of the communes for one seed. */
export class Plans {
  readonly #seed: number;
  readonly #drawn = new Map<string, Land>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  get seed(): number {
    return this.#seed;
  }

  /** The plan of a commune of the territory; kept, since every producer draws from it. */
  of(codeInsee: string): Land {
    const land = this.#drawn.get(codeInsee) ?? this.draw(communeOf(codeInsee));
    this.#drawn.set(codeInsee, land);
    return land;
  }

  /** The plan of any commune; not kept. */
  draw(commune: Commune, grid: Grid = gridOf(commune.departement)): Land {
    return planLand({
      seed: `${String(this.#seed)}/${commune.codeInsee}`,
      contour: contourOf({ ...grid, name: `${String(this.#seed)}/${grid.name}` }, commune.cell),
      lot: commune.lot,
      ...(commune.absorbed ? { absorbed: commune.absorbed.codeInsee.slice(2) } : {}),
    });
  }
}
