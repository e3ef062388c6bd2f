/**
 * A published tree, opened: a method for each layer. Refuses, typed, whatever could
 * not be asked or read; what it answers empty is empty.
 */
import type { GeoJSON } from 'geojson';
import type { Catalogue, Layer } from './format/catalogue.ts';
import { isObject } from './format/checks.ts';
import { parseCatalogue, parseJson } from './format/parse-catalogue.ts';
import type { Answer } from './query/answer.ts';
import { definitionOf, LAYERS, POSTAL_CODES, type LayerName } from './query/layers.ts';
import { HeadCache } from './query/open-file.ts';
import { readParameters, type AskedLayer } from './query/parameters.ts';
import { PartitionIndex } from './query/partitions.ts';
import { communesOf, type CommunePostale } from './query/postal-codes.ts';
import type { LayerProperties } from './query/properties.ts';
import { invalid, unknownLayer, wrongForm } from './query/refusal.ts';
import { run, type QueryContext } from './query/run.ts';
import { observed, type RequestListener } from './source/observe.ts';
import type { TreeSource } from './source/range.ts';
import { retrying } from './source/retry.ts';

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

class OpenedTree {
  readonly #context: QueryContext;
  readonly #catalogue: Catalogue;
  readonly #indexes = new Map<Layer, PartitionIndex>();

  constructor(context: QueryContext, catalogue: Catalogue) {
    this.#context = context;
    this.#catalogue = catalogue;
  }

  async query(name: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer> {
    if (!isObject(parameters)) throw wrongForm('parameters', 'an object', parameters);
    if (name === POSTAL_CODES) {
      throw invalid('layer', `${name} answers rows: call codesPostaux.communes(codePostal)`);
    }
    const asked = this.#asked(name, parameters);
    const question = readParameters(asked, parameters);
    return run(this.#context, asked, question, this.#indexOf(asked.layer).select(question));
  }

  async communes(codePostal: unknown, signal: AbortSignal | undefined): Promise<CommunePostale[]> {
    signal?.throwIfAborted();
    const { tree, onRequest } = this.#context;
    const watched = onRequest === undefined ? tree : observed(tree, onRequest);
    return communesOf(retrying(watched), this.#layer(POSTAL_CODES), codePostal, signal);
  }

  /** The layer `name`, or the one that `source_ign` puts in its place. */
  #asked(name: string, parameters: Readonly<Record<string, unknown>>): AskedLayer {
    const { sources } = definitionOf(name);
    const source = parameters['source_ign'];
    if (sources === undefined || source === undefined) {
      return { name, layer: this.#layer(name), definition: definitionOf(name) };
    }
    const key = typeof source === 'string' ? source.toUpperCase() : '';
    const chosen = key === 'PCI' || key === 'BDP' ? sources[key] : undefined;
    if (chosen === undefined) throw wrongForm('source_ign', Object.keys(sources).join(' or '), source);
    return { name: chosen, layer: this.#layer(chosen), definition: definitionOf(chosen) };
  }

  #layer(name: string): Layer {
    const { layers } = this.#catalogue;
    const layer = Object.hasOwn(layers, name) ? layers[name] : undefined;
    if (layer === undefined) throw unknownLayer(name, this.#context.tree.base, Object.keys(layers));
    return layer;
  }

  #indexOf(layer: Layer): PartitionIndex {
    const index = this.#indexes.get(layer) ?? new PartitionIndex(layer);
    this.#indexes.set(layer, index);
    return index;
  }
}

const CATALOGUE = 'catalogue.json';

/**
 * Opens the tree behind `tree`: reads its catalogue.
 * @throws CartoError `NotOurFile`, `UnsupportedVersion`, `CorruptFile`, or what reading throws.
 */
export async function openTree(
  tree: TreeSource,
  onRequest: RequestListener | undefined,
  signal: AbortSignal | undefined,
): Promise<Carto> {
  const watched = onRequest === undefined ? tree : observed(tree, onRequest);
  const { name } = tree.open(CATALOGUE, 0);
  const json = parseJson(await retrying(watched).whole(CATALOGUE, signal), name);
  const catalogue = parseCatalogue(json, name);
  const opened = new OpenedTree({ tree, heads: new HeadCache(), onRequest }, catalogue);
  const ask: Ask = (layer, parameters) => opened.query(layer, parameters);
  return {
    catalogue,
    aoc: methodsOf('aoc', ask),
    codesPostaux: { communes: (codePostal, options) => opened.communes(codePostal, options?.signal) },
    cadastre: methodsOf('cadastre', ask),
    gpu: methodsOf('gpu', ask),
    query: ask,
  };
}
