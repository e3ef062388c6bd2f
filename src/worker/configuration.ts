/**
 * What a worker is told. It travels in the query of the address of its script: a worker
 * is stopped and started again at any moment, and its address is all that it then knows.
 * Refuses nothing: what a query says that cannot be meant is as if it were not said.
 */
import type { Mode } from '../api/validate/validate.ts';

/**
 * What becomes of a page's requests to `https://apicarto.ign.fr/api/…`:
 * - `never`: they go to the network, untouched.
 * - `covered`: those that the tree is known to cover are answered from it; the network
 *   answers the others.
 * - `always`: they are answered from the tree, outside of its coverage too.
 */
export type Interception = 'never' | 'covered' | 'always';

export interface Configuration {
  /** The address of the tree; ends in a slash. */
  readonly tree: string;
  /** The paths before the routes, on the worker's own origin. */
  readonly bases: readonly string[];
  readonly ign: Interception;
  readonly mode: Mode;
  /** The greatest `_limit`, where that is more than API Carto's own of a route. */
  readonly maxLimit: number;
  /** Of the tree's files, kept in Cache Storage. */
  readonly keepBytes: number;
  /** For how long a catalogue is taken for the last one. */
  readonly checkSeconds: number;
  /** The address of the table of former INSEE codes; `null` for none. */
  readonly aliases: string | null;
  /** Addresses, without query, of the files that the site itself needs offline, the table among them. */
  readonly shell: readonly string[];
}

/** Some thousand places, and far below what browsers give a site. */
const KEEP_BYTES = 64 * 2 ** 20;
/** As long as hosts are advised to let caches keep the catalogue. */
const CHECK_SECONDS = 60;
const INTERCEPTIONS: readonly Interception[] = ['never', 'covered', 'always'];

/** `api` within the scope, and at the root, where pages written for API Carto's own host look. */
function defaultBases(scope: string): string[] {
  return [...new Set([new URL('api', scope).pathname, '/api'])];
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  // As numbers are written, Infinity among them; Number takes no text for 0.
  const value = Number(query.get(name)?.trim() || NaN);
  return value >= 0 ? value : otherwise;
}

/** The configuration of the worker whose script is at `script`. @param scope - of its registration. */
export function readConfiguration(script: string, scope: string): Configuration {
  const query = new URL(script).searchParams;
  const aliases = query.get('aliases');
  const bases = query.getAll('base').map((base) => base.replace(/\/+$/, ''));
  return {
    tree: new URL(query.get('tree') ?? './', scope).href.replace(/\/*$/, '/'),
    bases: bases.length > 0 ? bases : defaultBases(scope),
    ign: INTERCEPTIONS.find((word) => word === query.get('ign')) ?? 'never',
    mode: query.get('mode') === 'strict' ? 'strict' : 'compatible',
    maxLimit: numberIn(query, 'maxLimit', 0),
    keepBytes: numberIn(query, 'keepBytes', KEEP_BYTES),
    checkSeconds: numberIn(query, 'checkSeconds', CHECK_SECONDS),
    aliases: aliases === null ? null : new URL(aliases, scope).href,
    shell: [...query.getAll('shell'), ...query.getAll('aliases')].map((path) => new URL(path, scope).href),
  };
}

/** What is said of a configuration; the rest is as without it. */
export type Said = { readonly [K in keyof Configuration]?: Configuration[K] | undefined };

/** The address of `script` that says so; the same for the same. */
export function writeConfiguration(script: URL, { bases = [], shell = [], ...single }: Said): URL {
  const url = new URL(script);
  for (const [name, value] of Object.entries(single)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  for (const base of bases) url.searchParams.append('base', base);
  for (const file of shell) url.searchParams.append('shell', file);
  return url;
}
