/**
 * Chains: connected sequences of edges, one after the other in one array. A ring is a
 * chain, a line is one, and so is a single point, as one edge of length zero.
 */
import type { Coordinates } from './shape.ts';

export interface Chains {
  /** The vertices of chain after chain; each chain has two at least. */
  readonly xy: Coordinates;
  /** The chain of each vertex; undefined where all are of one. */
  readonly of: Uint32Array | undefined;
}

/** Each of `paths`, rings or lines, as a chain. */
export function chainsOfPaths(paths: readonly Coordinates[]): Chains {
  const [first] = paths;
  if (first !== undefined && paths.length === 1 && first.length > 2) return { xy: first, of: undefined };
  // A path of one vertex is a point.
  const chains = paths.map((path) => (path.length === 2 ? Float64Array.of(...path, ...path) : path));
  const xy = new Float64Array(chains.reduce((sum, chain) => sum + chain.length, 0));
  const of = new Uint32Array(xy.length / 2);
  let start = 0;
  chains.forEach((chain, i) => {
    xy.set(chain, start);
    of.fill(i, start / 2, (start += chain.length) / 2);
  });
  return { xy, of };
}

/** Each point as a chain. */
export function chainsOfPoints(points: Coordinates): Chains {
  const xy = new Float64Array(points.length * 2);
  const of = new Uint32Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    const point = points.subarray(i, i + 2);
    xy.set(point, 2 * i);
    xy.set(point, 2 * i + 2);
    of.fill(i / 2, i, i + 2);
  }
  return { xy, of };
}
