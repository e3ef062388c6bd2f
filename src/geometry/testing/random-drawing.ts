/**
 * Random drawings on so small a grid that touches, shared edges and overlaps along one
 * line are the rule. Not all of them are valid.
 */
import type { Position } from 'geojson';
import { line, lines, point, points, polygon, polygons, rectangle, ring, type Drawing } from './drawing.ts';

export type Random = () => number;

/** Coordinates are whole numbers from 0 to this. */
export const GRID = 12;

/** A whole number from `least` to `most`. */
export function whole(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function oneOf<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[whole(random, 0, choices.length - 1)] ?? choices[0];
}

export function randomPosition(random: Random): Position {
  return [whole(random, 0, GRID), whole(random, 0, GRID)];
}

function positions(random: Random, least: number, most: number): Position[] {
  return Array.from({ length: whole(random, least, most) }, () => randomPosition(random));
}

export function randomRing(random: Random, corners = whole(random, 3, 5)): Position[] {
  return ring(...positions(random, corners, corners));
}

/** A rectangle with a rectangle or triangle for a hole, which may touch it. */
function pierced(random: Random): Drawing {
  const [minX, minY] = [whole(random, 0, 5), whole(random, 0, 5)];
  const [maxX, maxY] = [whole(random, minX + 3, GRID), whole(random, minY + 3, GRID)];
  const [left, bottom] = [whole(random, minX, maxX - 2), whole(random, minY, maxY - 2)];
  const [right, top] = [whole(random, left + 1, maxX), whole(random, bottom + 1, maxY)];
  const hole = oneOf(random, [
    rectangle(left, bottom, right, top),
    ring([left, bottom], [right, bottom], [whole(random, left, right), top]),
  ]);
  return polygon(rectangle(minX, minY, maxX, maxY), hole);
}

export function randomDrawing(random: Random): Drawing {
  return oneOf(random, [
    () => point(whole(random, 0, GRID), whole(random, 0, GRID)),
    () => points(...positions(random, 1, 4)),
    () => line(...positions(random, 2, 5)),
    () => lines(positions(random, 2, 3), positions(random, 2, 3)),
    () => polygon(randomRing(random)),
    () => polygon(randomRing(random), randomRing(random)),
    () => pierced(random),
    () => polygons([randomRing(random)], [randomRing(random)]),
  ])();
}

/** A ring around a centre that never crosses itself; its corners lie up to `radius` steps away. */
export function star(
  random: Random,
  [x = 0, y = 0]: Position,
  radius: number,
  corners = oneOf(random, [5, 12, 40, 120]),
): Position[] {
  return ring(
    ...Array.from({ length: corners }, (_, i) => {
      const [angle, reach] = [(2 * Math.PI * i) / corners, radius * (0.5 + random() / 2)];
      return [Math.round(x + reach * Math.cos(angle)), Math.round(y + reach * Math.sin(angle))];
    }),
  );
}

/** Enough parts for a tree of their boxes to have levels. */
const PARTS = 40;

/** Many small parts, each in a square of its own, now and then touching those beside it. */
export function scattered(random: Random): Drawing {
  const squares = Array.from({ length: PARTS }, (_, i): Position => [
    (i % 8) * GRID,
    Math.floor(i / 8) * GRID,
  ]);
  const kept = squares.filter(() => random() < 0.8);
  const within = ([x = 0, y = 0]: Position): Position => [
    x + whole(random, 0, GRID),
    y + whole(random, 0, GRID),
  ];
  return oneOf<() => Drawing>(random, [
    () => points(...kept.map(within)),
    () => lines(...kept.map((square) => [within(square), within(square)])),
    () => polygons(...kept.map((square) => [ring(within(square), within(square), within(square))])),
  ])();
}
