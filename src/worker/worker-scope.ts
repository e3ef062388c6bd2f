/** What this library uses of a service worker's global scope, of which TypeScript's `DOM` knows nothing. */

export interface LifetimeEvent {
  /** Keeps the worker running until `work` has settled. */
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends LifetimeEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

export interface MessageToWorker extends LifetimeEvent {
  readonly data: unknown;
}

export interface WorkerScope {
  readonly navigator: { readonly onLine: boolean };
  readonly location: { readonly href: string; readonly origin: string };
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  readonly caches: CacheStorage;
  fetch: typeof fetch;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifetimeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageToWorker) => void): void;
}

/** What a page says when it begins: that the worker shall control it, and look at the catalogue. */
export const HELLO = 'carto-statique: hello';

/** The names of the caches of a worker all begin so. @param scope - of its registration. */
export function cachePrefix(scope: string): string {
  return `carto-statique ${scope} `;
}
