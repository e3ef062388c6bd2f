/** Who is measured: each makes geometries of its own from drawings, and answers for two of them. */
import { booleanIntersects } from '@turf/boolean-intersects';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Point, Polygon } from 'geojson';
import GeometryFactory from 'jsts/org/locationtech/jts/geom/GeometryFactory.js';
import WKTReader from 'jsts/org/locationtech/jts/io/WKTReader.js';
import RelateOp from 'jsts/org/locationtech/jts/operation/relate/RelateOp.js';
import { toDegrees } from '../../src/geometry/lattice.ts';
import type { Prepared } from '../../src/geometry/prepare.ts';
import type { Shape } from '../../src/geometry/shape.ts';
import { bundled } from './bundled.ts';
import { moved, shapeOfDrawing, wktOf, type Drawing } from '../../src/geometry/testing/drawing.ts';

const { intersects, prepare } = await bundled();

export interface Contestant<T = unknown> {
  readonly name: string;
  /** From a drawing in lattice steps, or in degrees. */
  readonly make: (drawing: Drawing) => T;
  readonly intersects: (a: T, b: T) => boolean;
}

interface JstsGeometry {
  getEnvelopeInternal(): { intersects(other: unknown): boolean };
}
// jsts types its arguments and answers as anything or as classes that it does not export.
const reader = new WKTReader(new GeometryFactory());
const read = (wkt: string): JstsGeometry => reader.read(wkt) as JstsGeometry;
const relate: (a: unknown, b: unknown) => { isIntersects(): boolean } = RelateOp.relate.bind(RelateOp);

const jstsOf = (drawing: Drawing): JstsGeometry => read(wktOf(drawing));

/** As JTS's own `Geometry.intersects`: envelopes first, then the whole matrix. */
const jsts: Contestant<JstsGeometry> = {
  name: 'jsts',
  make: jstsOf,
  intersects: (a, b) =>
    a.getEnvelopeInternal().intersects(b.getEnvelopeInternal()) && relate(a, b).isIntersects(),
};

const turf: Contestant<Drawing> = {
  name: 'turf',
  make: (drawing) => drawing,
  intersects: (a, b) => booleanIntersects(a, b),
};

const turfPoint: Contestant<Drawing> = {
  name: 'turf point-in-polygon',
  make: (drawing) => drawing,
  intersects: (a, b) => booleanPointInPolygon(a as Point, b as Polygon),
};

const ours: Contestant<Shape> = { name: 'ours', make: shapeOfDrawing, intersects };

/** Makes a query ready when it is not the one asked before. */
function preparing(): Contestant<Shape> {
  let last: { readonly query: Shape; readonly prepared: Prepared } | undefined;
  return {
    name: 'ours, prepared',
    make: shapeOfDrawing,
    intersects(a, b) {
      if (last?.query !== a) last = { query: a, prepared: prepare(a) };
      return last.prepared.intersects(b);
    },
  };
}

/** Ours take drawings in lattice steps, by way of degrees as all that comes from outside. */
export const OURS = [ours, preparing()] as readonly Contestant[];

/** Not among them: the prepared polygons of jsts 2.12.1, whose constructor throws. */
const THEIRS = [jsts, turf] as readonly Contestant[];

const inDegrees = (contestant: Contestant): Contestant => ({
  ...contestant,
  name: `${contestant.name}, degrees`,
  make: (drawing) => contestant.make(moved(drawing, (x, y) => [toDegrees(x), toDegrees(y)])),
});

/** All others, on integers and in degrees. */
export function peers(arePoints: boolean): readonly Contestant[] {
  const all = arePoints ? [...THEIRS, turfPoint as Contestant] : THEIRS;
  return all.flatMap((contestant) => [contestant, inDegrees(contestant)]);
}
