/**
 * The `crs` member of GeoJSON as it was before RFC 7946. API Carto itself still writes
 * one, so an answer of its can be passed back as a query. Refuses any system but
 * longitude and latitude in WGS84, under all of its usual names.
 */
import { isObject } from '../../format/checks.ts';
import { refuseValue } from './refusal.ts';

const WGS84 =
  /^(?:urn:ogc:def:crs:|https?:\/\/www\.opengis\.net\/def\/crs\/)?(?:OGC[:/][\d.]*[:/]?CRS84|CRS:?84|EPSG[:/][\d.]*[:/]?4326)$/i;

function ownMember(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The name of a `crs` member, in its forms `{type: 'name'}`, `{type: 'EPSG'}` or a plain text. */
function nameOf(crs: unknown): unknown {
  const properties = ownMember(crs, 'properties');
  const code = ownMember(properties, 'code');
  if (ownMember(crs, 'type') === 'EPSG' && (typeof code === 'string' || typeof code === 'number'))
    return `EPSG:${code}`;
  return ownMember(properties, 'name') ?? crs;
}

/** Refuses the `crs` member of the object at `path` unless it is absent, null or WGS84. */
export function refuseCrs(crs: unknown, path: string): void {
  if (crs === undefined || crs === null) return;
  const name = nameOf(crs);
  if (typeof name === 'string' && WGS84.test(name)) return;
  refuseValue(`${path}.crs`, 'CRS84 or EPSG:4326, longitude and latitude in degrees', name);
}
