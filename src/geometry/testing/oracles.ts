/**
 * What others say of two drawings: GEOS, as GDAL has it, and JTS, as jsts has it. Both
 * want valid geometries, and both compute crossing points in doubles, so that either may
 * take a point that is not a whole number of steps for another one: see `referee.ts`.
 */
import gdal from 'gdal-async';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import WKTReader from 'jsts/org/locationtech/jts/io/WKTReader.js';
import RelateOp from 'jsts/org/locationtech/jts/operation/relate/RelateOp.js';

export interface Verdict {
  readonly intersects: boolean;
  readonly contains: boolean;
}

/** What an oracle says of `a` and `b`, in WKT. */
export type Oracle = (a: string, b: string) => Verdict;

export const geos: Oracle = (a, b) => {
  const [one, other] = [gdal.Geometry.fromWKT(a), gdal.Geometry.fromWKT(b)];
  return { intersects: one.intersects(other), contains: one.contains(other) };
};

interface Matrix {
  isIntersects(): boolean;
  isContains(): boolean;
}

// jsts types its arguments and answers as anything or as classes that it does not export.
const reader = new WKTReader(new GeometryFactory());
const read: (wkt: string) => unknown = reader.read.bind(reader);
const relate: (a: unknown, b: unknown) => Matrix = RelateOp.relate.bind(RelateOp);

export const jts: Oracle = (a, b) => {
  const matrix = relate(read(a), read(b));
  return { intersects: matrix.isIntersects(), contains: matrix.isContains() };
};

export function isValid(wkt: string): boolean {
  return gdal.Geometry.fromWKT(wkt).isValid();
}
