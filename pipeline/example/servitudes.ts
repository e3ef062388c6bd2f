/**
 * The servitudes of Terre d'exemple: what they protect, where, and in which forms they
 * are drawn. Between them, every table of the extraction has rows.
 */
import type { DefectName } from './defects.ts';
import type { Point } from './ring.ts';

/** A servitude of one category in one place. */
export interface Servitude {
  readonly categorie: 'AC1' | 'PM1' | 'PM3';
  /** The département, or what else the manager cuts the country into. */
  readonly maillage: string;
  readonly number: number;
  readonly nom: string;
  readonly typegen: string;
  readonly codeInsee: string;
  /** Metres from the village. */
  readonly place: Point;
  readonly generator: 'p' | 'l' | 's';
  readonly perimeters: readonly ('p' | 'l' | 's')[];
  readonly acts: readonly string[];
  /** `suptype` as written; most managers write it in lower case. */
  readonly suptype?: string;
  readonly defect?: DefectName;
}

/** The managers of the categories: invented SIRENs of the State's series. */
export const MANAGERS: Readonly<Record<Servitude['categorie'], readonly [siren: string, nom: string]>> = {
  AC1: ['130099921', "UDAP de Terre d'exemple"],
  PM1: ['130099922', "DDT de Terre d'exemple"],
  PM3: ['130099923', "DREAL de Terre d'exemple"],
};

export const SERVITUDES: readonly Servitude[] = [
  {
    categorie: 'AC1',
    maillage: '21',
    number: 1,
    nom: 'Église Saint-Aubrin',
    typegen: 'Monument',
    codeInsee: '21903',
    place: [60, -40],
    generator: 's',
    perimeters: ['s'],
    acts: ['Arrêté de classement', "Arrêté d'inscription"],
  },
  {
    categorie: 'AC1',
    maillage: '21',
    number: 2,
    nom: 'Croix des Treilles',
    typegen: 'Monument',
    codeInsee: '21901',
    place: [-120, 90],
    generator: 'p',
    perimeters: ['s'],
    acts: ["Arrêté d'inscription"],
  },
  {
    categorie: 'AC1',
    maillage: '21',
    number: 3,
    nom: 'INSTITUT SUPÃ‰RIEUR DES VIGNES',
    typegen: 'Monument',
    codeInsee: '21906',
    place: [150, 30],
    generator: 's',
    perimeters: ['s'],
    acts: ["Arrêté d'inscription"],
    defect: 'servitude-mojibake',
  },
  {
    categorie: 'AC1',
    maillage: '974',
    number: 1,
    nom: 'Ancienne sucrerie de Ravine-Claire',
    typegen: 'Monument',
    codeInsee: '97490',
    place: [0, 120],
    generator: 's',
    perimeters: ['s'],
    acts: ["Arrêté d'inscription"],
  },
  {
    categorie: 'PM1',
    maillage: '21',
    number: 1,
    nom: 'PPRI de la Lavière',
    typegen: "Cours d'eau",
    codeInsee: '21902',
    place: [-300, -300],
    generator: 'l',
    perimeters: ['s', 'l'],
    acts: ["Arrêté d'approbation"],
  },
  {
    categorie: 'PM1',
    maillage: '21',
    number: 2,
    nom: 'PPRI du ru de Montcroix',
    typegen: "Cours d'eau",
    codeInsee: '21904',
    place: [200, -250],
    generator: 'l',
    perimeters: ['s', 'l'],
    acts: ["Arrêté d'approbation"],
  },
  {
    categorie: 'PM3',
    maillage: '21',
    number: 1,
    nom: 'PPRT du dépôt des Essarts',
    typegen: 'Installation classée',
    codeInsee: '21905',
    place: [350, 200],
    generator: 'p',
    perimeters: ['s', 'p'],
    acts: ["Arrêté d'approbation"],
    suptype: 'PM3',
    defect: 'servitude-case',
  },
];
