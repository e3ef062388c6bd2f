/**
 * Geometries of the example's rows, and their well-known binary, the form in which
 * GDAL takes them fastest. Rings are written as they are: a defect stays a defect.
 */
import type { Point, Ring, Surface } from './ring.ts';

export type Shape =
  | { readonly type: 'Point'; readonly coordinates: Point }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Point[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Point[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Point[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: Surface }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Surface[] };

/** A polygon of one surface. */
export function polygon(...rings: Ring[]): Shape {
  return { type: 'Polygon', coordinates: rings };
}

/** A polygon where one is enough, else a multipolygon: a shapefile does the same. */
export function area(surfaces: readonly Surface[]): Shape {
  const [only] = surfaces;
  return only && surfaces.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: surfaces };
}

/** A multipolygon, whatever the number of surfaces. */
export function multi(surfaces: readonly Surface[]): Shape {
  return { type: 'MultiPolygon', coordinates: surfaces };
}

/** The codes of OGC 06-103r4, table 5. */
const CODES = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
} as const;
/** Added to a code when coordinates have three members. */
const WITH_Z = 1000;

/** Bytes are counted first and written once: the heaviest shapes pass a megabyte. */
class Pen {
  #buffer = Buffer.alloc(0);
  #length = 0;
  readonly #altitude: number | undefined;

  constructor(altitude: number | undefined) {
    this.#altitude = altitude;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #room(bytes: number): number {
    const start = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(this.#length, 2 * this.#buffer.length, 512));
      this.#buffer.copy(grown);
      this.#buffer = grown;
    }
    return start;
  }

  /** Byte order, then type. */
  head(type: keyof typeof CODES): void {
    const at = this.#room(5);
    this.#buffer[at] = 1;
    this.#buffer.writeUInt32LE(CODES[type] + (this.#altitude === undefined ? 0 : WITH_Z), at + 1);
  }

  /** A number of things, then the things. */
  each<T>(list: readonly T[], write: (item: T) => void): void {
    const at = this.#room(4);
    this.#buffer.writeUInt32LE(list.length, at);
    list.forEach(write);
  }

  readonly point = ([x, y]: Point): void => {
    const at = this.#room(this.#altitude === undefined ? 16 : 24);
    this.#buffer.writeDoubleLE(x, at);
    this.#buffer.writeDoubleLE(y, at + 8);
    if (this.#altitude !== undefined) this.#buffer.writeDoubleLE(this.#altitude, at + 16);
  };

  readonly line = (points: readonly Point[]): void => {
    this.each(points, this.point);
  };
}

function write(pen: Pen, shape: Shape): void {
  pen.head(shape.type);
  const part =
    <T>(type: keyof typeof CODES, body: (item: T) => void) =>
    (item: T): void => {
      pen.head(type);
      body(item);
    };
  const rings = (surface: Surface): void => {
    pen.each(surface, pen.line);
  };
  switch (shape.type) {
    case 'Point':
      pen.point(shape.coordinates);
      break;
    case 'LineString':
      pen.line(shape.coordinates);
      break;
    case 'Polygon':
      rings(shape.coordinates);
      break;
    case 'MultiPoint':
      pen.each(shape.coordinates, part('Point', pen.point));
      break;
    case 'MultiLineString':
      pen.each(shape.coordinates, part('LineString', pen.line));
      break;
    case 'MultiPolygon':
      pen.each(shape.coordinates, part('Polygon', rings));
      break;
  }
}

/** Little-endian WKB; three-dimensional when an altitude (metres, one for all) is given. */
export function toWkb(shape: Shape, altitude?: number): Buffer {
  const pen = new Pen(altitude);
  write(pen, shape);
  return pen.bytes;
}
