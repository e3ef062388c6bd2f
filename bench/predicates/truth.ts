/**
 * The truth about two drawings without holes, points or polygons, in big integers: every
 * edge against every edge, nothing shared with what is judged.
 */
import type { Position } from 'geojson';
import type { Drawing } from '../../src/geometry/testing/drawing.ts';
import { pathsOf } from '../../src/geometry/testing/random-pairs.ts';

type Vertex = readonly [bigint, bigint];
interface Edge {
  readonly a: Vertex;
  readonly b: Vertex;
}

function edgesOf(path: readonly Position[]): Edge[] {
  const vertices = path.map(([x = NaN, y = NaN]): Vertex => [BigInt(x), BigInt(y)]);
  return vertices.slice(Math.min(1, vertices.length - 1)).map((b, i) => ({ a: vertices[i] ?? b, b }));
}

function side({ a, b }: Edge, [x, y]: Vertex): bigint {
  return (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
}

const isBetween = (v: bigint, a: bigint, b: bigint): boolean => (a <= v && v <= b) || (b <= v && v <= a);

function isOn(edge: Edge, v: Vertex): boolean {
  const { a, b } = edge;
  return isBetween(v[0], a[0], b[0]) && isBetween(v[1], a[1], b[1]) && side(edge, v) === 0n;
}

function cross(e: Edge, f: Edge): boolean {
  const isOpposite = (p: bigint, q: bigint): boolean => (p < 0n && q > 0n) || (p > 0n && q < 0n);
  return isOpposite(side(e, f.a), side(e, f.b)) && isOpposite(side(f, e.a), side(f, e.b));
}

const meet = (e: Edge, f: Edge): boolean =>
  isOn(e, f.a) || isOn(e, f.b) || isOn(f, e.a) || isOn(f, e.b) || cross(e, f);

function isIn(edges: readonly Edge[], v: Vertex): boolean {
  let isInside = false;
  for (const edge of edges) {
    if (edge.a[1] > v[1] === edge.b[1] > v[1]) continue;
    if (side(edge, v) > 0n === edge.b[1] > edge.a[1]) isInside = !isInside;
  }
  return isInside;
}

/** Whether two edges can meet at all, in plain numbers: these are whole and exact. */
function spans([e, f]: readonly [Edge, Edge]): boolean {
  const apart = (a: bigint, b: bigint, c: bigint, d: bigint): boolean =>
    (a < c && a < d && b < c && b < d) || (a > c && a > d && b > c && b > d);
  return !apart(e.a[0], e.b[0], f.a[0], f.b[0]) && !apart(e.a[1], e.b[1], f.a[1], f.b[1]);
}

/** Whether `a` and `b` share a point. */
export function truth(a: Drawing, b: Drawing): boolean {
  const [edges, others] = [pathsOf(a).flatMap(edgesOf), pathsOf(b).flatMap(edgesOf)];
  const [start, other] = [edges[0]?.a, others[0]?.a];
  if (start === undefined || other === undefined) return false;
  return (
    edges.some((e) => others.some((f) => spans([e, f]) && meet(e, f))) ||
    (b.type === 'Polygon' && isIn(others, start)) ||
    (a.type === 'Polygon' && isIn(edges, other))
  );
}
