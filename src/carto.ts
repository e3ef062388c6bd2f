/**
 * A published tree, opened: a method for each layer. Refuses, typed, whatever could
 * not be asked or read; what it answers empty is empty.
 */
import type { GeoJSON } from 'geojson';
import { CartoError, isCartoError } from './errors.ts';
import type { Catalogue } from './format/catalogue.ts';
import { isObject } from './format/checks.ts';
import { prepare } from './geometry/prepare.ts';
import { openCatalogue } from './opened-tree.ts';
import type { Answer, AnswerFeature, Properties } from './query/answer.ts';
import {
  methodOf,
  POSTAL_CODES,
  ROUTES,
  sourcesOf,
  type LayerMethods,
  type LayerName,
  type ParametersOf,
} from './query/layers.ts';
import { readParameters, type AskedLayer, type Question } from './query/parameters.ts';
import { communesOf, postalCode, type CommunePostale } from './query/postal-codes.ts';
import type { LayerProperties } from './query/properties.ts';
import { expected, refuse } from './refusal.ts';
import { answerFeatures } from './query/answer-features.ts';
import { planOf, type Plan } from './query/plan.ts';
import { answer } from './query/run.ts';
import type { Found, Search } from './query/search.ts';
import type { QueryLimits, Store } from './source/store.ts';

/** What any layer can be asked. */
export interface CommonParameters {
  /** A GeoJSON geometry, feature or collection in degrees, or its text: features that share a point with it. */
  readonly geom?: GeoJSON | string | undefined;
  /** The most features to answer; needed when nothing else narrows the question. */
  readonly limit?: number | undefined;
  /** How many matches to pass over. */
  readonly start?: number | undefined;
  /** `false` leaves geometries out of the answer. */
  readonly geometry?: boolean | undefined;
  /** Aborts the query, which then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** The most bytes that the query may ask of the host; else `TooCostly`. In place of the tree's. */
  readonly maxBytes?: number | undefined;
  /** The most requests, second attempts included; else `TooCostly`. */
  readonly maxRequests?: number | undefined;
  /** The most milliseconds; else `Timeout`. */
  readonly maxMs?: number | undefined;
}

/** Attributes by exact equality, the codes of API Carto, and what any layer can be asked. */
export type LayerParameters<L extends LayerName> = Pick<CommonParameters, keyof CommonParameters> & {
  readonly [F in keyof LayerProperties[L]]?: NonNullable<LayerProperties[L][F]> | undefined;
} & ParametersOf<L>;

/** Asks one layer. @throws CartoError, or the reason of the signal. */
export type LayerMethod<L extends LayerName> = (
  parameters: LayerParameters<L>,
) => Promise<Answer<LayerProperties[L]>>;

// By itself: TypeScript 5.4 refuses a mapped type whose keys are chosen where they are renamed.
type LayerOf<M extends string> = Extract<keyof LayerMethods, `${M}/${string}`>;

/** The methods of one module. */
export type ModuleMethods<M extends string> = {
  readonly [L in LayerOf<M> as LayerMethods[L]]: LayerMethod<L>;
};

/** A published tree that has been opened: what it holds, and how it is asked. */
export interface Carto {
  /** The one that questions are asked of now: another one when the tree has been published anew. */
  readonly catalogue: Catalogue;
  readonly aoc: ModuleMethods<'aoc'>;
  readonly codesPostaux: {
    /**
     * The communes of a postal code; none when no such code exists.
     * @throws CartoError `InvalidQuery`; `OutsideCoverage` when the tree holds no code like it.
     */
    communes(
      codePostal: string,
      options?: { readonly signal?: AbortSignal | undefined },
    ): Promise<CommunePostale[]>;
  };
  readonly cadastre: ModuleMethods<'cadastre'>;
  readonly gpu: ModuleMethods<'gpu'>;
  /**
   * Asks any layer of features by its name, which is its route in API Carto.
   * @throws CartoError, or the reason of the signal.
   */
  query<L extends LayerName>(layer: L, parameters: LayerParameters<L>): Promise<Answer<LayerProperties[L]>>;
  query(layer: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer>;
  /**
   * Begins a search and hands it to `work`, with how to find what it asks for and how to read
   * the features found: the seam of what plugs in, such as `carto-statique/stream`. In a
   * catalogue that has replaced this one meanwhile, once more. `absent` are the ceilings
   * where `parameters` give none.
   * @throws CartoError, or the reason of the signal.
   */
  begin<T>(
    layer: string,
    parameters: Readonly<Record<string, unknown>>,
    work: Work<T>,
    absent?: QueryLimits,
  ): Promise<T>;
}

/** What is done with a search; see `Carto.begin`. */
export type Work<T> = (
  search: Search,
  plan: Plan,
  read: (found: readonly Found[]) => Promise<AnswerFeature<Properties>[]>,
) => Promise<T>;

type Given = Readonly<Record<string, unknown>>;
type Ask = (layer: string, parameters: Given) => Promise<Answer>;

// The overload states what the compiler cannot see: the catalogue's fields are the layer's properties.
function methodsOf<M extends keyof typeof ROUTES>(module: M, ask: Ask): ModuleMethods<M>;
function methodsOf(module: keyof typeof ROUTES, ask: Ask): object {
  const routes = ROUTES[module].split(' ');
  return Object.fromEntries(
    routes.map((route) => [methodOf(route), (given: Given = {}) => ask(`${module}/${route}`, given)]),
  );
}

/**
 * Opens the tree behind `store`: reads its catalogue. `limits` are those of each query
 * that has none of its own.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion`, `CorruptFile`, or what reading throws.
 */
export async function openTree(
  store: Store,
  limits: QueryLimits,
  signal: AbortSignal | undefined,
): Promise<Carto> {
  const tree = await openCatalogue(store, store.query(limits, signal));

  /** The layer `name`, or the one that `source_ign` puts in its place. */
  const layerIn = ({ layers }: Catalogue, name: string, { source_ign: source }: Given): AskedLayer => {
    if (source !== undefined && name.startsWith('cadastre/')) {
      const known = sourcesOf(name);
      const chosen = typeof source === 'string' ? source.toUpperCase() : '';
      if (!known.includes(chosen)) expected(known.join(' or '), 'source_ign', source);
      if (chosen === 'BDP' && known.length > 1) name += '-bdp';
    }
    const layer = Object.hasOwn(layers, name) ? layers[name] : undefined;
    if (layer !== undefined) return { name, layer };
    const message = `${name}: no such layer in ${store.tree.base}; it holds ${Object.keys(layers).join(', ') || 'none'}`;
    throw new CartoError('UnknownLayer', message, { layer: name });
  };

  const begin: Carto['begin'] = async (name, given, work, absent = limits) => {
    const read = (catalogue: Catalogue): AskedLayer & Question => {
      try {
        if (!isObject(given)) expected('an object', 'parameters', given);
        if (name === POSTAL_CODES) {
          refuse('layer', `${name} answers rows: call codesPostaux.communes(codePostal)`);
        }
        const asked = layerIn(catalogue, name, given);
        return { ...asked, ...readParameters(asked, given, limits, absent) };
      } catch (error) {
        // A getter or a proxy that throws, a name that is no text.
        throw isCartoError(error) ? error : refuse('parameters', 'cannot be read', error);
      }
    };
    const first = tree.catalogue;
    const begun = read(first);
    const reads = store.query(begun, begun.signal);
    return tree.ask(reads.signal, async (catalogue) => {
      const question = catalogue === first ? begun : read(catalogue);
      const search = { ...question, place: question.shape && prepare(question.shape), reads };
      reads.signal.throwIfAborted();
      return work(search, await planOf(search), (found) => answerFeatures(search, found));
    });
  };

  const query: Ask = (layer, given) => begin(layer, given, answer);
  return {
    get catalogue() {
      return tree.catalogue;
    },
    aoc: methodsOf('aoc', query),
    codesPostaux: {
      async communes(codePostal, options) {
        const code = postalCode(codePostal);
        const reads = store.query(limits, options?.signal);
        reads.signal.throwIfAborted();
        return tree.ask(reads.signal, ({ codesPostaux }) => communesOf(reads, codesPostaux, code));
      },
    },
    cadastre: methodsOf('cadastre', query),
    gpu: methodsOf('gpu', query),
    query,
    begin,
  };
}
