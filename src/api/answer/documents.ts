/**
 * The documents of a commune: those that cover points inside it. A document of a group
 * of communes bears the number of the group, so that the commune's own finds nothing.
 */
import type { MultiPoint } from 'geojson';
import { CartoError } from '../../errors.ts';
import { ask, type Found } from './ask.ts';
import { pointsWithin } from './inside.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

const MUNICIPALITY = 'gpu/municipality';

/** The question with a place instead of `insee`; `null` when there is no such commune. */
async function atPlace(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Question | null> {
  const codes = [...new Set(question.alternatives.map(({ insee }) => insee))].map((insee) => ({ insee }));
  const communes = await ask(
    carto,
    {
      ...question,
      layer: MUNICIPALITY,
      alternatives: codes,
      start: 0,
      limit: codes.length * 2,
      geometry: 'true',
    },
    signal,
  );
  const coordinates = communes.features.flatMap(({ geometry }) => pointsWithin(geometry)?.coordinates ?? []);
  if (coordinates.length === 0) return null;
  const geom: MultiPoint = { type: 'MultiPoint', coordinates };
  // The alternatives that differed by the commune alone are one now.
  const others = question.alternatives.map((filters) => ({ ...filters, insee: undefined }));
  const alternatives = new Map(others.map((filters) => [JSON.stringify(filters), filters])).values();
  return { ...question, geom, alternatives: [...alternatives] };
}

export async function askDocuments(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Found> {
  const isByCommune = question.alternatives.some(({ insee }) => insee !== undefined);
  if (isByCommune && question.geom !== undefined) {
    const message = 'insee: give either a commune or geom, not both';
    throw new CartoError('InvalidQuery', message, { path: 'insee' });
  }
  const placed = isByCommune ? await atPlace(carto, question, signal) : question;
  return ask(carto, placed ?? { ...question, alternatives: [] }, signal);
}
