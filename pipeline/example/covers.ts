/**
 * Where the national sources tell of the example territory: the box of each département's
 * communes. Outside of them nothing is known, which is not the same as nothing there.
 */
import gdal from 'gdal-async';
import type { Grid } from './frontier.ts';
import { communesOf, gridOf, GRIDS, type Plans } from './territory.ts';

/** [minLon, minLat, maxLon, maxLat] in degrees. */
export type DegreeBox = readonly [number, number, number, number];

/** A ten-thousandth of a degree outwards, so that what lies on the frontier is covered. */
const GRAIN = 1e4;

function boxOfPoints(points: readonly (readonly [number, number])[]): DegreeBox {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const down = (values: number[]): number => Math.floor(Math.min(...values) * GRAIN) / GRAIN;
  const up = (values: number[]): number => Math.ceil(Math.max(...values) * GRAIN) / GRAIN;
  return [down(xs), down(ys), up(xs), up(ys)];
}

function toDegrees({ epsg }: Grid): (x: number, y: number) => readonly [number, number] {
  const from = gdal.SpatialReference.fromEPSG(epsg);
  const way = new gdal.CoordinateTransformation(from, gdal.SpatialReference.fromUserInput('OGC:CRS84'));
  return (x, y) => {
    const place = way.transformPoint(x, y);
    return [place.x, place.y];
  };
}

/** The boxes of the départements `only`, or of all. */
export function coversOf(plans: Plans, only: readonly string[] = Object.keys(GRIDS)): DegreeBox[] {
  return only.map((departement) => {
    const degrees = toDegrees(gridOf(departement));
    const contours = communesOf(departement).flatMap(({ codeInsee }) => plans.of(codeInsee).contour);
    return boxOfPoints(contours.map(([x, y]) => degrees(x, y)));
  });
}
