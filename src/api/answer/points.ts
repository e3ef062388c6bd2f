/**
 * Points of parcels. The cadastre has them for parcels of sheets that are images alone;
 * for any other parcel that is asked for by its number, its centre of gravity is answered.
 */
import { ask, type Feature, type Found } from './ask.ts';
import { centroidOf } from './centroid.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

function pointOf(parcel: Feature): Feature {
  const columns = Object.entries(parcel.properties).filter(([name]) => name !== 'contenance');
  const geometry = centroidOf(parcel.geometry);
  const [x, y] = geometry?.type === 'MultiPoint' ? (geometry.coordinates[0] ?? []) : [];
  const bbox =
    x === undefined || y === undefined ? {} : { bbox: [x, y, x, y] as [number, number, number, number] };
  return { type: parcel.type, id: parcel.id, geometry, properties: Object.fromEntries(columns), ...bbox };
}

export async function askPoints(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Found> {
  const found = await ask(carto, question, signal);
  const names = question.alternatives.some(({ idu, numero }) => idu !== undefined || numero !== undefined);
  if (found.numberMatched !== 0 || question.geom !== undefined || !names) return found;
  const layer = question.layer.replace('localisant', 'parcelle');
  const parcels = await ask(carto, { ...question, layer, geometry: 'true' }, signal);
  const points = parcels.features.map(pointOf);
  const features =
    question.geometry === 'false' ? points.map((point) => ({ ...point, geometry: null })) : points;
  return { ...parcels, features };
}
