/**
 * The `crs` member of GeoJSON as it was before RFC 7946. API Carto itself still writes
 * one, so an answer of its can be passed back as a query. Refuses any system but
 * longitude and latitude in WGS84, under all of its usual names.
 */
import { expected } from '../../refusal.ts';

const WGS84 = /^4326$|(^|[:/])(CRS:?84|EPSG[:/][\d.]*[:/]?4326)$/i;

/** Refuses the `crs` member of the object at `path` unless it is absent, null or WGS84. */
export function refuseCrs(crs: unknown, path: string): void {
  const { properties } = (crs ?? {}) as { properties?: { name?: unknown; code?: unknown } | null };
  const name = properties?.name ?? properties?.code ?? crs ?? 4326;
  const isWgs84 = (typeof name === 'string' || typeof name === 'number') && WGS84.test(String(name));
  if (!isWgs84) expected('CRS84 or EPSG:4326', `${path}.crs`, name);
}
