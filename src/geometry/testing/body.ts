/**
 * A drawing as the referee sees it: points, lines and rings in big integers, sheared so
 * that no edge is upright.
 */
import type { Position } from 'geojson';
import type { Drawing } from './drawing.ts';
import { compare, ratio, type Ratio } from './ratio.ts';

export interface Spot {
  readonly x: Ratio;
  readonly y: Ratio;
}

export type Vertex = readonly [x: bigint, y: bigint];

/** From left to right; the two vertices of an edge of length zero are equal. */
export type Edge = readonly [left: Vertex, right: Vertex];

export interface Body {
  readonly points: readonly Vertex[];
  readonly lines: readonly (readonly Vertex[])[];
  readonly polygons: readonly (readonly Edge[])[];
}

/** More than the height of the globe in steps: only edges of length zero stay upright. */
const SHEAR = 2n ** 36n;

function vertex([x = NaN, y = NaN]: Position): Vertex {
  return [SHEAR * BigInt(x) + BigInt(y), BigInt(y)];
}

/** The edges of a path; a path of one vertex is an edge of length zero. */
export function edgesOf(path: readonly Vertex[]): Edge[] {
  return (path.length > 1 ? path.slice(1) : path).map((b, i) => {
    const a = path[i] ?? b;
    return a[0] < b[0] ? [a, b] : [b, a];
  });
}

const body = (parts: Partial<Body>): Body => ({ points: [], lines: [], polygons: [], ...parts });

const polygonOf = (rings: Position[][]): Edge[] => rings.flatMap((ring) => edgesOf(ring.map(vertex)));

export function bodyOf(drawing: Drawing): Body {
  switch (drawing.type) {
    case 'Point':
      return body({ points: [vertex(drawing.coordinates)] });
    case 'MultiPoint':
      return body({ points: drawing.coordinates.map(vertex) });
    case 'LineString':
      return body({ lines: [drawing.coordinates.map(vertex)] });
    case 'MultiLineString':
      return body({ lines: drawing.coordinates.map((path) => path.map(vertex)) });
    case 'Polygon':
      return body({ polygons: [polygonOf(drawing.coordinates)] });
    case 'MultiPolygon':
      return body({ polygons: drawing.coordinates.map(polygonOf) });
    case 'GeometryCollection': {
      const bodies = drawing.geometries.map(bodyOf);
      return {
        points: bodies.flatMap(({ points }) => points),
        lines: bodies.flatMap(({ lines }) => lines),
        polygons: bodies.flatMap(({ polygons }) => polygons),
      };
    }
  }
}

/** The height of an edge at `x`; undefined where it does not reach. */
export function heightAt([[x0, y0], [x1, y1]]: Edge, x: Ratio): Ratio | undefined {
  if (x0 * x.den > x.num || x1 * x.den < x.num) return undefined;
  if (x0 === x1) return ratio(y0, 1n);
  return ratio(y0 * (x1 - x0) * x.den + (y1 - y0) * (x.num - x0 * x.den), (x1 - x0) * x.den);
}

export function isAt({ x, y }: Spot, [vx, vy]: Vertex): boolean {
  return x.num === vx * x.den && y.num === vy * y.den;
}

export function isOn(edges: readonly Edge[], { x, y }: Spot): boolean {
  return edges.some((edge) => {
    const height = heightAt(edge, x);
    return height !== undefined && compare(height, y) === 0;
  });
}

/** Whether an odd number of edges pass below the spot. */
export function isOverOdd(edges: readonly Edge[], { x, y }: Spot): boolean {
  const below = edges.filter((edge) => {
    const height = edge[1][0] * x.den > x.num ? heightAt(edge, x) : undefined;
    return height !== undefined && compare(height, y) < 0;
  });
  return below.length % 2 === 1;
}

/** Where two edges that are not parallel cross, from left to right; nothing when they do not. */
export function crossingsOf(a: Edge, b: Edge): Ratio[] {
  const [[ax, ay], [ax1, ay1]] = a;
  const [[bx, by], [bx1, by1]] = b;
  const [adx, ady, bdx, bdy] = [ax1 - ax, ay1 - ay, bx1 - bx, by1 - by];
  const cross = adx * bdy - ady * bdx;
  if (cross === 0n) return [];
  const x = ratio(ax * cross + adx * ((bx - ax) * bdy - (by - ay) * bdx), cross);
  return heightAt(a, x) !== undefined && heightAt(b, x) !== undefined ? [x] : [];
}
