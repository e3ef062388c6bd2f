/**
 * Guesses what a position off the globe is: swapped degrees, or the metres of one of the
 * projections that French data come in.
 */
import type { Box } from '../lattice.ts';

/**
 * Where the projections put France, in metres, rounded outwards from their areas of use
 * (EPSG 2154, 3857, 27572, 3942 to 3950, 5490, 2972, 4471 and 2975).
 */
const PROJECTIONS: readonly (readonly [name: string, box: Box])[] = [
  ['Lambert-93', [0, 6_000_000, 1_300_000, 7_200_000]],
  ['Web Mercator', [-700_000, 5_000_000, 1_100_000, 6_700_000]],
  ['Lambert II', [0, 1_600_000, 1_300_000, 2_700_000]],
  ['Lambert CC', [1_050_000, 1_050_000, 2_300_000, 9_400_000]],
  ['UTM 20N', [450_000, 1_500_000, 800_000, 2_050_000]],
  ['UTM 22N', [50_000, 200_000, 900_000, 700_000]],
  ['UTM 38S', [450_000, 8_500_000, 600_000, 8_650_000]],
  ['UTM 40S', [300_000, 7_600_000, 400_000, 7_720_000]],
];

/** Smaller numbers are degrees gone wrong rather than metres. */
const LEAST_METRES = 1000;

/** What (x, y), which is off the globe, looks like; undefined when it looks like nothing known. */
export function guessOffGlobe(x: number, y: number): string | undefined {
  if (Math.abs(x) <= 90 && Math.abs(y) <= 180) return 'lat,lon';
  const names = PROJECTIONS.filter(([, box]) => x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3]).map(
    ([name]) => name,
  );
  if (names.length > 0) return `${names.join(' or ')} metres`;
  return Math.min(Math.abs(x), Math.abs(y)) >= LEAST_METRES ? 'projected metres' : undefined;
}
