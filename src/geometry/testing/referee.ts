/**
 * The referee: what holds between two drawings, by brute force in exact fractions, for
 * any rings whatever. It shares no idea with what it judges: the plane is cut into strips
 * between all vertices and crossings, and every edge and every gap between edges in a
 * strip, every vertex and every crossing on its border, is sampled once.
 */
import { bodyOf, crossingsOf, edgesOf, heightAt, isAt, isOn, isOverOdd } from './body.ts';
import type { Body, Edge, Spot } from './body.ts';
import type { Drawing } from './drawing.ts';
import type { Verdict } from './oracles.ts';
import { distinct, halfways, ratio, type Ratio } from './ratio.ts';

function allEdges({ lines, polygons }: Body): Edge[] {
  return [...lines.flatMap(edgesOf), ...polygons.flat()];
}

/** One spot in every piece of the plane that the bodies cut out: areas, edges and vertices. */
function samples(bodies: readonly Body[]): Spot[] {
  const edges = bodies.flatMap(allEdges);
  const isolated = bodies.flatMap(({ points }) => points);
  const ends = [...edges.flat(), ...isolated].map(([x]) => ratio(x, 1n));
  const crossings = edges.flatMap((a, i) => edges.slice(0, i).flatMap((b) => crossingsOf(a, b)));
  const borders = distinct([...ends, ...crossings]);
  const heights = (x: Ratio): Ratio[] => distinct(edges.flatMap((edge) => heightAt(edge, x) ?? []));
  const spots = (x: Ratio, ys: readonly Ratio[]): Spot[] => ys.map((y) => ({ x, y }));
  return [
    ...isolated.map(([x, y]) => ({ x: ratio(x, 1n), y: ratio(y, 1n) })),
    ...borders.flatMap((x) => spots(x, heights(x))),
    ...halfways(borders).flatMap((x) => {
      const ys = heights(x);
      return spots(x, [...ys, ...halfways(ys)]);
    }),
  ];
}

function covers({ points, lines, polygons }: Body, spot: Spot): boolean {
  return (
    points.some((vertex) => isAt(spot, vertex)) ||
    lines.some((path) => isOn(edgesOf(path), spot)) ||
    polygons.some((edges) => isOn(edges, spot) || isOverOdd(edges, spot))
  );
}

/** Whether the spot is in the interior, an odd number of line ends being none. */
function holds({ points, lines, polygons }: Body, spot: Spot): boolean {
  const ends = lines.flatMap((path) => [path.at(0), path.at(-1)]);
  const endsHere = ends.filter((end) => end !== undefined && isAt(spot, end)).length;
  return (
    points.some((vertex) => isAt(spot, vertex)) ||
    (endsHere % 2 === 0 && lines.some((path) => isOn(edgesOf(path), spot))) ||
    polygons.some((edges) => !isOn(edges, spot) && isOverOdd(edges, spot))
  );
}

/** The body with rings that hold no area as lines: so `contains` takes what is contained. */
function withFlatRingsAsLines(body: Body, spots: readonly Spot[]): Body {
  const hasArea = (edges: readonly Edge[]): boolean =>
    spots.some((spot) => !isOn(edges, spot) && isOverOdd(edges, spot));
  const flat = body.polygons.filter((edges) => !hasArea(edges));
  return { ...body, lines: [...body.lines, ...flat.flat()] };
}

/** Whether all of `drawings` share a point. */
export function shareSpot(...drawings: readonly Drawing[]): boolean {
  const bodies = drawings.map(bodyOf);
  return samples(bodies).some((spot) => bodies.every((body) => covers(body, spot)));
}

export function referee(a: Drawing, b: Drawing): Verdict {
  const [one, other] = [bodyOf(a), bodyOf(b)];
  const spots = samples([one, other]);
  const contained = withFlatRingsAsLines(other, spots);
  return {
    intersects: spots.some((spot) => covers(one, spot) && covers(other, spot)),
    contains:
      spots.every((spot) => !covers(other, spot) || covers(one, spot)) &&
      spots.some((spot) => holds(one, spot) && holds(contained, spot)),
  };
}
