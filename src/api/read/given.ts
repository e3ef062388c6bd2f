/**
 * What a request gives for each parameter, and where: API Carto reads the body, the
 * headers, the path and the query string. Whatever is given in several places must be
 * right in each of them; the last place, the query string, is the one that is used.
 */
import type { ApiRequest } from './body.ts';
import { readQueryString } from './query-string.ts';

export type Location = 'body' | 'headers' | 'params' | 'query';

/** One value of a parameter, and where it was found. */
export interface Instance {
  readonly location: Location;
  readonly value: unknown;
}

type Values = Readonly<Record<string, unknown>>;

export interface Given {
  readonly body: Values;
  readonly params: Values;
  readonly query: Values;
  readonly headers: ApiRequest['headers'];
}

function own(values: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** All that `request` gives, its body read, the parameters in its path being `params`. */
export function givenBy(request: ApiRequest, body: Values, params: Values): Given {
  const query = readQueryString(new URL(request.url).search.slice(1));
  return { body, params, query, headers: request.headers };
}

/** Where `name` is given, in the order in which it is looked for. */
export function instancesOf({ body, params, query, headers }: Given, name: string): Instance[] {
  const instances: Instance[] = [
    { location: 'body', value: own(body, name) },
    { location: 'headers', value: headers.get(name) ?? undefined },
    { location: 'params', value: own(params, name) },
    { location: 'query', value: own(query, name) },
  ];
  return instances.filter(({ value }) => value !== undefined);
}

/** The names that the body and the query string give. */
export function namesGiven({ body, query }: Given): string[] {
  return [...new Set([...Object.keys(body), ...Object.keys(query)])];
}

/** The value of `name` that is used; `undefined` when it is not given. */
export function valueOf(given: Given, name: string): unknown {
  return instancesOf(given, name).at(-1)?.value;
}
