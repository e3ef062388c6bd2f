/**
 * Well-known binary, the only form in which geometries cross between GDAL and us:
 * one call a feature instead of one a coordinate.
 */
import { toLattice } from '../../src/geometry/lattice.ts';
import type { Coordinates, Rings } from '../../src/geometry/shape.ts';

/** What a WKB holds, on the lattice. */
export interface WkbParts {
  points: number[];
  lines: Coordinates[];
  polygons: Rings[];
  /** Whether a third or fourth dimension was left out. */
  flattened: boolean;
}

const POINT = 1;
const LINE = 2;
const POLYGON = 3;
const COLLECTIONS: ReadonlySet<number> = new Set([4, 5, 6, 7]);
const OLD_Z_BIT = 0x80000000;

class WkbReader {
  readonly #view: DataView;
  readonly #parts: WkbParts;
  readonly #lattice: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, parts: WkbParts, lattice: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#parts = parts;
    this.#lattice = lattice;
  }

  geometry(): void {
    const little = this.#view.getUint8(this.#at) === 1;
    const code = this.#view.getUint32(this.#at + 1, little);
    this.#at += 5;
    // Two conventions: OGC's old bit for Z, and ISO's thousands (1 Z, 2 M, 3 ZM).
    const iso = Math.floor((code % OLD_Z_BIT) / 1000);
    const type = (code % OLD_Z_BIT) % 1000;
    const extra = code >= OLD_Z_BIT ? 1 : iso === 3 ? 2 : iso === 0 ? 0 : 1;
    if (extra > 0) this.#parts.flattened = true;
    if (type === POINT) this.#parts.points.push(...this.#positions(1, extra, little));
    else if (type === LINE) this.#parts.lines.push(this.#sequence(extra, little));
    else if (type === POLYGON) {
      this.#parts.polygons.push(
        Array.from({ length: this.#count(little) }, () => this.#sequence(extra, little)),
      );
    } else if (COLLECTIONS.has(type)) for (let n = this.#count(little); n > 0; n--) this.geometry();
    else throw new Error(`geometry type ${type} is not a simple feature (a curve?)`);
  }

  #count(little: boolean): number {
    const count = this.#view.getUint32(this.#at, little);
    this.#at += 4;
    return count;
  }

  #sequence(extra: number, little: boolean): Coordinates {
    return this.#positions(this.#count(little), extra, little);
  }

  #positions(count: number, extra: number, little: boolean): Float64Array {
    const xy = new Float64Array(2 * count);
    for (let i = 0; i < xy.length; i += 2) {
      xy[i] = this.#ordinate(this.#at, little);
      xy[i + 1] = this.#ordinate(this.#at + 8, little);
      this.#at += 8 * (2 + extra);
    }
    return xy;
  }

  #ordinate(at: number, little: boolean): number {
    const value = this.#view.getFloat64(at, little);
    return this.#lattice ? Math.round(value) : toLattice(value);
  }
}

/**
 * Reads a WKB of degrees, or of lattice coordinates when `unit` says so, onto the lattice.
 * @throws Error on curves and surfaces, which are no simple features.
 */
export function readWkb(bytes: Uint8Array, unit: 'degrees' | 'lattice'): WkbParts {
  const parts: WkbParts = { points: [], lines: [], polygons: [], flattened: false };
  new WkbReader(bytes, parts, unit === 'lattice').geometry();
  return parts;
}

/** A MultiPolygon of lattice coordinates as WKB, for GEOS to judge on whole numbers. */
export function writePolygons(polygons: readonly Rings[]): Buffer {
  const ringBytes = (ring: Coordinates): number => 4 + 8 * ring.length;
  const polygonBytes = (rings: Rings): number => 9 + rings.reduce((sum, ring) => sum + ringBytes(ring), 0);
  const bytes = Buffer.alloc(9 + polygons.reduce((sum, rings) => sum + polygonBytes(rings), 0));
  let at = 0;
  const head = (type: number, count: number): void => {
    bytes.writeUInt8(1, at);
    bytes.writeUInt32LE(type, at + 1);
    bytes.writeUInt32LE(count, at + 5);
    at += 9;
  };
  head(6, polygons.length);
  for (const rings of polygons) {
    head(POLYGON, rings.length);
    for (const ring of rings) {
      at = bytes.writeUInt32LE(ring.length / 2, at);
      for (const value of ring) at = bytes.writeDoubleLE(value, at);
    }
  }
  return bytes;
}
