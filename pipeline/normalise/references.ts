/**
 * What rows of a source say of other rows of it, read before any of those: the name of a servitude
 * for its perimeters, the sheet on which a parcel lies. What is told twice and differently is not known.
 */
import gdal, { type Geometry } from 'gdal-async';

interface Place {
  readonly value: string;
  readonly geometry: Geometry;
}

/** Of a thing that lies across two places, the share that makes it belong to one. */
const MAJORITY = 0.5;

/** The area of what both cover; nothing where the geometries are too broken to tell. */
function sharedArea(a: Geometry, b: Geometry): number {
  try {
    return areaOf(a.intersection(b));
  } catch {
    return 0;
  }
}

function areaOf(geometry: Geometry): number {
  if (geometry instanceof gdal.Polygon || geometry instanceof gdal.MultiPolygon) return geometry.getArea();
  if (!(geometry instanceof gdal.GeometryCollection)) return 0;
  return [...geometry.children].reduce((sum, part) => sum + areaOf(part), 0);
}

export class References {
  readonly #texts = new Map<string, string | null>();
  readonly #places = new Map<string, Place[]>();

  /** Tells the text of `kind` for `key`. */
  tell(kind: string, key: string, text: string): void {
    const at = `${kind} ${key}`;
    const known = this.#texts.get(at);
    this.#texts.set(at, known === undefined || known === text ? text : null);
  }

  /** `null` when it was not told, or was told differently. */
  find(kind: string, key: string): string | null {
    return this.#texts.get(`${kind} ${key}`) ?? null;
  }

  /** Tells that `value` of `kind` lies at `geometry`, one of those that `key` names. */
  tellPlace(kind: string, key: string, place: Place): void {
    const at = `${kind} ${key}`;
    const known = this.#places.get(at);
    if (known === undefined) this.#places.set(at, [place]);
    else known.push(place);
  }

  /** The value at the place where most of `geometry` lies; the only one there is, whatever the geometry. */
  findPlace(kind: string, key: string, geometry: Geometry | null): string | null {
    const places = this.#places.get(`${kind} ${key}`) ?? [];
    const values = new Set(places.map(({ value }) => value));
    if (values.size === 1) return places[0]?.value ?? null;
    if (geometry === null || geometry.isEmpty()) return null;
    const least = areaOf(geometry) * MAJORITY;
    return places.find((place) => sharedArea(place.geometry, geometry) > least)?.value ?? null;
  }
}
