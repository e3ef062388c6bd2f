/**
 * The acts of the servitudes at a place. Acts have no place of their own: they are those
 * of the extents that meet it, by the file that an extent names, or all acts of its
 * partition where it names none of them.
 */
import { ask, together, type Feature, type Found } from './ask.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

const EXTENTS = ['gpu/assiette-sup-p', 'gpu/assiette-sup-l', 'gpu/assiette-sup-s'];

/** All extents at a place, however many acts are wanted. */
async function askExtents(carto: CartoSource, { geom, alternatives }: Question, signal?: AbortSignal) {
  const asked = alternatives.map(({ partition }) => (partition === undefined ? {} : { partition }));
  const all = EXTENTS.map((layer) =>
    ask(carto, { layer, alternatives: asked, geom, start: 0, limit: Infinity, geometry: 'false' }, signal),
  );
  return (await Promise.all(all)).reduce(together);
}

/** The files that the extents of each partition name. */
function filesByPartition(extents: readonly Feature[]): Map<string, Set<unknown>> {
  const files = new Map<string, Set<unknown>>();
  for (const { properties } of extents) {
    const partition = properties['partition'];
    if (typeof partition !== 'string') continue;
    files.set(partition, (files.get(partition) ?? new Set()).add(properties['fichier']));
  }
  return files;
}

function named(acts: readonly Feature[], files: ReadonlySet<unknown>): readonly Feature[] {
  const own = acts.filter(({ properties }) => files.has(properties['fichier']));
  return own.length === 0 || files.has(null) ? acts : own;
}

/** The acts at the place of `question`; without a place, as any other layer. */
export async function askActs(carto: CartoSource, question: Question, signal?: AbortSignal): Promise<Found> {
  if (question.geom === undefined) return ask(carto, question, signal);
  const extents = await askExtents(carto, question, signal);
  const acts: Feature[] = [];
  for (const [partition, files] of filesByPartition(extents.features)) {
    const alternatives = question.alternatives.map((filters) => ({ ...filters, partition }));
    const whole = { ...question, alternatives, geom: undefined, start: 0, limit: Infinity };
    const found = await ask(carto, whole, signal);
    acts.push(...named(found.features, files));
  }
  const end = question.start + question.limit;
  const features = acts.slice(question.start, end);
  return { ...extents, features, numberMatched: acts.length, isTruncated: acts.length > end };
}
