/**
 * What a plan of plain polygons lacks: parcelles with another one inside, and
 * parcelles in two pieces on both sides of a road. Numbers the parcelles, section by
 * section, in the order of the plan.
 */
import { blob } from './blob.ts';
import type { Parcelle } from './land.ts';
import type { Random } from './random.ts';
import {
  compactness,
  distanceBetween,
  distanceTo,
  pointInside,
  signedArea,
  type Ring,
  type Surface,
} from './ring.ts';
import type { SectionNumber } from './sections.ts';

export interface SheetOfLots {
  readonly number: SectionNumber;
  /** The lots of each îlot. */
  readonly ilots: readonly (readonly Ring[])[];
}

/** Share of the wide lots that hold another one. */
const ENCLAVES = 0.05;
/** Square metres from which a lot may hold another one. */
const ENCLAVE_AREA = 2500;
/** Share of the îlots whose last lot belongs with the first one of the next îlot. */
const TWO_PIECES = 0.04;

function withEnclave(shell: Ring, random: Random): readonly Surface[] {
  const centre = pointInside([shell]);
  const room = distanceTo(shell, centre);
  if (signedArea(shell) < ENCLAVE_AREA || compactness(shell) < 0.4 || !random.chance(ENCLAVES))
    return [[shell]];
  const inner = blob(centre, room * 0.4, random, { vertices: random.integer(5, 9) });
  return [[shell, [...inner].reverse()], [inner]];
}

/** The surfaces of each lot-to-be of a sheet: one each, two where a road cuts it. */
function gather(sheet: SheetOfLots, random: Random): (readonly Surface[])[] {
  const lots: (readonly Surface[])[] = [];
  let pending: Ring | null = null;
  for (const ilot of sheet.ilots) {
    const rings = [...ilot];
    const [first] = rings;
    // Two pieces that touched would be one polygon, wrongly written.
    if (pending && first && distanceBetween(pending, first) > 1) {
      lots.push([[pending], [first]]);
      rings.shift();
    } else if (pending) lots.push([[pending]]);
    pending = rings.length > 1 && random.chance(TWO_PIECES) ? (rings.pop() ?? null) : null;
    for (const ring of rings) lots.push(...withEnclave(ring, random).map((surface) => [surface]));
  }
  if (pending) lots.push([[pending]]);
  return lots;
}

/** The parcelles of the sheets, numbered in their section. */
export function addOddShapes(sheets: readonly SheetOfLots[], random: Random): Parcelle[] {
  const last = new Map<string, number>();
  return sheets.flatMap((sheet) =>
    gather(sheet, random).map((surfaces) => {
      const key = sheet.number.comAbs + sheet.number.section;
      const numero = (last.get(key) ?? 0) + 1;
      last.set(key, numero);
      return { ...sheet.number, numero: String(numero).padStart(4, '0'), surfaces };
    }),
  );
}
