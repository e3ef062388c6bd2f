/**
 * Rings of the land: closed lines of [x, y] in metres of the département's own CRS,
 * on a grid of one centimetre as in the cadastre. No ring here is empty or open.
 */

export type Point = readonly [x: number, y: number];

/** Its first point is repeated at its end; shells run counter-clockwise. */
export type Ring = readonly Point[];

/** A shell and its holes. */
export type Surface = readonly Ring[];

/** The nearest point of the centimetre grid. */
export function onGrid(x: number, y: number): Point {
  return [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
}

/** Calls `visit` with both ends of every segment. */
export function eachSegment(ring: Ring, visit: (a: Point, b: Point) => void): void {
  let previous: Point | undefined;
  for (const point of ring) {
    if (previous) visit(previous, point);
    previous = point;
  }
}

/** Square metres; positive when the ring runs counter-clockwise. */
export function signedArea(ring: Ring): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let twice = 0;
  // Relative to the first point: Lambert-93 coordinates squared would lose the centimetres.
  eachSegment(ring, ([ax, ay], [bx, by]) => (twice += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)));
  return twice / 2;
}

/** Square metres of a surface, holes taken off. */
export function areaOf(surface: Surface): number {
  return surface.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(signedArea(ring)), 0);
}

export function perimeter(ring: Ring): number {
  let sum = 0;
  eachSegment(ring, ([ax, ay], [bx, by]) => (sum += Math.hypot(bx - ax, by - ay)));
  return sum;
}

/** 1 for a disc, near 0 for a sliver. */
export function compactness(ring: Ring): number {
  return (4 * Math.PI * Math.abs(signedArea(ring))) / perimeter(ring) ** 2;
}

/** The mean of the vertices: good enough to say where in the commune a ring is. */
export function centreOf(ring: Ring): Point {
  const n = Math.max(1, ring.length - 1);
  let [x, y] = [0, 0];
  for (const point of ring.slice(1)) {
    x += point[0] / n;
    y += point[1] / n;
  }
  return [x, y];
}

/** Where the horizontal line at `y` crosses the rings, from left to right. */
function crossings(surface: Surface, y: number): number[] {
  const xs: number[] = [];
  for (const ring of surface) {
    eachSegment(ring, ([ax, ay], [bx, by]) => {
      if (ay > y !== by > y) xs.push(ax + ((y - ay) * (bx - ax)) / (by - ay));
    });
  }
  return xs.sort((a, b) => a - b);
}

/** A point strictly inside: the middle of the widest run half-way up. */
export function pointInside(surface: Surface): Point {
  const ys = (surface[0] ?? []).map((point) => point[1]);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  let best = { width: 0, x: 0, y: 0 };
  for (const part of [0.5, 0.37, 0.63]) {
    const y = low + (high - low) * part + 0.0013;
    const xs = crossings(surface, y);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [from, to] = [xs[i] ?? 0, xs[i + 1] ?? 0];
      if (to - from > best.width) best = { width: to - from, x: (from + to) / 2, y };
    }
  }
  return onGrid(best.x, best.y);
}

function distanceToSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** Metres from a point to the nearest point of a ring. */
export function distanceTo(ring: Ring, point: Point): number {
  let best = Infinity;
  eachSegment(ring, (a, b) => (best = Math.min(best, distanceToSegment(point, a, b))));
  return best;
}

/** Metres between two rings that do not cross. */
export function distanceBetween(a: Ring, b: Ring): number {
  return Math.min(...a.map((p) => distanceTo(b, p)), ...b.map((p) => distanceTo(a, p)));
}
