/**
 * Which requests of a page the worker answers: those for the routes of API Carto's modules
 * under its bases, those to IGN's host where the page asks for that, and the files of the
 * site that are listed. All others go to the network as if there were no worker.
 */
import { ROUTES } from '../api/routes/routes.ts';
import type { Configuration } from './configuration.ts';

const IGN = 'https://apicarto.ign.fr';
const IGN_BASE = '/api';
const METHODS = ['GET', 'HEAD', 'POST'];
/** `cadastre`, `gpu`… : a base may hold other things that are not ours. */
const MODULES: ReadonlySet<string | undefined> = new Set(ROUTES.map(({ path }) => path.split('/')[1]));

export type Routing =
  | { readonly to: 'api'; readonly base: string; readonly isIgn: boolean }
  | { readonly to: 'shell'; readonly file: string };

function isRoute(pathname: string, base: string): boolean {
  if (!pathname.toLowerCase().startsWith(`${base.toLowerCase()}/`)) return false;
  return MODULES.has(pathname.slice(base.length).split('/')[1]?.toLowerCase());
}

/** Who answers `request`; `null`: the network. @param origin - the worker's own. */
export function routingOf(
  request: { readonly method: string; readonly url: string },
  { bases, ign, shell }: Configuration,
  origin: string,
): Routing | null {
  const url = new URL(request.url);
  const { pathname } = url;
  if (url.origin === origin && METHODS.includes(request.method)) {
    const base = bases.find((one) => isRoute(pathname, one));
    if (base !== undefined) return { to: 'api', base, isIgn: false };
    const file = origin + pathname;
    return request.method === 'GET' && shell.includes(file) ? { to: 'shell', file } : null;
  }
  const isIgn = ign !== 'never' && url.origin === IGN && METHODS.includes(request.method);
  return isIgn && isRoute(pathname, IGN_BASE) ? { to: 'api', base: IGN_BASE, isIgn } : null;
}
