/**
 * Refuses [latitude, longitude]: the query that is most often made by mistake, and that
 * would find nothing without a word.
 */
import type { Geometry, Position } from 'geojson';
import type { Box } from '../lattice.ts';
import { refuseFault } from './refusal.ts';

/**
 * Where French territory falls when latitude is read as longitude, in degrees. Each box
 * lies at sea or abroad, far from any territory of ours. Those whose longitude cannot be
 * a latitude (Wallis, Tahiti, Nouméa) are refused as being off the globe.
 */
const SWAPPED: readonly (readonly [territory: string, box: Box])[] = [
  ['metropolitan France', [41, -5.6, 52, 10]],
  ['Guadeloupe', [15.8, -61.9, 16.6, -60.9]],
  ['Martinique', [14.3, -61.3, 15, -60.7]],
  ['Guyane', [2, -54.7, 6, -51.5]],
  ['La Réunion', [-21.5, 55.1, -20.8, 55.9]],
  ['Mayotte', [-13.1, 44.9, -12.5, 45.4]],
  ['Saint-Martin or Saint-Barthélemy', [17.8, -63.2, 18.2, -62.7]],
  ['Saint-Pierre-et-Miquelon', [46.7, -56.5, 47.2, -56.1]],
];

/** The French territory that a position is in once its numbers are swapped. */
function swappedTerritory([x = NaN, y = NaN]: Position): string | undefined {
  return SWAPPED.find(([, box]) => x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3])?.[0];
}

/** All positions of `geometry`, in their order. */
export function* positionsOf(geometry: Geometry): Generator<Position> {
  switch (geometry.type) {
    case 'Point':
      yield geometry.coordinates;
      break;
    case 'MultiPoint':
    case 'LineString':
      yield* geometry.coordinates;
      break;
    case 'MultiLineString':
    case 'Polygon':
      for (const line of geometry.coordinates) yield* line;
      break;
    case 'MultiPolygon':
      for (const rings of geometry.coordinates) for (const ring of rings) yield* ring;
      break;
    case 'GeometryCollection':
      for (const member of geometry.geometries) yield* positionsOf(member);
  }
}

/**
 * Refuses a geometry whose every position is in French territory once swapped. One that
 * reaches elsewhere, such as a box around the Indian Ocean, may well be meant.
 */
export function refuseSwapped(geometry: Geometry, path: string): void {
  let found: string | undefined;
  for (const position of positionsOf(geometry)) {
    const territory = swappedTerritory(position);
    if (territory === undefined) return;
    found ??= `[${position.join(', ')}]; looks like lat,lon in ${territory}`;
  }
  if (found !== undefined) refuseFault(path, '[longitude, latitude]', found);
}
