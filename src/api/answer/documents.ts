/**
 * The documents of a commune: those that cover points inside it. A document of a group
 * of communes bears the number of the group, so that the commune's own finds nothing.
 */
import type { MultiPoint } from 'geojson';
import { ask, type Found } from './ask.ts';
import { distinct } from './codes.ts';
import { pointsWithin } from './inside.ts';
import { askMunicipalities } from './municipalities.ts';
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
  const communes = await askMunicipalities(
    carto,
    {
      ...question,
      layer: MUNICIPALITY,
      alternatives: codes,
      start: 0,
      limit: Infinity,
      geometry: 'true',
    },
    signal,
  );
  const coordinates = communes.features.flatMap(({ geometry }) => pointsWithin(geometry)?.coordinates ?? []);
  if (coordinates.length === 0) return null;
  const geom: MultiPoint = { type: 'MultiPoint', coordinates };
  return { ...withoutCommune(question), geom };
}

/** The alternatives that differed by the commune alone are one then. */
function withoutCommune(question: Question): Question {
  const alternatives = question.alternatives.map((filters) => ({ ...filters, insee: undefined }));
  return { ...question, alternatives: distinct(alternatives) };
}

export async function askDocuments(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Found> {
  const isByCommune = question.alternatives.some(({ insee }) => insee !== undefined);
  // Upstream knows no commune here: who gives a place, too, is answered what is there.
  if (question.geom !== undefined) return ask(carto, withoutCommune(question), signal);
  const placed = isByCommune ? await atPlace(carto, question, signal) : question;
  return ask(carto, placed ?? { ...question, alternatives: [] }, signal);
}
