/**
 * Validates the coordinates of GeoJSON as API Carto does, fault by fault, in its words.
 * It is the validation of a published package, whose messages its users read.
 */

/** Collects what is wrong. */
export type Tell = (message: string) => void;

const NOT_NESTED =
  'a number was found where a coordinate array should have been found: this needs to be nested more deeply';

/** What stands at the ends of chains of positions. */
export type Chain = 'Line' | 'LinearRing' | null;

/** Upstream reads a member of whatever stands in a list, and fails on what has none. */
export class Unreadable extends Error {}

function refuseNull(value: unknown, member: string): void {
  if (value === null) throw new Unreadable(`Cannot read properties of null (reading '${member}')`);
}

/** Whether all is well. */
export function readPosition(value: unknown, tell: Tell): boolean {
  refuseNull(value, '__line__');
  if (!Array.isArray(value)) {
    tell(`position should be an array, is a ${typeof value} instead`);
  } else if (value.length < 2) {
    tell('position must have 2 or more elements');
  } else if (value.length <= 3 && !value.every((item) => typeof item === 'number')) {
    tell('each element in a position must be a number');
  } else {
    return true;
  }
  return false;
}

/** Whether the positions of a ring are worth reading. */
function readRing(ring: unknown, tell: Tell): ring is readonly unknown[] {
  const last: unknown = Array.isArray(ring) ? ring.at(-1) : undefined;
  if (!Array.isArray(ring) || !Array.isArray(last)) {
    tell(NOT_NESTED);
    return false;
  }
  if (ring.length < 4) tell('a LinearRing of coordinates needs to have four or more positions');
  const first: unknown = ring[0];
  refuseNull(first, 'length');
  const closes =
    Array.isArray(first) && first.length === last.length && last.every((item, i) => first[i] === item);
  if (!closes) tell('the first and last positions in a LinearRing of coordinates must be the same');
  return closes;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) || typeof value === 'string' ? value.length : Infinity;
}

/** Reads positions within `depth` lists, those of the innermost being a `chain`. */
export function readPositions(value: unknown, chain: Chain, depth: number, tell: Tell): void {
  refuseNull(value, '__line__');
  if (depth === 0) {
    readPosition(value, tell);
    return;
  }
  if (depth === 1 && chain === 'LinearRing' && !readRing(value, tell)) return;
  if (depth === 1 && chain === 'Line' && lengthOf(value) < 2) {
    tell('a line needs to have two or more coordinates to be valid');
  } else if (Array.isArray(value)) {
    for (const item of value) readPositions(item, chain, depth - 1, tell);
  } else {
    tell(NOT_NESTED);
  }
}
