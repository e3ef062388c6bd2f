/**
 * Answers a question: all at once with what the answer is worth, or feature by feature.
 * Refuses whatever the ways to find features refuse.
 */
import type { Provenance } from '../format/catalogue.ts';
import type { Answer, AnswerFeature, Properties } from './answer.ts';
import { answerFeatures } from './answer-features.ts';
import { planOf } from './plan.ts';
import type { Found, Search } from './search.ts';

/** Bytes of geometries that a stream reads together. */
const STREAMED_BYTES = 4 * 1024 * 1024;

function provenanceOf({ layer }: Search, numbers: ReadonlySet<number>): Provenance[] {
  const all = layer.partitions.flatMap(({ provenance }, i) => (numbers.has(i) ? provenance : []));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/**
 * The answer to the question: reads until the page is full and one match more shows that
 * it was cut, or to the end.
 * @throws CartoError, or the reason of its signal.
 */
export async function answer(search: Search): Promise<Answer> {
  const { name, start, limit, reads } = search;
  reads.signal.throwIfAborted();
  const plan = await planOf(search);
  const [first, end] = plan.isCut ? [0, Infinity] : [start, start + limit];
  const found: Found[] = [];
  let seen = 0;
  for await (const some of plan.found) {
    for (const feature of some) {
      if (seen >= first && seen < end) found.push(feature);
      seen += 1;
    }
    if (seen > end) break;
  }
  const numberMatched = seen > end ? null : (plan.matched ?? seen);
  const features = await answerFeatures(search, found);
  return {
    type: 'FeatureCollection',
    features,
    meta: {
      layer: name,
      coverage: plan.coverage,
      numberMatched,
      numberReturned: features.length,
      truncated: numberMatched === null || numberMatched > start + features.length,
      provenance: provenanceOf(search, new Set([...plan.partitions, ...found.map((one) => one.partition)])),
      requests: reads.requests,
      bytes: reads.bytes,
    },
  };
}

/**
 * The features that answer the question, one by one, and never many of them in memory.
 * @throws CartoError, or the reason of its signal.
 */
export async function* streamed(search: Search): AsyncGenerator<AnswerFeature<Properties>> {
  search.reads.signal.throwIfAborted();
  const plan = await planOf(search);
  let [skip, left] = plan.isCut ? [0, Infinity] : [search.start, search.limit];
  for await (const some of plan.found) {
    const page = some.slice(skip, skip + left);
    skip = Math.max(0, skip - some.length);
    left -= page.length;
    while (page.length > 0) {
      let bytes = 0;
      const end = page.findIndex(({ place }) => (bytes += place?.length ?? 0) > STREAMED_BYTES);
      yield* await answerFeatures(search, page.splice(0, end < 0 ? page.length : end + 1));
    }
    if (left <= 0) return;
  }
}
