/**
 * Answers a question from the files of a tree: candidates by place, then attributes,
 * then the exact test. Refuses to answer from a file that contradicts itself.
 */
import type { Provenance } from '../format/catalogue.ts';
import type { StoredFeature } from '../format/feature.ts';
import { boxToDegrees } from '../geometry/lattice.ts';
import { prepare, type Prepared } from '../geometry/prepare.ts';
import { shapeOf } from '../geometry/shape.ts';
import { observed, type RequestListener } from '../source/observe.ts';
import type { TreeSource } from '../source/range.ts';
import { retrying } from '../source/retry.ts';
import type { Answer, AnswerFeature, Properties } from './answer.ts';
import { passes } from './filter.ts';
import { openFile, type HeadCache } from './open-file.ts';
import type { AskedLayer, Question } from './parameters.ts';
import { searchBox, type Selection } from './partitions.ts';
import { flatGeobufReader } from './reader.ts';

/** What queries on one tree share. */
export interface QueryContext {
  readonly tree: TreeSource;
  readonly heads: HeadCache;
  readonly onRequest: RequestListener | undefined;
}

function propertiesOf(asked: AskedLayer, stored: StoredFeature): Properties {
  // Not by assignment: a field may be called `__proto__`.
  return Object.fromEntries(asked.layer.fields.map(({ name }) => [name, stored.property(name)]));
}

/** A question, ready to be put to one feature after the other. */
interface PreparedQuestion extends Question {
  readonly place: Prepared | null;
}

/** The feature as an answer gives it; `null` when the question does not match it. */
function answerFeature(
  asked: AskedLayer,
  question: PreparedQuestion,
  partition: string,
  stored: StoredFeature,
): AnswerFeature<Properties> | null {
  if (!passes(question.filters, (field) => stored.property(field))) return null;
  const geometry = stored.geometry();
  const shape = geometry === null ? null : shapeOf(geometry);
  if (question.place !== null && (shape === null || !question.place.intersects(shape))) return null;
  const tail = asked.name.slice(asked.name.lastIndexOf('/') + 1);
  return {
    type: 'Feature',
    id: `${tail}.${partition}.${stored.position}`,
    geometry: question.withGeometry ? geometry : null,
    properties: propertiesOf(asked, stored),
    ...(shape === null ? {} : { bbox: [...boxToDegrees(shape.box)] }),
  };
}

async function* matches(
  context: QueryContext,
  asked: AskedLayer,
  question: Question,
  { partitions }: Selection,
): AsyncGenerator<AnswerFeature<Properties>> {
  const { signal, shape } = question;
  const [box, place] = shape === null ? [null, null] : [searchBox(shape.box), prepare(shape)];
  const prepared = { ...question, place };
  for (const partition of partitions) {
    signal?.throwIfAborted();
    const file = await openFile(context.tree, partition, context.heads, signal);
    for await (const stored of flatGeobufReader(file).candidates(box, signal)) {
      const feature = answerFeature(asked, prepared, partition.id, stored);
      if (feature !== null) yield feature;
    }
  }
}

function provenanceOf({ partitions }: Selection): Provenance[] {
  const distinct = new Map<string, Provenance>();
  for (const provenance of partitions.flatMap((partition) => partition.provenance)) {
    distinct.set(JSON.stringify(Object.entries(provenance).sort()), provenance);
  }
  return [...distinct.values()];
}

interface Page {
  readonly features: AnswerFeature<Properties>[];
  readonly numberMatched: number | null;
}

/** Reads until the page is full and one match more shows that it was cut, or to the end. */
async function pageOf(question: Question, all: AsyncIterable<AnswerFeature<Properties>>): Promise<Page> {
  const features: AnswerFeature<Properties>[] = [];
  let matched = 0;
  for await (const feature of all) {
    if (features.length === question.limit) return { features, numberMatched: null };
    if (matched >= question.start) features.push(feature);
    matched += 1;
  }
  return { features, numberMatched: matched };
}

/**
 * The answer to `question`.
 * @throws CartoError, or the reason of its signal.
 */
export async function run(
  context: QueryContext,
  asked: AskedLayer,
  question: Question,
  selection: Selection,
): Promise<Answer> {
  question.signal?.throwIfAborted();
  let [requests, bytes] = [0, 0];
  const tree = retrying(
    observed(context.tree, (report) => {
      requests += 1;
      bytes += report.bytes;
      context.onRequest?.(report);
    }),
  );
  const page = await pageOf(question, matches({ ...context, tree }, asked, question, selection));
  const meta = {
    layer: asked.name,
    coverage: selection.coverage,
    numberMatched: page.numberMatched,
    numberReturned: page.features.length,
    truncated: page.numberMatched === null,
    provenance: provenanceOf(selection),
    requests,
    bytes,
  };
  return { type: 'FeatureCollection', features: page.features, meta };
}
