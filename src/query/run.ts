/**
 * Answers a question, with what the answer is worth. Refuses whatever the ways to find
 * features refuse.
 */
import type { Provenance } from '../format/catalogue.ts';
import type { Answer, AnswerFeature, Properties } from './answer.ts';
import type { Plan } from './plan.ts';
import type { Found, Search } from './search.ts';

type Read = (found: readonly Found[]) => Promise<AnswerFeature<Properties>[]>;

function provenanceOf({ layer }: Search, numbers: ReadonlySet<number>): Provenance[] {
  const all = layer.partitions.flatMap(({ provenance }, i) => (numbers.has(i) ? provenance : []));
  // Made anew: an answer is its caller's to change.
  return Array.from(new Set(all.map((one) => JSON.stringify(one))), (text) => JSON.parse(text) as Provenance);
}

/**
 * The answer to the question: reads until the page is full and one match more shows that
 * it was cut, or to the end.
 * @throws CartoError, or the reason of its signal.
 */
export async function answer(search: Search, plan: Plan, read: Read): Promise<Answer> {
  const { name, start, limit, reads } = search;
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
  const features = await read(found);
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
