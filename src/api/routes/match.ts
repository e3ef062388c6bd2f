/** Finds the route of a request: case and a slash at the end make no difference. */
import type { Given } from '../read/given.ts';
import type { Method, Route } from './routes.ts';

export interface Match {
  readonly route: Route;
  /** The parameters in the path. */
  readonly params: Given['params'];
}

interface Pattern {
  readonly route: Route;
  readonly form: RegExp;
}

const PARAMETER = /\{(\w+)\}/g;

/** Routes made ready to be matched, under `base`, such as `/api`. */
export function patternsOf(routes: readonly Route[], base: string): Pattern[] {
  const start = base.replace(/[.*+?^$()[\]\\|{}]/g, '\\$&');
  return routes.map((route) => {
    // Upstream's modules take a slash of their own.
    const path = route.path.replace(/^(\/[^/]+)\//, '$1//?').replace(PARAMETER, '(?<$1>[^/]+?)');
    return { route, form: new RegExp(`^${start}${path}/?$`, 'i') };
  });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The route that answers `method` at `pathname`; `HEAD` is a `GET` whose body is not sent. */
export function matchRoute(patterns: readonly Pattern[], method: string, pathname: string): Match | null {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const { route, form } of patterns) {
    const found = form.exec(pathname);
    if (found === null || !route.methods.includes(asked as Method)) continue;
    const groups = Object.entries(found.groups ?? {});
    return { route, params: Object.fromEntries(groups.map(([name, value]) => [name, decode(value)])) };
  }
  return null;
}
