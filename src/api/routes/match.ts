/** Finds the route of a request: case and a slash at the end make no difference. */
import type { Given } from '../read/given.ts';
import type { Method, Route } from './routes.ts';

export interface Match {
  readonly route: Route;
  /** The parameters in the path; `null` when that is not percent-encoded as it should be. */
  readonly params: Given['params'] | null;
}

interface Pattern {
  readonly route: Route;
  readonly form: RegExp;
}

export type Patterns = readonly Pattern[];

const PARAMETER = /\{(\w+)\}/g;

/** Routes made ready to be matched, under `base`, such as `/api`. */
export function patternsOf(routes: readonly Route[], base: string): Patterns {
  const start = base.replace(/[.*+?^$()[\]\\|{}]/g, '\\$&');
  return routes.map((route) => {
    const path = route.path.replace(PARAMETER, '(?<$1>[^/]+?)');
    return { route, form: new RegExp(`^${start}${path}/?$`, 'i') };
  });
}

function paramsOf(groups: Readonly<Record<string, string>> = {}): Match['params'] {
  try {
    const entries = Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]);
    return Object.fromEntries(entries) as Match['params'];
  } catch {
    return null;
  }
}

/** The route that answers `method` at `pathname`; `HEAD` is a `GET` whose body is not sent. */
export function matchRoute(patterns: Patterns, method: string, pathname: string): Match | null {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const { route, form } of patterns) {
    const found = form.exec(pathname);
    if (found === null) continue;
    const params = paramsOf(found.groups);
    // Upstream decodes a path before it looks at the method.
    if (params === null || route.methods.includes(asked as Method)) return { route, params };
  }
  return null;
}
