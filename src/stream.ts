/**
 * All that answers a question, feature by feature, for whoever wants a whole commune,
 * département or layer: what most pages do not need, so an entry of its own. Refuses what
 * the question's plan refuses.
 */
import type { Carto, LayerParameters } from './carto.ts';
import { isObject } from './format/checks.ts';
import type { AnswerFeature, Properties } from './query/answer.ts';
import type { LayerName } from './query/layers.ts';
import type { LayerProperties } from './query/properties.ts';
import type { Found } from './query/search.ts';

/** Bytes of geometries that are read together. */
const STREAMED_BYTES = 4 * 1024 * 1024;

const NO_CEILINGS = { maxBytes: Infinity, maxRequests: Infinity, maxMs: Infinity };

type Given = Readonly<Record<string, unknown>>;
type Features = AsyncGenerator<AnswerFeature<Properties>>;
type Batches = AsyncGenerator<AnswerFeature<Properties>[]>;

/** `found` in pieces whose geometries are read together. */
function* pieces(found: Found[]): Generator<Found[]> {
  while (found.length > 0) {
    let bytes = 0;
    const end = found.findIndex(({ place }) => (bytes += place?.length ?? 0) > STREAMED_BYTES);
    yield found.splice(0, end < 0 ? found.length : end + 1);
  }
}

/**
 * The features that `carto.query` would answer, in the same order, one by one. Memory stays
 * within some megabytes, and there are no ceilings but those given here; `maxBytes` still
 * says what searching a whole layer for an attribute may cost.
 * @throws CartoError, or the reason of the signal, from the iteration.
 *
 * @example for await (const parcelle of stream(carto, 'cadastre/parcelle', { code_insee: '21231' })) draw(parcelle);
 */
export function stream<L extends LayerName>(
  carto: Carto,
  layer: L,
  parameters?: LayerParameters<L>,
): AsyncGenerator<AnswerFeature<LayerProperties[L]>>;
export function stream(carto: Carto, layer: string, parameters?: Given): Features;
export async function* stream(carto: Carto, layer: string, parameters: Given = {}): Features {
  // What is no object is refused as it is.
  const asked = isObject(parameters)
    ? { ...parameters, limit: parameters['limit'] ?? Number.MAX_SAFE_INTEGER }
    : parameters;
  const { first, rest } = await carto.begin(
    layer,
    asked,
    async ({ start, limit }, plan, read) => {
      const batches = (async function* (): Batches {
        let [skip, left] = plan.isCut ? [0, Infinity] : [start, limit];
        for await (const some of plan.found) {
          const page = some.slice(skip, skip + left);
          skip = Math.max(0, skip - some.length);
          left -= page.length;
          for (const piece of pieces(page)) yield await read(piece);
          if (left <= 0) return;
        }
      })();
      // What has given a feature is not asked again of another tree.
      return { first: await batches.next(), rest: batches };
    },
    NO_CEILINGS,
  );
  if (first.done === true) return;
  yield* first.value;
  for await (const batch of rest) yield* batch;
}
