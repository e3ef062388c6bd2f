/**
 * The plan of a commune: sections cut into feuilles, feuilles into îlots between
 * streets, îlots into parcelles. Small lots crowd around the village, fields lie
 * farther out, and now and then a cut stops early: sizes are heavy-tailed as in the
 * real cadastre. The same commune and seed always give the same plan, so a plan need
 * not be kept.
 */
import type { Line } from './chord.ts';
import { addOddShapes } from './odd-shapes.ts';
import { randomOf, type Random } from './random.ts';
import { areaOf, centreOf, eachSegment, signedArea, type Point, type Ring, type Surface } from './ring.ts';
import { numberSections, type SectionNumber } from './sections.ts';
import { Subdivision, type Face } from './subdivision.ts';

export interface LandOptions {
  readonly seed: string;
  readonly contour: Ring;
  /** Square metres of a lot in the village, in the median. */
  readonly lot: number;
  /** COM_ABS of the absorbed commune whose land is the east of this one. */
  readonly absorbed?: string;
}

/** A sheet of the cadastre. */
export interface Feuille extends SectionNumber {
  readonly outline: Ring;
  /** What lies between the streets of the sheet. */
  readonly ilots: readonly Ring[];
}

export interface Parcelle extends SectionNumber {
  /** As in the cadastre: four digits. */
  readonly numero: string;
  /** More than one surface where a road cuts the parcelle. */
  readonly surfaces: readonly Surface[];
}

export interface Land {
  readonly contour: Ring;
  readonly village: Point;
  /** The land of each COM_ABS. */
  readonly parts: readonly { readonly comAbs: string; readonly outline: Ring }[];
  readonly feuilles: readonly Feuille[];
  readonly parcelles: readonly Parcelle[];
}

/** Square metres of a feuille above which it is cut again. */
const FEUILLE_AREA = 1_100_000;

/** The line across the face's long axis, at `share` of the way, turned by `tilt` radians. */
function across(ring: Ring, share: number, tilt: number): Line {
  const centre = centreOf(ring);
  let [xx, xy, yy] = [0, 0, 0];
  eachSegment(ring, (a, b) => {
    const [x, y] = [(a[0] + b[0]) / 2 - centre[0], (a[1] + b[1]) / 2 - centre[1]];
    const weight = Math.hypot(b[0] - a[0], b[1] - a[1]);
    xx += weight * x * x;
    xy += weight * x * y;
    yy += weight * y * y;
  });
  const angle = Math.atan2(2 * xy, xx - yy) / 2 + tilt;
  const normal: Point = [Math.cos(angle), Math.sin(angle)];
  const reach = ring.map(([x, y]) => normal[0] * x + normal[1] * y);
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  return { normal, offset: low + share * (high - low) };
}

class Surveyor {
  readonly #plan = new Subdivision();
  readonly #random: Random;
  readonly #village: Point;
  readonly #lot: number;

  constructor(options: LandOptions) {
    this.#random = randomOf(options.seed, 'land');
    const [x, y] = centreOf(options.contour);
    const reach = Math.sqrt(signedArea(options.contour)) / 8;
    this.#village = [x + this.#random.uniform(-reach, reach), y + this.#random.uniform(-reach, reach)];
    this.#lot = options.lot;
  }

  get village(): Point {
    return this.#village;
  }

  ground(contour: Ring): Face {
    return this.#plan.face(contour);
  }

  outline(face: Face): Ring {
    return this.#plan.outline(face);
  }

  /** Cuts until every piece is under `area`; pieces that resist stay whole. */
  divide(face: Face, area: number): Face[] {
    if (this.#area(face) < area) return [face];
    const halves = this.#tryCut(face, (line) => this.#plan.cut(face, line, { bends: this.#random }));
    return halves ? halves.flatMap((half) => this.divide(half, area)) : [face];
  }

  /** Two parts, west then east. */
  halve(face: Face): Face[] {
    const line = { normal: [-1, 0] as const, offset: -centreOf(this.outline(face))[0] };
    return [...(this.#plan.cut(face, line) ?? [face])];
  }

  /** Blocks between streets, larger away from the village. */
  ilots(face: Face): Face[] {
    const wanted = 9 * this.#lot + this.#distance(face) ** 2 / 5;
    if (this.#area(face) < wanted) return [face];
    const width = this.#random.uniform(6, 12);
    const sides = this.#tryCut(face, (line) => this.#plan.pave(face, line, width));
    return sides ? sides.flatMap((side) => this.ilots(side)) : [face];
  }

  /** Lots of an îlot. */
  lots(face: Face): Face[] {
    const median = this.#lot + (this.#lot * this.#distance(face) ** 2) / 40_000;
    if (this.#area(face) < 1.5 * this.#random.logNormal(median, 0.9)) return [face];
    const halves = this.#tryCut(face, (line) => this.#plan.cut(face, line, { bends: this.#random }));
    return halves ? halves.flatMap((half) => this.lots(half)) : [face];
  }

  #area(face: Face): number {
    return areaOf([this.outline(face)]);
  }

  #distance(face: Face): number {
    const [x, y] = centreOf(this.outline(face));
    return Math.hypot(x - this.#village[0], y - this.#village[1]);
  }

  #tryCut<T>(face: Face, cut: (line: Line) => T | null): T | null {
    const ring = this.outline(face);
    for (const tilt of [0.12, 0.4, 1.2]) {
      const random = this.#random;
      const done = cut(across(ring, random.uniform(0.34, 0.66), random.uniform(-tilt, tilt)));
      if (done) return done;
    }
    return null;
  }
}

interface Sheet extends SectionNumber {
  readonly face: Face;
  readonly ilots: readonly { readonly face: Face; readonly lots: readonly Face[] }[];
}

function survey(surveyor: Surveyor, number: SectionNumber, face: Face): Sheet {
  const ilots = surveyor.ilots(face).map((ilot) => ({ face: ilot, lots: surveyor.lots(ilot) }));
  return { ...number, face, ilots };
}

/** Draws the plan of a commune. */
export function planLand(options: LandOptions): Land {
  const surveyor = new Surveyor(options);
  const ground = surveyor.ground(options.contour);
  const faces = options.absorbed === undefined ? [ground] : surveyor.halve(ground);
  const parts = faces.map((face, i) => ({ comAbs: i === 0 ? '000' : (options.absorbed ?? '000'), face }));
  const sheets = parts.flatMap(({ comAbs, face }) =>
    numberSections(comAbs, surveyor.divide(face, FEUILLE_AREA)).map(([number, sheet]) =>
      survey(surveyor, number, sheet),
    ),
  );
  const outline = (face: Face): Ring => surveyor.outline(face);
  return {
    contour: options.contour,
    village: surveyor.village,
    // Only now: every cut is made, so every outline has its neighbours' vertices.
    parts: parts.map((part) => ({ comAbs: part.comAbs, outline: outline(part.face) })),
    feuilles: sheets.map(({ face, ilots, ...number }) => ({
      ...number,
      outline: outline(face),
      ilots: ilots.map((ilot) => outline(ilot.face)),
    })),
    parcelles: addOddShapes(
      sheets.map(({ ilots, comAbs, section, feuille }) => ({
        number: { comAbs, section, feuille },
        ilots: ilots.map((ilot) => ilot.lots.map(outline)),
      })),
      randomOf(options.seed, 'odd shapes'),
    ),
  };
}
