/**
 * One geometry of a producer made a valid shape on the lattice, or a named reject.
 * Rounding to the lattice can break what was valid, so validity is judged after it,
 * by GEOS, on the integers.
 */
import gdal, { type CoordinateTransformation, type Geometry, type Polygon } from 'gdal-async';
import type { LayerGeometry } from '../../src/format/catalogue.ts';
import { boxOf, type Coordinates, type Rings, type Shape } from '../../src/geometry/shape.ts';
import { messageOf } from '../errors.ts';
import { misplaced, type Bounds } from './bounds.ts';
import { Reject } from './reject.ts';
import { cleanPolygon, orient, withoutRepeats } from './rings.ts';
import { readWkb, writePolygons, type WkbParts } from './wkb.ts';

/** GEOS's own repair introduces vertices off the lattice; rounding them may need another turn. */
const MAX_TURNS = 8;

export interface GeometryPlan {
  readonly geometry: NonNullable<LayerGeometry>;
  readonly transformation: CoordinateTransformation;
  readonly bounds: Bounds;
}

function reproject(geometry: Geometry, transformation: CoordinateTransformation): void {
  try {
    geometry.transform(transformation);
  } catch (error) {
    throw new Reject(`cannot be reprojected: ${messageOf(error)}`);
  }
}

function readParts(geometry: Geometry): WkbParts {
  try {
    return readWkb(geometry.toWKB(), 'degrees');
  } catch (error) {
    throw new Reject(`cannot be read: ${messageOf(error)}`);
  }
}

function isValid(polygons: readonly Rings[]): boolean {
  return gdal.Geometry.fromWKB(writePolygons(polygons)).isValid();
}

/** The areas of a geometry; the lines and points to which MakeValid reduces spikes are none. */
function polygonsIn(geometry: Geometry): Polygon[] {
  if (geometry instanceof gdal.Polygon) return [geometry];
  return geometry instanceof gdal.GeometryCollection ? [...geometry.children].flatMap(polygonsIn) : [];
}

function unionOf(polygons: readonly Polygon[]): Geometry {
  const parts = new gdal.MultiPolygon();
  for (const polygon of polygons) parts.children.add(polygon);
  return parts.unionCascaded();
}

/** What a ring surrounds; of one that crosses itself, every loop. */
function areasWithin(ring: Coordinates): Polygon[] {
  return polygonsIn(gdal.Geometry.fromWKB(writePolygons([[ring]])).makeValid());
}

/**
 * The shell without its holes; a hole that lies outside of it is ground. Ring by ring, because
 * MakeValid over all of them fills a hole that shares an edge with its shell.
 */
function areasOf([shell = new Float64Array(), ...holes]: Rings): Polygon[] {
  const ground = unionOf(areasWithin(shell));
  return polygonsIn(ground.symDifference(unionOf(holes.flatMap(areasWithin))));
}

/**
 * The polygons as one valid geometry. Parts that overlap are joined: MakeValid over all of them
 * would take the place that two parts cover for outside of both.
 */
function makeValid(polygons: readonly Rings[]): Geometry {
  return unionOf(polygons.flatMap(areasOf));
}

/** Valid polygons of the same area. */
function repair(polygons: readonly Rings[], note: (repair: string) => void): Rings[] {
  let current = [...polygons];
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    current = cleanPolygons(readWkb(makeValid(current).toWKB(), 'lattice').polygons, () => undefined);
    if (current.length === 0) throw new Reject('encloses nothing on the lattice');
    if (isValid(current)) {
      note('invalid geometry: made valid');
      return current;
    }
  }
  throw new Reject(`still invalid after ${MAX_TURNS} repairs`);
}

function cleanPolygons(polygons: readonly Rings[], note: (repair: string) => void): Rings[] {
  return polygons.map((rings) => cleanPolygon(rings, note)).filter((rings) => rings !== null);
}

function polygonShape(parts: WkbParts, note: (repair: string) => void): Rings[] {
  const clean = cleanPolygons(parts.polygons, note);
  if (clean.length === 0) throw new Reject('encloses nothing on the lattice');
  return (isValid(clean) ? clean : repair(clean, note)).map(orient);
}

/** The parts that the layer is made of; a mixture of types loses nothing without being refused. */
function partsOf(
  parts: WkbParts,
  geometry: NonNullable<LayerGeometry>,
  note: (repair: string) => void,
): Omit<Shape, 'box'> {
  const found = { MultiPoint: parts.points, MultiLineString: parts.lines, MultiPolygon: parts.polygons };
  const others = Object.entries(found).filter(([type, list]) => type !== geometry && list.length > 0);
  if (others.length > 0) throw new Reject(`holds a ${others[0]?.[0] ?? ''} where ${geometry} is expected`);
  const none = { points: new Float64Array(), lines: [], polygons: [] };
  switch (geometry) {
    case 'MultiPoint':
      return { ...none, points: Float64Array.from(parts.points) };
    case 'MultiLineString': {
      const lines = parts.lines.map(withoutRepeats).filter((line) => line.length >= 4);
      if (lines.length < parts.lines.length) note('a line collapsed on the lattice: dropped');
      return { ...none, lines };
    }
    case 'MultiPolygon':
      return { ...none, polygons: polygonShape(parts, note) };
  }
}

function assertFinite(parts: WkbParts): void {
  const finite = (xy: Iterable<number>): boolean => {
    for (const value of xy) if (!Number.isFinite(value)) return false;
    return true;
  };
  const sound = finite(parts.points) && parts.lines.every(finite) && parts.polygons.flat().every(finite);
  if (!sound) throw new Reject('holds a coordinate that is not a number');
}

/**
 * The shape of `geometry`, which is changed; `note` is told each repair.
 * @throws Reject with the reason when nothing right can be made of it.
 */
export function normaliseGeometry(
  geometry: Geometry | null,
  plan: GeometryPlan,
  note: (repair: string) => void,
): Shape {
  if (geometry === null || geometry.isEmpty()) throw new Reject('has no geometry');
  reproject(geometry, plan.transformation);
  const parts = readParts(geometry);
  assertFinite(parts);
  if (parts.flattened) note('a third dimension: dropped');
  const placed = boxOf({
    points: Float64Array.from(parts.points),
    lines: parts.lines,
    polygons: parts.polygons,
  });
  const trouble = misplaced(placed, plan.bounds);
  if (trouble !== null) throw new Reject(trouble);
  const shape = partsOf(parts, plan.geometry, note);
  const box = boxOf(shape);
  if (box[0] > box[2]) throw new Reject('has no geometry left on the lattice');
  return { ...shape, box };
}
