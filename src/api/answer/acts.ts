/**
 * The acts of the servitudes at a place. Acts have no place of their own: they are those
 * of the extents that meet it, by the file that an extent names, or by the number of the
 * servitude in their identifiers, as the standard of the CNIG makes these. Where an extent
 * leads to none of them, all acts of its partition are answered.
 */
import { ask, together, type Feature, type Found } from './ask.ts';
import type { Question } from './question.ts';
import { fieldsOf, type CartoSource } from './source.ts';

const EXTENTS = ['gpu/assiette-sup-p', 'gpu/assiette-sup-l', 'gpu/assiette-sup-s'];

/** All extents at a place, however many acts are wanted. */
async function askExtents(carto: CartoSource, { geom, alternatives }: Question, signal?: AbortSignal) {
  const asked = alternatives.map(({ partition }) => (partition === undefined ? {} : { partition }));
  const held = EXTENTS.filter((layer) => fieldsOf(carto, layer).length > 0);
  const all = (held.length === 0 ? EXTENTS : held).map((layer) =>
    ask(carto, { layer, alternatives: asked, geom, start: 0, limit: Infinity, geometry: 'false' }, signal),
  );
  return (await Promise.all(all)).reduce(together);
}

function byPartition(extents: readonly Feature[]): Map<string, Feature[]> {
  const partitions = new Map<string, Feature[]>();
  for (const extent of extents) {
    const { partition } = extent.properties;
    if (typeof partition === 'string')
      partitions.set(partition, [...(partitions.get(partition) ?? []), extent]);
  }
  return partitions;
}

/** `AC1-130099921-00002` of `AC1-130099921-00002-act1` and `AC1-130099921-00002-1-1`. */
const SERVITUDE = /^(\w+-\w+-\d+)-(?:act\d+|\d+-\d+)$/i;

/** What an act and an extent of one servitude have in common; `null` for what says nothing. */
function linksOf({ properties }: Feature): readonly (string | null)[] {
  const { fichier, idacte, idass } = properties;
  const servitude = SERVITUDE.exec(String(idacte ?? idass))?.[1] ?? null;
  return [typeof fichier === 'string' ? `fichier ${fichier}` : null, servitude];
}

/** The acts that `extents` lead to; all of them when one leads to none. */
function ledTo(acts: readonly Feature[], extents: readonly Feature[]): readonly Feature[] {
  const byLink = new Map<string, Feature[]>();
  for (const act of acts) {
    for (const link of linksOf(act)) if (link !== null) byLink.set(link, [...(byLink.get(link) ?? []), act]);
  }
  const found = extents.map((extent) => linksOf(extent).flatMap((link) => byLink.get(link ?? '') ?? []));
  if (found.some((own) => own.length === 0)) return acts;
  const led = new Set(found.flat());
  return acts.filter((act) => led.has(act));
}

/** The acts at the place of `question`; without a place, as any other layer. */
export async function askActs(carto: CartoSource, question: Question, signal?: AbortSignal): Promise<Found> {
  if (question.geom === undefined) return ask(carto, question, signal);
  const extents = await askExtents(carto, question, signal);
  const acts: Feature[] = [];
  for (const [partition, own] of byPartition(extents.features)) {
    const alternatives = question.alternatives.map((filters) => ({ ...filters, partition }));
    const whole = { ...question, alternatives, geom: undefined, start: 0, limit: Infinity };
    const found = await ask(carto, whole, signal);
    acts.push(...ledTo(found.features, own));
  }
  const end = question.start + question.limit;
  const features = acts.slice(question.start, end);
  return { ...extents, features, numberMatched: acts.length, isTruncated: acts.length > end };
}
