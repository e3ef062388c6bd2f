/**
 * Zones of a PLU and sectors of a carte communale: the sheets of the cadastre, urban
 * near the village, agricultural or natural farther out. In one commune they give way
 * to a wood of more than a megabyte of vertices, with a clearing in each of its holes.
 */
import { giant } from './blob.ts';
import type { DefectName } from './defects.ts';
import { PLUI } from './gpu-documents.ts';
import type { Land } from './land.ts';
import { randomOf } from './random.ts';
import { centreOf } from './ring.ts';
import { multi, polygon, type Shape } from './shape.ts';
import type { Plans } from './territory.ts';

export interface Zone {
  /** On the plan: `UA`. */
  readonly libelle: string;
  readonly libelong: string;
  /** U, AUc, AUs, A or N. */
  readonly typezone: string;
  readonly shape: Shape;
  readonly defect?: DefectName;
}

type ZoneKind = Omit<Zone, 'shape'>;

const VILLAGE: readonly ZoneKind[] = [
  { libelle: 'UA', libelong: 'Centre ancien, bâti dense', typezone: 'U' },
  { libelle: 'UB', libelong: 'Extensions du bourg', typezone: 'U' },
  { libelle: '1AU', libelong: 'Zone à urbaniser à court terme', typezone: 'AUc' },
];

const COUNTRY: readonly [ZoneKind, ZoneKind] = [
  { libelle: 'A', libelong: 'Zone agricole protégée', typezone: 'A' },
  { libelle: 'N', libelong: 'Zone naturelle et forestière', typezone: 'N' },
];

/** A megabyte holds 65,536 vertices; this is 80,000. */
const GIANT = { shell: 40_000, holes: 200, hole: 200 };

/** The sheets, from the village outwards. */
function outwards(land: Land): Land['feuilles'] {
  const distance = (feuille: Land['feuilles'][number]): number => {
    const [x, y] = centreOf(feuille.outline);
    return Math.hypot(x - land.village[0], y - land.village[1]);
  };
  return [...land.feuilles].sort((a, b) => distance(a) - distance(b));
}

function woodedZones(land: Land, seed: number): Zone[] {
  const wood = giant(centreOf(land.contour), 760, randomOf(seed, 'giant wood'), GIANT);
  const [shell = [], ...clearings] = wood;
  const [agricole, naturelle] = COUNTRY;
  return [
    { ...agricole, shape: polygon(land.contour, [...shell].reverse()) },
    { ...naturelle, shape: polygon(...wood), defect: 'zone-giant' },
    {
      libelle: 'Ah',
      libelong: 'Hameaux en zone agricole',
      typezone: 'A',
      shape: multi(clearings.map((ring) => [[...ring].reverse()])),
    },
  ];
}

/** Zones that tile the commune. Polygons and multipolygons mix, as in the extraction. */
export function zonesOf(plans: Plans, codeInsee: string): Zone[] {
  const land = plans.of(codeInsee);
  if (codeInsee === PLUI.communes[2]) return woodedZones(land, plans.seed);
  return outwards(land).map((feuille, rank) => {
    const kind = VILLAGE[rank] ?? COUNTRY[rank % 2] ?? COUNTRY[0];
    const shape = rank % 3 === 2 ? multi([[feuille.outline]]) : polygon(feuille.outline);
    return { ...kind, shape };
  });
}

export interface Secteur {
  readonly libelle: 'ZC' | 'ZnC';
  readonly libelong: string;
  /** 01: buildings allowed; 03: not. */
  readonly typesect: '01' | '03';
  readonly shape: Shape;
}

/** Sectors that tile the commune. */
export function secteursOf(plans: Plans, codeInsee: string): Secteur[] {
  return outwards(plans.of(codeInsee)).map(({ outline }, rank) =>
    rank < 2
      ? {
          libelle: 'ZC',
          libelong: 'Secteur ouvert à la construction',
          typesect: '01',
          shape: polygon(outline),
        }
      : {
          libelle: 'ZnC',
          libelong: 'Secteur réservé, boisé ou cultivé',
          typesect: '03',
          shape: polygon(outline),
        },
  );
}
