/**
 * Reads GeoJSON coordinates into arrays of our own. Keeps longitude and latitude of each
 * position and drops what follows. Refuses what is missing, not finite or off the globe,
 * lists that are too short or too long and rings that are open.
 */
import type { Position } from 'geojson';
import { guessOffGlobe } from './off-globe.ts';
import { refuseFault, refuseValue } from './refusal.ts';

/** Reads the value found at a path. */
type Reader<T> = (value: unknown, path: string) => T;

/** Longitude, latitude, and at most an altitude and a measure. */
const MAX_NUMBERS = 4;

/** Of a query: one at the limit takes some seconds and a few hundred megabytes to make ready. */
export const MAX_POSITIONS = 2_000_000;

/** Refuses more positions at `path` than a query may have. */
export function refuseTooMany(count: number, path: string): void {
  if (count <= MAX_POSITIONS) return;
  refuseFault(path, `at most ${MAX_POSITIONS} positions`, String(count));
}

/** Says what is wrong with a value that is no position. */
function refusePosition(value: unknown, path: string): never {
  const expected = 'a position, [longitude, latitude] in degrees';
  if (!Array.isArray(value)) return refuseValue(path, expected, value);
  const numbers: readonly unknown[] = value;
  if (numbers.length > MAX_NUMBERS) return refuseFault(path, expected, `an array of ${numbers.length}`);
  const [x, y] = numbers;
  if (typeof x !== 'number' || !Number.isFinite(x))
    return refuseValue(`${path}[0]`, 'a longitude, a finite number', x);
  if (typeof y !== 'number' || !Number.isFinite(y))
    return refuseValue(`${path}[1]`, 'a latitude, a finite number', y);
  const guess = guessOffGlobe(x, y);
  return refuseFault(path, expected, `[${x}, ${y}]${guess === undefined ? '' : `; looks like ${guess}`}`);
}

/** The first two numbers of a position; undefined when it is none. */
function asPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value) || value.length > MAX_NUMBERS) return undefined;
  const x: unknown = value[0];
  const y: unknown = value[1];
  const isOnGlobe = typeof x === 'number' && typeof y === 'number' && Math.abs(x) <= 180 && Math.abs(y) <= 90;
  return isOnGlobe ? [x, y] : undefined;
}

export const readPosition: Reader<Position> = (value, path) =>
  asPosition(value) ?? refusePosition(value, path);

/** Each item of `items` read; the holes of a sparse array are read too, and so refused. */
function readEach<T>(items: readonly unknown[], read: (item: unknown, i: number) => T): T[] {
  const results: T[] = [];
  for (let i = 0; i < items.length; i++) results.push(read(items[i], i));
  return results;
}

/** An array that is not empty, each of its items read by `read`. */
export function readList<T>(value: unknown, path: string, read: Reader<T>): T[] {
  if (!Array.isArray(value)) return refuseValue(path, 'an array', value);
  if (value.length === 0) return refuseFault(path, 'an array that is not empty', '[]');
  return readEach(value, (item, i) => read(item, `${path}[${i}]`));
}

/** At least `fewest` positions; a million of them are read without a million paths. */
function readPositions(value: unknown, path: string, fewest: number): Position[] {
  if (!Array.isArray(value)) return refuseValue(path, 'an array of positions', value);
  if (value.length < fewest) {
    return refuseFault(path, `at least ${fewest} position${fewest > 1 ? 's' : ''}`, String(value.length));
  }
  refuseTooMany(value.length, path);
  return readEach(value, (item, i) => asPosition(item) ?? refusePosition(item, `${path}[${i}]`));
}

export const readPoints: Reader<Position[]> = (value, path) => readPositions(value, path, 1);

export const readLine: Reader<Position[]> = (value, path) => readPositions(value, path, 2);

const readRing: Reader<Position[]> = (value, path) => {
  const ring = readPositions(value, path, 4);
  const [first, last] = [ring[0] ?? [], ring.at(-1) ?? []];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    const expected = `a closed ring, ending where it starts at [${first.join(', ')}]`;
    return refuseFault(`${path}[${ring.length - 1}]`, expected, `[${last.join(', ')}]`);
  }
  return ring;
};

export const readRings: Reader<Position[][]> = (value, path) => readList(value, path, readRing);
