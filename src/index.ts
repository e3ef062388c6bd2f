/**
 * carto-statique: API Carto's questions answered from static files. This entry runs in
 * browsers and in Node, and opens addresses; `carto-statique/node` opens folders too.
 */
import { openTree, type Carto } from './carto.ts';
import { CartoError } from './errors.ts';
import { httpTree } from './source/http.ts';
import type { RequestListener } from './source/observe.ts';
import type { TreeSource } from './source/range.ts';

export type { Carto, CommonParameters, LayerMethod, LayerParameters, ModuleMethods } from './carto.ts';
export { CartoError, isCartoError, type CartoErrorCode, type CartoErrorDetails } from './errors.ts';
export type {
  Catalogue,
  Field,
  Layer,
  Partition,
  Provenance,
  PublishedFile,
  TileArchive,
} from './format/catalogue.ts';
export type { Answer, AnswerFeature, AnswerMeta, Properties } from './query/answer.ts';
export type { Coverage } from './query/coverage.ts';
export type { LayerName } from './query/layers.ts';
export type { CommunePostale } from './query/postal-codes.ts';
export type { LayerProperties } from './query/properties.ts';
export { memoryTree } from './source/memory.ts';
export type { RequestListener, RequestReport } from './source/observe.ts';
export type { RangeSource, TreeSource } from './source/range.ts';

export interface CartoOptions {
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** Aborts the opening; queries take signals of their own. */
  readonly signal?: AbortSignal | undefined;
  /** For each request, from its start to its last byte; 30 seconds without it. */
  readonly timeoutMs?: number | undefined;
  /** Called at the end of each request, whatever became of it. */
  readonly onRequest?: RequestListener | undefined;
}

/** Longer than a slow line takes for a megabyte, shorter than anyone waits for a map. */
const TIMEOUT_MS = 30_000;

function isTree(base: unknown): base is TreeSource {
  return typeof base === 'object' && base !== null && 'open' in base && 'whole' in base;
}

function addressOf(base: string | URL): URL {
  // Relative addresses are those of the page; Node has no page.
  const page = typeof location === 'undefined' ? undefined : location.href;
  const href = String(base);
  const url = URL.canParse(href, page) ? new URL(href, page) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const message = `expected an http or https address, found ${href}; carto-statique/node opens folders`;
    throw new CartoError('InvalidQuery', message, { path: 'base' });
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
  const { fetch: ownFetch = fetch, timeoutMs = TIMEOUT_MS, onRequest, signal } = options;
  if (!(timeoutMs > 0)) {
    const message = `timeoutMs: expected a number of milliseconds, found ${String(timeoutMs)}`;
    throw new CartoError('InvalidQuery', message, { path: 'timeoutMs' });
  }
  const tree = isTree(base) ? base : httpTree(addressOf(base), { fetch: ownFetch, timeoutMs });
  return openTree(tree, onRequest, signal);
}
