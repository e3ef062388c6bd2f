/**
 * A published tree, opened: a method for each layer. Refuses, typed, whatever could
 * not be asked or read; what it answers empty is empty.
 */
import type { GeoJSON } from 'geojson';
import type { Catalogue } from './format/catalogue.ts';
import { isObject } from './format/checks.ts';
import { prepare } from './geometry/prepare.ts';
import { OpenedTree } from './opened-tree.ts';
import type { Answer, AnswerFeature, Properties } from './query/answer.ts';
import { definitionOf, LAYERS, POSTAL_CODES, type LayerName } from './query/layers.ts';
import { readParameters, type AskedLayer, type Manner, type Question } from './query/parameters.ts';
import { communesOf, postalCode, type CommunePostale } from './query/postal-codes.ts';
import type { LayerProperties } from './query/properties.ts';
import { invalid, unknownLayer, wrongForm } from './query/refusal.ts';
import { answer, streamed } from './query/run.ts';
import type { Search } from './query/search.ts';
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

type Definition<L extends LayerName> = (typeof LAYERS)[L];

/** Attributes by exact equality, the codes of API Carto, and what any layer can be asked. */
export type LayerParameters<L extends LayerName> = CommonParameters & {
  readonly [F in keyof LayerProperties[L]]?: NonNullable<LayerProperties[L][F]> | undefined;
} & {
  readonly [P in keyof Definition<L>['parameters']]?: string | undefined;
} & (Definition<L> extends { readonly sources: infer S }
    ? { readonly source_ign?: Extract<keyof S, string> | undefined }
    : unknown);

/** Asks one layer. @throws CartoError, or the reason of the signal. */
export type LayerMethod<L extends LayerName> = (
  parameters: LayerParameters<L>,
) => Promise<Answer<LayerProperties[L]>>;

/** The methods of one module. */
export type ModuleMethods<M extends string> = {
  readonly [
    L in LayerName as L extends `${M}/${string}` ? Extract<Definition<L>['method'], string> : never
  ]: LayerMethod<L>;
};

export interface Carto {
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
  query(layer: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer>;
  /**
   * The features that `query` would answer, in the same order, one by one: for a whole
   * commune, département or layer. Memory stays within some megabytes, and there are no
   * ceilings but those given here; `maxBytes` still says what searching a whole layer for
   * an attribute may cost.
   * @throws CartoError, or the reason of the signal, from the iteration.
   */
  stream(
    layer: string,
    parameters?: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<AnswerFeature<Properties>>;
}

type Ask = (layer: string, parameters: Readonly<Record<string, unknown>>) => Promise<Answer>;

// The overload states what the compiler cannot see: the catalogue's fields are the layer's properties.
function methodsOf<M extends string>(module: M, ask: Ask): ModuleMethods<M>;
function methodsOf(module: string, ask: Ask): object {
  const own = Object.entries(LAYERS).filter(([name]) => name.startsWith(`${module}/`));
  return Object.fromEntries(
    own.flatMap(([name, { method }]) =>
      method === null ? [] : [[method, (parameters: Parameters<Ask>[1] = {}) => ask(name, parameters)]],
    ),
  );
}

/** The layer `name`, or the one that `source_ign` puts in its place. */
function askedIn(
  { layers }: Catalogue,
  base: string,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
): AskedLayer {
  const find = (known: string): AskedLayer => {
    const layer = Object.hasOwn(layers, known) ? layers[known] : undefined;
    if (layer === undefined) throw unknownLayer(known, base, Object.keys(layers));
    return { name: known, layer, definition: definitionOf(known) };
  };
  const { sources } = definitionOf(name);
  const source = parameters['source_ign'];
  if (sources === undefined || source === undefined) return find(name);
  const key = typeof source === 'string' ? source.toUpperCase() : '';
  const chosen = key === 'PCI' || key === 'BDP' ? sources[key] : undefined;
  if (chosen === undefined) throw wrongForm('source_ign', Object.keys(sources).join(' or '), source);
  return find(chosen);
}

type Given = Readonly<Record<string, unknown>>;

/** Begins a search by `work` in `tree`; once more in the tree that has replaced it. */
function begin<T>(
  tree: OpenedTree,
  manner: Manner,
  name: string,
  given: Given,
  work: (search: Search) => Promise<T>,
): Promise<T> {
  const { base } = tree.store.tree;
  const read = (catalogue: Catalogue): AskedLayer & Question => {
    const asked = askedIn(catalogue, base, name, given);
    return { ...asked, ...readParameters(asked, given, manner) };
  };
  const first = tree.catalogue;
  const begun = read(first);
  const reads = tree.store.query(begun.limits, begun.signal);
  return tree.ask(reads.signal, (catalogue) => {
    const question = catalogue === first ? begun : read(catalogue);
    const place = question.shape && prepare(question.shape);
    return work({ ...question, ...manner, limits: question.limits, place, reads });
  });
}

async function* stream(
  tree: OpenedTree,
  limits: QueryLimits,
  layer: string,
  given: Given,
): AsyncGenerator<AnswerFeature<Properties>> {
  const { first, rest } = await begin(tree, { limits, isStream: true }, layer, given, async (search) => {
    const features = streamed(search);
    // What has given a feature is not asked again of another tree.
    return { first: await features.next(), rest: features };
  });
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

async function communes(
  tree: OpenedTree,
  limits: QueryLimits,
  codePostal: unknown,
  signal: AbortSignal | undefined,
): Promise<CommunePostale[]> {
  const code = postalCode(codePostal);
  const reads = tree.store.query(limits, signal);
  reads.signal.throwIfAborted();
  return tree.ask(reads.signal, async ({ codesPostaux, layers }) => {
    if (codesPostaux === null) throw unknownLayer(POSTAL_CODES, tree.store.tree.base, Object.keys(layers));
    return communesOf(reads, codesPostaux, code);
  });
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
  const tree = await OpenedTree.open(store, store.query(limits, signal));
  const ask: Ask = async (layer, given) => {
    if (!isObject(given)) throw wrongForm('parameters', 'an object', given);
    if (layer === POSTAL_CODES) {
      throw invalid('layer', `${layer} answers rows: call codesPostaux.communes(codePostal)`);
    }
    return begin(tree, { limits, isStream: false }, layer, given, answer);
  };
  return {
    get catalogue() {
      return tree.catalogue;
    },
    aoc: methodsOf('aoc', ask),
    codesPostaux: {
      communes: (codePostal, options) => communes(tree, limits, codePostal, options?.signal),
    },
    cadastre: methodsOf('cadastre', ask),
    gpu: methodsOf('gpu', ask),
    query: ask,
    stream: (layer, given = {}) => stream(tree, limits, layer, given),
  };
}
