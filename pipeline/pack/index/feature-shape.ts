/** The shape of an encoded feature, and what can be said of it without making one. */
import type { LayerGeometry } from '../../../src/format/catalogue.ts';
import { LATTICE, type Box } from '../../../src/geometry/lattice.ts';
import { boxOf, type Coordinates, type Shape } from '../../../src/geometry/shape.ts';
import { deltaCost, PATH_COST } from './cost.ts';
import { visitGeometry, type EncodedFeature } from './encoded-feature.ts';

/** Coordinates taken from one array at a time: an array for each path costs more than reading it. */
const POOL = 1 << 14;
let pool = new Float64Array(POOL);
let used = 0;

function allocate(length: number): Coordinates {
  if (length > POOL / 8) return new Float64Array(length);
  if (used + length > POOL) [pool, used] = [new Float64Array(POOL), 0];
  used += length;
  return pool.subarray(used - length, used);
}

function toLattice(degrees: number): number {
  return Math.round(degrees * LATTICE) + 0;
}

function coordinates(view: DataView, start: number, vertices: number): Coordinates {
  const xy = allocate(2 * vertices);
  for (let i = 0, at = start; i < xy.length; i++, at += 8) xy[i] = toLattice(view.getFloat64(at, true));
  return xy;
}

const NO_POINTS: Coordinates = new Float64Array(0);

/** The shape of a feature of a layer of `geometry`; `null` when it has no place. */
export function shapeOf(feature: EncodedFeature, geometry: LayerGeometry): Shape | null {
  const { view } = feature.chunk;
  const polygons: Coordinates[][] = [];
  const paths: Coordinates[] = [];
  visitGeometry(
    feature,
    geometry,
    (at, vertices) => (polygons.at(-1) ?? paths).push(coordinates(view, at, vertices)),
    () => polygons.push([]),
  );
  const points = geometry === 'MultiPoint' ? (paths[0] ?? NO_POINTS) : NO_POINTS;
  const parts = { points, lines: geometry === 'MultiLineString' ? paths : [], polygons };
  const isNone = points.length === 0 && paths.length === 0 && polygons.length === 0;
  return isNone ? null : { ...parts, box: boxOf(parts) };
}

/** What pages and cells must know of a shape. */
export interface Measures {
  /** In lattice steps. */
  readonly box: Box;
  /** Its first vertex. */
  readonly first: readonly [x: number, y: number];
  /** What its geometry costs a page. */
  readonly cost: number;
}

/** The measures of a feature, without its shape; `null` when it has no place. */
export function measure(feature: EncodedFeature, geometry: LayerGeometry): Measures | null {
  const { view } = feature.chunk;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  let [x, y, firstX, firstY, cost] = [NaN, NaN, NaN, NaN, 0];
  visitGeometry(feature, geometry, (start, vertices) => {
    cost += PATH_COST;
    for (let at = start; at < start + 16 * vertices; at += 16) {
      const [oldX, oldY] = [x, y];
      x = toLattice(view.getFloat64(at, true));
      y = toLattice(view.getFloat64(at + 8, true));
      if (at > start) cost += deltaCost(x - oldX) + deltaCost(y - oldY);
      else if (minX === Infinity) [firstX, firstY] = [x, y];
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  });
  return minX === Infinity ? null : { box: [minX, minY, maxX, maxY], first: [firstX, firstY], cost };
}
