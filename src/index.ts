/**
 * carto-statique: API Carto's questions answered from static files. This entry runs in
 * browsers and in Node, and opens addresses; `carto-statique/node` opens folders too.
 */
import { openTree, type Carto } from './carto.ts';
import { CEILING, checked, COUNT } from './query/parameters.ts';
import { expected } from './refusal.ts';
import { httpTree } from './source/http.ts';
import type { RequestListener } from './source/observe.ts';
import type { TreeSource } from './source/range.ts';
import { openStore } from './source/store.ts';

export type { Carto, CommonParameters, LayerMethod, LayerParameters, ModuleMethods, Work } from './carto.ts';
export { CartoError, isCartoError, type CartoErrorCode, type CartoErrorDetails } from './errors.ts';
export type {
  Catalogue,
  Field,
  Layer,
  LayerPartition,
  Provenance,
  PublishedFile,
} from './format/catalogue.ts';
export type { Answer, AnswerFeature, AnswerMeta, Properties } from './query/answer.ts';
export type { Coverage } from './query/coverage.ts';
export type { LayerName } from './query/layers.ts';
export type { CommunePostale } from './query/postal-codes.ts';
export type { LayerProperties } from './query/properties.ts';
export type { RequestListener, RequestReport } from './source/observe.ts';
export type { FileRef, TreeSource } from './source/range.ts';

/** How a tree is read, and what a query may cost. */
export interface CartoOptions {
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** Aborts the opening; queries take signals of their own. */
  readonly signal?: AbortSignal | undefined;
  /** For each request, from its start to its last byte; 30 seconds without it. */
  readonly timeoutMs?: number | undefined;
  /** The most bytes that a query may ask of the host; 64 MiB without it. */
  readonly maxBytes?: number | undefined;
  /** The most requests a query; 1,000 without it. */
  readonly maxRequests?: number | undefined;
  /** The most milliseconds a query; 60,000 without it. */
  readonly maxMs?: number | undefined;
  /** What may be kept of the index in memory, decoded: a whole number; 16 MiB without it. */
  readonly cacheBytes?: number | undefined;
  /** Called at the end of each request, whatever became of it. */
  readonly onRequest?: RequestListener | undefined;
}

/** Each a number above 0. */
const DEFAULTS = {
  /** Longer than a slow line takes for a megabyte, shorter than anyone waits for a map. */
  timeoutMs: 30_000,
  /** A département's parcels in part, and no more than a tab can bear. */
  maxBytes: 64 * 2 ** 20,
  maxRequests: 1000,
  maxMs: 60_000,
};
const CACHE_BYTES = 16 * 2 ** 20;

function isTree(base: unknown): base is TreeSource {
  return 'range' in Object(base);
}

function addressOf(base: string | URL): URL {
  // Relative addresses are those of the page; Node has no page.
  const page = typeof location === 'undefined' ? undefined : location.href;
  const href = String(base);
  const url = URL.canParse(href, page) ? new URL(href, page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    expected('an http or https address (carto-statique/node opens folders)', 'base', href);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/**
 * Opens a published tree: reads its catalogue, once.
 * @param base - the address of the tree, which holds `catalogue.json`; or a source of its files.
 * @throws CartoError `NotFound`, `NotOurFile`, `UnsupportedVersion`… when there is no such tree.
 */
export async function openCarto(base: string | URL | TreeSource, options: CartoOptions = {}): Promise<Carto> {
  const { fetch: own = fetch, cacheBytes = CACHE_BYTES, onRequest, signal } = options;
  const limits = { ...DEFAULTS };
  for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
    limits[name] = checked(name, options[name] ?? limits[name], CEILING) as number;
  }
  const tree = isTree(base) ? base : httpTree(addressOf(base), { fetch: own, timeoutMs: limits.timeoutMs });
  checked('cacheBytes', cacheBytes, COUNT);
  return openTree(openStore(tree, { cacheBytes, onRequest }), limits, signal);
}
