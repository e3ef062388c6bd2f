/**
 * Random pairs of drawings made to be difficult, each family in its own way. Not all of
 * the drawings are valid.
 */
import type { Position } from 'geojson';
import { line, lines, point, points, polygon, rectangle, ring, type Drawing } from './drawing.ts';
import {
  GRID,
  oneOf,
  randomDrawing,
  randomPosition,
  scattered,
  star,
  whole,
  type Random,
} from './random-drawing.ts';

export type Pair = readonly [a: Drawing, b: Drawing];

/** The rings of a drawing's polygons or the paths of its lines; one path of all its points. */
export function pathsOf(drawing: Drawing): readonly Position[][] {
  switch (drawing.type) {
    case 'Point':
      return [[drawing.coordinates]];
    case 'MultiPoint':
    case 'LineString':
      return [drawing.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return drawing.coordinates;
    case 'MultiPolygon':
      return drawing.coordinates.flat();
    case 'GeometryCollection':
      return drawing.geometries.flatMap(pathsOf);
  }
}

/** A drawing and another one made of its vertices: `contains` is often true. */
function selfMade(random: Random): Pair {
  const drawing = randomDrawing(random);
  const paths = pathsOf(drawing);
  const vertices = paths.flat();
  const vertex = (): Position => vertices[whole(random, 0, vertices.length - 1)] ?? randomPosition(random);
  const path = paths[whole(random, 0, paths.length - 1)] ?? vertices;
  const other = oneOf<() => Drawing>(random, [
    () => drawing,
    () => points(...vertices),
    () => points(vertex(), randomPosition(random)),
    () => line(vertex(), vertex()),
    () => line(vertex(), vertex(), randomPosition(random)),
    () => line(...path),
    () => polygon(ring(vertex(), vertex(), vertex())),
    () => polygon(ring(vertex(), vertex(), randomPosition(random))),
    () => polygon(path.length > 3 ? ring(...path.slice(0, -1)) : ring(vertex(), vertex(), vertex())),
  ])();
  return oneOf<Pair>(random, [
    [drawing, other],
    [other, drawing],
  ]);
}

/** None more often than any other. */
const OFFSETS = [
  [0, 0],
  [0, 0],
  [0, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
] as const;

/** A triangle with four whole steps along one edge, and something at or just beside one of them. */
function besideEdge(random: Random): Pair {
  const start = randomPosition(random);
  const [x = 0, y = 0] = start;
  const [dx, dy] = [whole(random, -2, 2), whole(random, 1, 2)];
  const triangle = ring(start, [x + 4 * dx, y + 4 * dy], randomPosition(random));
  const step = whole(random, 0, 4);
  const [offX, offY] = oneOf(random, OFFSETS);
  const [besideX, besideY] = [x + step * dx + offX, y + step * dy + offY];
  const beside: Position = [besideX, besideY];
  const other = oneOf<() => Drawing>(random, [
    () => point(besideX, besideY),
    () => line(beside, randomPosition(random)),
    () => polygon(ring(beside, randomPosition(random), randomPosition(random))),
    () => polygon(ring(beside, [x + dx, y + dy], randomPosition(random))),
  ])();
  return [polygon(triangle), other];
}

/** Two parcels on either side of one border, each with some of its vertices left out. */
function neighbours(random: Random): Pair {
  const border = Array.from({ length: GRID / 2 + 1 }, (_, i): Position => [6 + whole(random, -1, 1), 2 * i]);
  const thinned = (): Position[] =>
    border.filter((_, i) => i === 0 || i === border.length - 1 || random() < 0.7);
  const gap = whole(random, 0, 1);
  const parcel = (side: number, shift: number): Drawing => {
    const from = whole(random, 0, 3);
    const path = thinned().slice(from, whole(random, from + 2, border.length));
    const [bottom, top] = [path[0]?.[1] ?? 0, path.at(-1)?.[1] ?? 0];
    const shifted = path.map(([x = NaN, y = NaN]): Position => [x + shift, y]);
    return polygon(ring(...shifted, [side, top], [side, bottom]));
  };
  return [parcel(0, 0), parcel(GRID + 2, gap)];
}

/** A polygon with a hole, and something that fills the hole, lies in it, overlaps it or lies beside it. */
function holeAndFilling(random: Random): Pair {
  const [minX, minY] = [whole(random, 1, 4), whole(random, 1, 4)];
  const [maxX, maxY] = [whole(random, 7, 11), whole(random, 7, 11)];
  const hole = oneOf(random, [
    rectangle(minX, minY, maxX, maxY),
    ring([minX, minY], [maxX, minY], [minX, maxY]),
  ]);
  const grown = oneOf(random, [-1, 0, 1]);
  const filling = oneOf<() => Drawing>(random, [
    () => polygon(hole),
    () => line(...hole),
    () => polygon(rectangle(minX - grown, minY - grown, maxX + grown, maxY + grown)),
    () => polygon(ring([minX + 1, minY + 1], [maxX - 4, minY + 1], [minX + 1, maxY - 4 + grown])),
    () => polygon(rectangle(0, whole(random, 0, 2), minX + Math.min(grown, 0), maxY)),
    () => polygon(rectangle(0, 0, GRID, GRID), oneOf(random, [hole, rectangle(minX, minY, maxX, maxY)])),
  ])();
  return [polygon(rectangle(0, 0, GRID, GRID), hole), filling];
}

/** Many-cornered polygons, with holes or not, near each other. */
function stars(random: Random): Pair {
  const radius = oneOf(random, [12, 1000, 100_000]);
  const drawn = (centre: Position, reach: number): Drawing =>
    polygon(star(random, centre, reach), ...(random() < 0.5 ? [star(random, centre, reach / 3)] : []));
  const near = (): number => Math.round((random() - 0.5) * 3 * radius);
  return [drawn([0, 0], radius), drawn([near(), near()], oneOf(random, [radius, radius / 4]))];
}

/** Lines, points and triangles on one line of the grid. */
function alongOneLine(random: Random): Pair {
  const [x, y] = [whole(random, 0, 4), whole(random, 0, 4)];
  const [dx, dy] = [whole(random, -2, 2), whole(random, -2, 2)];
  const somewhere = (): Position => {
    const steps = whole(random, 0, 6);
    return [x + steps * dx, y + steps * dy];
  };
  const drawn = (): Drawing =>
    oneOf<() => Drawing>(random, [
      () => points(somewhere(), somewhere()),
      () => line(somewhere(), somewhere()),
      () => line(somewhere(), somewhere(), somewhere()),
      () => lines([somewhere(), somewhere()], [somewhere(), somewhere()]),
    ])();
  const triangle = (): Drawing => polygon(ring(somewhere(), somewhere(), randomPosition(random)));
  return oneOf<Pair>(random, [
    [drawn(), drawn()],
    [drawn(), drawn()],
    [triangle(), drawn()],
    [triangle(), triangle()],
  ]);
}

/** A shape of many parts, and something that is of its vertices, between its parts, or across them. */
function manyParts(random: Random): Pair {
  const drawing = scattered(random);
  const vertices = pathsOf(drawing).flat();
  const other = oneOf<() => Drawing>(random, [
    () => scattered(random),
    () => randomDrawing(random),
    () => polygon(star(random, [48, 30], 30)),
    () => points(...vertices.filter((_, i) => i % 3 === 0)),
  ])();
  return oneOf<Pair>(random, [
    [drawing, other],
    [other, drawing],
  ]);
}

export const FAMILIES = {
  'any two on the grid': (random: Random): Pair => [randomDrawing(random), randomDrawing(random)],
  'one made of the other': selfMade,
  'beside an edge': besideEdge,
  'neighbours along a border': neighbours,
  'a hole and its filling': holeAndFilling,
  'stars with holes': stars,
  'along one line': alongOneLine,
  'many parts': manyParts,
} as const;
