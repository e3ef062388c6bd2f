/**
 * Answers a question: all at once with what the answer is worth, or feature by feature.
 * Refuses whatever the ways to find features refuse.
 */
import type { LayerPartition, Provenance } from '../format/catalogue.ts';
import type { Answer, AnswerFeature, Properties } from './answer.ts';
import { answerFeatures } from './answer-features.ts';
import { planOf, type Plan } from './plan.ts';
import type { Found, Search } from './search.ts';

/** Bytes of geometries that a stream reads together. */
const STREAMED_BYTES = 4 * 1024 * 1024;

/** Those from `start` to `start + limit`, one by one, and how many there were when all were seen. */
interface Page {
  readonly found: readonly Found[];
  /** `null` when there are more than were looked at. */
  readonly matched: number | null;
}

/** Reads until the page is full and one match more shows that it was cut, or to the end. */
async function pageOf({ question }: Search, plan: Plan): Promise<Page> {
  const [start, limit] = plan.isCut ? [0, Infinity] : [question.start, question.limit];
  const found: Found[] = [];
  let seen = 0;
  for await (const some of plan.found) {
    for (const feature of some) {
      if (seen >= start + limit) return { found, matched: null };
      if (seen >= start) found.push(feature);
      seen += 1;
    }
  }
  return { found, matched: plan.matched ?? seen };
}

function provenanceOf(partitions: readonly LayerPartition[], numbers: Iterable<number>): Provenance[] {
  const distinct = new Map<string, Provenance>();
  for (const number of numbers) {
    for (const provenance of partitions[number]?.provenance ?? []) {
      distinct.set(JSON.stringify(Object.entries(provenance).sort()), provenance);
    }
  }
  return [...distinct.values()];
}

/**
 * The answer to the question.
 * @throws CartoError, or the reason of its signal.
 */
export async function answer(search: Search): Promise<Answer> {
  const { asked, question, reads } = search;
  reads.signal.throwIfAborted();
  const plan = await planOf(search);
  const { found, matched } = await pageOf(search, plan);
  const features = await answerFeatures(search, found);
  const read = new Set([...plan.partitions, ...found.map(({ partition }) => partition)]);
  return {
    type: 'FeatureCollection',
    features,
    meta: {
      layer: asked.name,
      coverage: plan.coverage,
      numberMatched: matched,
      numberReturned: features.length,
      truncated: matched === null || matched > question.start + features.length,
      provenance: provenanceOf(
        asked.layer.partitions,
        [...read].sort((a, b) => a - b),
      ),
      requests: reads.requests,
      bytes: reads.bytes,
    },
  };
}

/** Runs of `found` whose geometries to read are few megabytes together. */
function* runsOf(found: readonly Found[]): Generator<Found[]> {
  let run: Found[] = [];
  let bytes = 0;
  for (const feature of found) {
    run.push(feature);
    bytes += feature.place?.length ?? 0;
    if (bytes < STREAMED_BYTES) continue;
    yield run;
    [run, bytes] = [[], 0];
  }
  yield run;
}

/**
 * The features that answer the question, one by one, and never many of them in memory.
 * @throws CartoError, or the reason of its signal.
 */
export async function* streamed(search: Search): AsyncGenerator<AnswerFeature<Properties>> {
  const { question, reads } = search;
  reads.signal.throwIfAborted();
  const plan = await planOf(search);
  let [skip, left] = plan.isCut ? [0, Infinity] : [question.start, question.limit];
  for await (const some of plan.found) {
    const page = some.slice(skip, skip + left);
    skip = Math.max(0, skip - some.length);
    left -= page.length;
    for (const run of runsOf(page)) yield* await answerFeatures(search, run);
    if (left <= 0) return;
  }
}
