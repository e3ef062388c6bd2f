/**
 * Asks a question of the library: each alternative in turn, until as many features as
 * wanted are found, and how many there are in all.
 */
import { isCartoError } from '../../errors.ts';
import type { Answer, AnswerFeature, Properties } from '../../query/answer.ts';
import type { Coverage } from '../../query/coverage.ts';
import type { Filters } from './codes.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

export type Feature = AnswerFeature<Properties>;

export interface Found {
  readonly features: readonly Feature[];
  /** `null` when counting would cost more than the library may spend. */
  readonly numberMatched: number | null;
  readonly isTruncated: boolean;
  readonly coverage: Coverage;
  /** Sources and their vintages. */
  readonly vintages: readonly string[];
}

/** Of a question that nothing can match. */
const NOTHING: Found = {
  features: [],
  numberMatched: 0,
  isTruncated: false,
  coverage: 'unknown',
  vintages: [],
};

/** Of a layer that the tree does not hold, among others that it does. */
export const OUTSIDE: Found = { ...NOTHING, coverage: 'outside' };

/** What counting may read: a page is worth no more. */
const COUNTED_BYTES = 2 * 1024 * 1024;

async function count(carto: CartoSource, layer: string, parameters: Filters): Promise<number | null> {
  try {
    const { meta, features } = await carto.query(layer, {
      ...parameters,
      geometry: false,
      maxBytes: COUNTED_BYTES,
    });
    return meta.numberMatched ?? features.length;
  } catch (error) {
    // Without any condition the library wants a limit, and there is no count with one.
    if (isCartoError(error, 'TooCostly', 'InvalidQuery')) return null;
    throw error;
  }
}

function foundIn({ features, meta }: Answer, numberMatched: number | null): Found {
  return {
    features,
    numberMatched,
    isTruncated: meta.truncated,
    coverage: meta.coverage,
    vintages: meta.provenance.map(({ source, vintage }) => `${source} ${vintage}`),
  };
}

async function askOne(
  carto: CartoSource,
  layer: string,
  parameters: Filters,
  page: { readonly start: number; readonly limit: number; readonly geometry: boolean },
): Promise<Found> {
  // All that match is the library's answer to no limit.
  const limit = page.limit === Infinity ? undefined : page.limit;
  const answer = await carto.query(layer, { ...parameters, ...page, limit });
  return foundIn(answer, answer.meta.numberMatched ?? (await count(carto, layer, parameters)));
}

/** What two findings say together. */
export function together(a: Found, b: Found): Found {
  return {
    features: [...a.features, ...b.features],
    numberMatched:
      a.numberMatched === null || b.numberMatched === null ? null : a.numberMatched + b.numberMatched,
    isTruncated: a.isTruncated || b.isTruncated,
    coverage: a.coverage === b.coverage ? a.coverage : 'partial',
    vintages: [...new Set([...a.vintages, ...b.vintages])],
  };
}

/** @throws CartoError, or the reason of the signal. */
export async function ask(carto: CartoSource, question: Question, signal?: AbortSignal): Promise<Found> {
  const { layer, alternatives, geom, limit, geometry } = question;
  let found: Found | null = null;
  for (const filters of alternatives) {
    const passed = found === null ? 0 : (found.numberMatched ?? Infinity);
    const page = {
      start: Math.max(0, question.start - passed),
      limit: limit - (found?.features.length ?? 0),
      geometry: geometry !== 'false',
    };
    const parameters = { ...filters, ...(geom && { geom }), ...(signal && { signal }) };
    const next = await askOne(carto, layer, parameters, page);
    found = found === null ? next : together(found, next);
  }
  return found ?? NOTHING;
}
