/**
 * Reading shapes and local parts from a page, as write-shapes.ts writes them. Refuses
 * counts that pass the end, numbers of no vertex, and vertices outside of the root cell.
 */
import type { LocalPart } from '../geometry/local.ts';
import type { Dimension } from '../geometry/part.ts';
import { boxOf, type Coordinates, type Rings, type Shape } from '../geometry/shape.ts';
import type { ByteReader } from './byte-reader.ts';
import type { LayerGeometry } from './catalogue.ts';
import { must } from './corrupt.ts';
import { unzigzag } from './varint.ts';

/** What a local part is, added to its dimension. */
export const COVERS = 4;
export const IS_OVER = 8;

const NO_POINTS: Coordinates = new Float64Array(0);

/** What a layer of `geometry` makes of its parts: polygons, lines, or all points in one. */
export function shapeOfParts(
  geometry: LayerGeometry,
  parts: readonly Rings[] | readonly Coordinates[],
): Shape {
  const points = geometry === 'MultiPoint' && (parts[0] as Coordinates | undefined);
  const shape = {
    points: points || NO_POINTS,
    lines: geometry === 'MultiLineString' ? (parts as readonly Coordinates[]) : [],
    polygons: geometry === 'MultiPolygon' ? (parts as readonly Rings[]) : [],
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
      shapeOfParts(
        geometry,
        list<Rings | Coordinates>(geometry === 'MultiPolygon' ? polygon : line) as Rings[],
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
