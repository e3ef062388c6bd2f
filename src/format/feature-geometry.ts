/**
 * The geometry of an encoded feature as GeoJSON. Refuses counts and ends that its
 * coordinates contradict, coordinates that are no numbers, and other types than the
 * six simple ones.
 */
import type { Geometry as Encoded } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import type { Geometry, Position } from 'geojson';

/** All positions of `encoded`. */
function positionsOf(encoded: Encoded): Position[] {
  const xy = encoded.xyArray();
  if (xy === null || xy.length === 0 || xy.length % 2 !== 0) throw new RangeError('no coordinates');
  const positions: Position[] = [];
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i] ?? NaN, xy[i + 1] ?? NaN];
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new RangeError(`coordinates ${x} ${y}`);
    positions.push([x, y]);
  }
  return positions;
}

/** The positions of each line or ring; a single one has no `ends`. */
function linesOf(encoded: Encoded): Position[][] {
  const positions = positionsOf(encoded);
  const ends = encoded.endsArray() ?? [];
  if (ends.length === 0) return [positions];
  const lines: Position[][] = [];
  let start = 0;
  for (const end of ends) {
    if (end <= start) throw new RangeError(`a part that ends at ${end} and starts at ${start}`);
    lines.push(positions.slice(start, end));
    start = end;
  }
  if (start !== positions.length)
    throw new RangeError(`parts of ${start} positions among ${positions.length}`);
  return lines;
}

function polygonsOf(encoded: Encoded, byteLength: number): Position[][][] {
  const count = encoded.partsLength();
  // Each takes at least the four bytes that point to it; a greater count would loop for ever.
  if (count === 0 || count * 4 > byteLength) throw new RangeError(`${count} parts`);
  return Array.from({ length: count }, (_, i) => {
    const part = encoded.parts(i);
    if (part === null) throw new RangeError('a part that is missing');
    return linesOf(part);
  });
}

type Reader = (encoded: Encoded, byteLength: number) => Geometry;

const READERS: ReadonlyMap<GeometryType, Reader> = new Map<GeometryType, Reader>([
  [GeometryType.Point, (encoded) => ({ type: 'Point', coordinates: positionsOf(encoded)[0] ?? [] })],
  [GeometryType.MultiPoint, (encoded) => ({ type: 'MultiPoint', coordinates: positionsOf(encoded) })],
  [GeometryType.LineString, (encoded) => ({ type: 'LineString', coordinates: positionsOf(encoded) })],
  [GeometryType.MultiLineString, (encoded) => ({ type: 'MultiLineString', coordinates: linesOf(encoded) })],
  [GeometryType.Polygon, (encoded) => ({ type: 'Polygon', coordinates: linesOf(encoded) })],
  [
    GeometryType.MultiPolygon,
    (encoded, byteLength) => ({ type: 'MultiPolygon', coordinates: polygonsOf(encoded, byteLength) }),
  ],
]);

/**
 * The GeoJSON of `encoded`, which lies in a buffer of `byteLength`.
 * @throws RangeError when it contradicts itself.
 */
export function geometryOf(encoded: Encoded, layerType: GeometryType, byteLength: number): Geometry {
  const type = layerType === GeometryType.Unknown ? encoded.type() : layerType;
  const read = READERS.get(type);
  if (read === undefined) throw new RangeError(`geometry type ${type}`);
  return read(encoded, byteLength);
}
