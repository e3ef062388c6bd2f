/**
 * Chains: connected sequences of edges, one after the other in one array. A ring is a
 * chain, a line is one, and so is a single point, as one edge of length zero.
 */
import type { Coordinates } from './shape.ts';
import { inStrips } from './strips.ts';

export interface Chains {
  /** The vertices of chain after chain; each chain has two at least. */
  readonly xy: Coordinates;
  /** The chain of each vertex; undefined where all are of one. */
  readonly of: Uint32Array | undefined;
}

const firstVertex = (path: Coordinates): readonly [number, number] => [path[0] ?? NaN, path[1] ?? NaN];

/** A path of one vertex is a point. */
function chainOf(path: Coordinates): Coordinates {
  return path.length === 2 ? Float64Array.of(...path, ...path) : path;
}

/** Each of `paths`, rings or lines, as a chain. */
export function chainsOfPaths(paths: readonly Coordinates[]): Chains {
  const first = paths[0];
  if (first !== undefined && paths.length === 1 && first.length > 2) return { xy: first, of: undefined };
  const chains = inStrips(
    paths.filter((path) => path.length > 0),
    firstVertex,
  ).map(chainOf);
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
  const indices = Array.from({ length: points.length / 2 }, (_, i) => 2 * i);
  const order = inStrips(indices, (i) => [points[i] ?? NaN, points[i + 1] ?? NaN]);
  const xy = new Float64Array(points.length * 2);
  order.forEach((i, chain) => {
    const at = 4 * chain;
    xy[at] = xy[at + 2] = points[i] ?? NaN;
    xy[at + 1] = xy[at + 3] = points[i + 1] ?? NaN;
  });
  return { xy, of: new Uint32Array(points.length).map((_, vertex) => vertex >> 1) };
}
