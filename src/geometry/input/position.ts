/**
 * Reads GeoJSON positions into arrays of our own: longitude and latitude, what follows is
 * dropped. Refuses what is missing, not finite or off the globe, and more positions than a
 * query may have. Tells [latitude, longitude], the query that is most often made by
 * mistake, and that would find nothing without a word.
 */
import type { Position } from 'geojson';
import { expected } from '../../refusal.ts';
import { boxesMeet, type Box } from '../lattice.ts';

/** What the positions read so far are. */
export interface Tally {
  count: number;
  /** Whether each of them lies in French territory once its numbers are exchanged. */
  areSwapped: boolean;
}

/** Longitude, latitude, and at most an altitude and a measure. */
const MAX_NUMBERS = 4;

/** Of a query: one at the limit takes some seconds and a few hundred megabytes to make ready. */
const MAX_POSITIONS = 2_000_000;

/**
 * Where French territories fall when latitude is read as longitude, in degrees: at sea or
 * abroad, far from any territory of ours. Those whose longitude cannot be a latitude
 * (Wallis, Tahiti, Nouméa) are off the globe.
 */
const SWAPPED: readonly Box[] = [
  [41, -5.6, 52, 10], // metropolitan France
  [-22, 44, -12, 56], // La Réunion, Mayotte
  [2, -64, 48, -51], // Guyane, the Antilles, Saint-Pierre-et-Miquelon
];

const GLOBE: Box = [-180, -90, 180, 90];

/** Metres of the projection that French data mostly come in. */
const LAMBERT_93: Box = [0, 6e6, 1.3e6, 7.2e6];

/** The position at `path`, counted in `tally`. */
export function readPosition(value: unknown, path: string, tally: Tally): Position {
  if (tally.count++ === MAX_POSITIONS) expected(`at most ${MAX_POSITIONS} positions`, path, value, 'more');
  if (!Array.isArray(value) || value.length > MAX_NUMBERS) expected('[longitude, latitude]', path, value);
  const [x, y] = [0, 1].map((i) => {
    const number: unknown = value[i];
    return Number.isFinite(number) ? Number(number) : expected('a finite number', `${path}[${i}]`, number);
  }) as [number, number];
  const box: Box = [x, y, x, y];
  if (!boxesMeet(GLOBE, box)) {
    const guess = boxesMeet(LAMBERT_93, box) ? ': Lambert-93?' : Math.abs(x) <= 90 ? ': lat, lon?' : '';
    expected('[longitude, latitude] in degrees', path, value, `[${x}, ${y}]${guess}`);
  }
  tally.areSwapped &&= SWAPPED.some((territory) => boxesMeet(territory, box));
  return [x, y];
}
