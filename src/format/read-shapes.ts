/**
 * Reading shapes and local parts from a page, as write-shapes.ts writes them. Refuses
 * counts that pass the end, numbers of no vertex, and vertices outside of the root cell.
 */
import type { LocalPart } from '../geometry/local.ts';
import { boxOf, type Coordinates, type Dimension, type Rings, type Shape } from '../geometry/shape.ts';
import type { ByteReader } from './byte-reader.ts';
import type { LayerGeometry } from './catalogue.ts';
import { must } from './corrupt.ts';
import { unzigzag } from './varint.ts';

/** What a local part is, added to its dimension. */
export const COVERS = 4;
export const IS_OVER = 8;

const NO_POINTS: Coordinates = new Float64Array(0);

/** A shape as a layer of `geometry` has them: of polygons, or of paths, of which points have one. */
export function readShape(
  geometry: LayerGeometry,
  readPolygons: () => readonly Rings[],
  readPaths: () => readonly Coordinates[],
): Shape {
  const isArea = geometry === 'MultiPolygon';
  const isPoints = geometry === 'MultiPoint';
  const paths = isArea ? [] : readPaths();
  const shape = {
    points: (isPoints && paths[0]) || NO_POINTS,
    lines: isPoints ? [] : paths,
    polygons: isArea ? readPolygons() : [],
  };
  return { ...shape, box: boxOf(shape) };
}

export interface ShapeReader {
  readonly shape: (geometry: LayerGeometry) => Shape;
  readonly part: () => LocalPart;
}

type Vertex = readonly [x: number, y: number];

/** Reads on from where `bytes` stand. All of it throws RangeError. */
export function readShapes({ varint, signed, list }: ByteReader): ShapeReader {
  const known: Vertex[] = [];
  let last = 0;
  const vertex = (): Vertex => {
    const head = varint();
    const step = unzigzag(Math.floor(head / 2));
    const [x, y] = known[last] ?? [0, 0];
    last = head % 2 === 1 ? last + step : known.push([x + step, y + signed()]) - 1;
    return must(known[last], 'vertex');
  };
  const line = (): Coordinates => new Float64Array(list(vertex).flat());
  const ring = (): Coordinates => {
    const open = list(vertex);
    return new Float64Array([...open, ...open.slice(0, 1)].flat());
  };
  const polygon = (): Rings => list(ring);
  return {
    shape: (geometry) =>
      readShape(
        geometry,
        () => list(polygon),
        () => list(line),
      ),
    part: () => {
      const flags = varint();
      const covers = flags % IS_OVER >= COVERS;
      return {
        dimension: (flags % COVERS) as Dimension,
        covers,
        isOver: flags >= IS_OVER,
        chains: covers ? [] : list(line),
      };
    },
  };
}
