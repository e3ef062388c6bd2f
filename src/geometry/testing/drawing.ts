/**
 * Drawings: GeoJSON geometries in whole lattice steps, for tests that care about every
 * single step. Writes them as shapes for us and as WKT for others.
 */
import type { Geometry, LineString, MultiPoint, Point, Polygon, Position } from 'geojson';
import { toDegrees } from '../lattice.ts';
import { shapeOf, type Shape } from '../shape.ts';

/** Coordinates are lattice steps where GeoJSON has degrees. */
export type Drawing = Geometry;

export const point = (x: number, y: number): Point => ({ type: 'Point', coordinates: [x, y] });

export const points = (...coordinates: Position[]): MultiPoint => ({ type: 'MultiPoint', coordinates });

export const line = (...coordinates: Position[]): LineString => ({ type: 'LineString', coordinates });

export const lines = (...coordinates: Position[][]): Drawing => ({ type: 'MultiLineString', coordinates });

export const polygon = (...coordinates: Position[][]): Polygon => ({ type: 'Polygon', coordinates });

export const polygons = (...coordinates: Position[][][]): Drawing => ({ type: 'MultiPolygon', coordinates });

export const collection = (...geometries: Drawing[]): Drawing => ({ type: 'GeometryCollection', geometries });

/** The ring of a rectangle. */
export function rectangle(minX: number, minY: number, maxX: number, maxY: number): Position[] {
  return [
    [minX, minY],
    [maxX, minY],
    [maxX, maxY],
    [minX, maxY],
    [minX, minY],
  ];
}

/** Closes a ring given by its corners. */
export function ring(...corners: Position[]): Position[] {
  return [...corners, ...corners.slice(0, 1)];
}

type Move = (x: number, y: number) => Position;

/** A drawing with every position moved. */
export function moved(drawing: Drawing, move: Move): Drawing {
  const to = ([x = NaN, y = NaN]: Position): Position => move(x, y);
  switch (drawing.type) {
    case 'Point':
      return { ...drawing, coordinates: to(drawing.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { ...drawing, coordinates: drawing.coordinates.map(to) };
    case 'MultiLineString':
    case 'Polygon':
      return { ...drawing, coordinates: drawing.coordinates.map((path) => path.map(to)) };
    case 'MultiPolygon':
      return {
        ...drawing,
        coordinates: drawing.coordinates.map((rings) => rings.map((path) => path.map(to))),
      };
    case 'GeometryCollection':
      return { ...drawing, geometries: drawing.geometries.map((member) => moved(member, move)) };
  }
}

/** The shape of a drawing, by way of degrees as any query comes. */
export function shapeOfDrawing(drawing: Drawing): Shape {
  return shapeOf(moved(drawing, (x, y) => [toDegrees(x), toDegrees(y)]));
}

/** Nested lists of positions in WKT's parentheses. */
function nested(list: readonly unknown[]): string {
  const items = list.map((item) =>
    Array.isArray(item) && Array.isArray(item[0])
      ? nested(item)
      : Array.isArray(item)
        ? item.join(' ')
        : String(item),
  );
  return `(${items.join(', ')})`;
}

/** The drawing as well-known text, its numbers in lattice steps. */
export function wktOf(drawing: Drawing): string {
  if (drawing.type === 'GeometryCollection') {
    return `GEOMETRYCOLLECTION (${drawing.geometries.map(wktOf).join(', ')})`;
  }
  const coordinates = drawing.type === 'Point' ? [drawing.coordinates] : drawing.coordinates;
  return `${drawing.type.toUpperCase()} ${nested(coordinates)}`;
}
