/**
 * The known defects of the sources that the example repeats on purpose: each is
 * written at least once, under its name here, and found again in `expected.json`.
 */

/**
 * What a build must do with the row:
 * - `no-geometry`, `no-area`: reject it, for that reason;
 * - `duplicate`: keep one of the two identical rows;
 * - `invalid`: repair its geometry and keep it;
 * - `kept`: keep it as it is; the trouble is in its attributes, container or weight.
 */
export type Consequence = 'no-geometry' | 'no-area' | 'duplicate' | 'invalid' | 'kept';

export interface Defect {
  readonly consequence: Consequence;
  readonly says: string;
}

export const DEFECTS = {
  'aoc-giant': {
    consequence: 'kept',
    says: 'a delimitation of more than a megabyte of vertices, with holes',
  },
  'aoc-insee-ok': { consequence: 'kept', says: 'the literal "ok" for a commune code in insee' },
  'aoc-insee2011-ok': { consequence: 'kept', says: 'the literal "ok" for a commune code in insee2011' },
  'aoc-insee-null': { consequence: 'kept', says: 'no insee; insee2011 holds the code' },
  'aoc-two-codes': { consequence: 'kept', says: 'two codes in insee, two names in nomcom, comma-separated' },
  'aoc-same-geometry': { consequence: 'kept', says: 'the geometry of another denomination, repeated' },
  'aoc-bow-tie': { consequence: 'invalid', says: 'a polygon that crosses itself' },
  'aoc-thin-hole': {
    consequence: 'kept',
    says: 'a hole two centimetres wide that touches the shell in a vertex',
  },
  'aoc-duplicate': { consequence: 'duplicate', says: 'a row written twice, attributes and geometry' },
  'aoc-null-geometry': { consequence: 'no-geometry', says: 'a row without a geometry' },
  'laposte-ligne5': { consequence: 'duplicate', says: 'a commune and code again, for a lieu-dit in Ligne_5' },
  'parcelle-duplicate': { consequence: 'duplicate', says: 'an idu written twice with the same content' },
  'parcelle-bow-tie': { consequence: 'invalid', says: 'a parcelle that crosses itself' },
  'parcelle-spike': { consequence: 'invalid', says: 'a parcelle with a spike and a vertex written twice' },
  'parcelle-numero-slash': { consequence: 'kept', says: 'a numero that is not four digits: A/12' },
  'parcelle-contenance-absent': { consequence: 'kept', says: 'no contenance' },
  'parcelle-contenance-huge': { consequence: 'kept', says: 'a contenance above 2^32 square metres' },
  'zone-giant': { consequence: 'kept', says: 'a zone of more than a megabyte of vertices, with holes' },
  'zone-3d': { consequence: 'kept', says: 'a zone with altitudes' },
  'zone-old-standard': {
    consequence: 'kept',
    says: 'a zone of the 2013 standard: insee and destdomi, no idurba',
  },
  'prescription-bow-tie': { consequence: 'invalid', says: 'a perimeter that crosses itself' },
  'prescription-no-area': { consequence: 'no-area', says: 'a perimeter whose vertices stand on one line' },
  'info-null-geometry': { consequence: 'no-geometry', says: 'a row without a geometry' },
  'info-empty-geometry': { consequence: 'no-geometry', says: 'a row with an empty polygon' },
  'servitude-mojibake': { consequence: 'kept', says: 'UTF-8 read as Latin-1 in nomsuplitt: mended' },
  'servitude-case': { consequence: 'kept', says: 'suptype in upper case' },
  'municipality-deleted': { consequence: 'kept', says: 'a deleted commune that lies over a living one' },
  'cnig-typepsc-joined': { consequence: 'kept', says: 'type and subtype of a prescription in one code' },
  'cnig-bow-tie': { consequence: 'invalid', says: 'a sector that crosses itself' },
} as const satisfies Record<string, Defect>;

export type DefectName = keyof typeof DEFECTS;
