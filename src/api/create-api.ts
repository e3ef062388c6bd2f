/**
 * API Carto as a function from requests to responses, over a published tree: the same
 * routes, parameters, refusals and envelopes, on web standards alone. A request that is
 * wrong is refused before anything is asked of the tree; what could not be read is an
 * error, never an empty answer.
 */
import { answer } from './answer/answer.ts';
import { layerOf } from './answer/question.ts';
import { fieldsOf, type CartoSource } from './answer/source.ts';
import { respondToError } from './faults.ts';
import { readBody, type ApiRequest } from './read/body.ts';
import { givenBy, valueOf, type Given } from './read/given.ts';
import {
  refuse,
  respondNoRoute,
  respondPage,
  respondToPreflight,
  shareWith,
  withoutBody,
} from './respond.ts';
import { matchRoute, patternsOf, type Match, type Patterns } from './routes/match.ts';
import { ROUTES, type Route } from './routes/routes.ts';
import { settingsOf, type ApiOptions, type Settings } from './settings.ts';
import { validate, type Mode } from './validate/validate.ts';

/** From a request to its response, whatever is asked; see `createApi`. */
export type Api = (request: ApiRequest) => Promise<Response>;

/** Upstream's keys mean nothing here: only who wants its refusals is asked for them. */
function withoutKeys(route: Route): Route {
  const parameters = route.parameters.map((parameter) =>
    parameter.name === 'geom' ? parameter : { ...parameter, required: false },
  );
  return { ...route, parameters };
}

/**
 * Appellations are asked for by GET, too, which upstream has not: with a place, and
 * without keys. `null` when there is no place: then nothing tells it from a mistake.
 */
function routeFor({ route }: Match, method: string, given: Given, mode: Mode): Route | null {
  if (route.kind !== 'appellations') return route;
  const isPosted = method === 'POST';
  if (!isPosted && valueOf(given, 'geom') === undefined) return null;
  return isPosted && mode === 'compatible' ? route : withoutKeys(route);
}

/** What is no request of the API, before its parameters are looked at: a page upstream, and a sentence here. */
function refuseRequest(status: number, message: string, mode: Mode): Response {
  return mode === 'strict' ? refuse(message, status) : respondPage(status, message);
}

async function respondToGiven(
  carto: CartoSource,
  request: ApiRequest,
  route: Route,
  given: Given,
  { mode, maxLimit, aliases }: Settings,
): Promise<Response> {
  const fields = fieldsOf(carto, layerOf(route, given));
  const refusal = validate(route, given, { mode, maxLimit, fields });
  if (refusal !== null) return refusal;
  try {
    const answering = { aliases, maxLimit, refusesOutside: mode === 'strict' };
    return await answer({ carto, request, route, given, options: answering });
  } catch (error) {
    request.signal?.throwIfAborted();
    return respondToError(error, given);
  }
}

async function respondTo(
  carto: CartoSource,
  request: ApiRequest,
  patterns: Patterns,
  settings: Settings,
): Promise<Response> {
  const { mode, maxBodyBytes } = settings;
  const { pathname } = new URL(request.url);
  // Upstream reads bodies before it looks at paths.
  const body = await readBody(request, maxBodyBytes);
  if ('fault' in body) return refuseRequest(body.fault.status, body.fault.message, mode);
  const match = matchRoute(patterns, request.method, pathname);
  if (match === null) return respondNoRoute(request.method, pathname);
  if (match.params === null) return refuseRequest(400, `Failed to decode ${pathname}`, mode);
  const given = givenBy(request, body.values, match.params);
  const route = routeFor(match, request.method, given, mode);
  if (route === null) return respondNoRoute(request.method, pathname);
  return respondToGiven(carto, request, route, given, settings);
}

/**
 * The API over `carto`, which `openCarto` gives. It rejects with the reason of a request's
 * signal; all else is a response.
 * @throws CartoError `InvalidQuery` where an option is not what it should be.
 */
export function createApi(carto: CartoSource, options: ApiOptions = {}): Api {
  const settings = settingsOf(options);
  const patterns = patternsOf(ROUTES, settings.base);
  return async (request) => {
    const { method, headers, signal } = request;
    signal?.throwIfAborted();
    if (method === 'OPTIONS') return respondToPreflight(headers.get('access-control-request-headers'));
    const response = shareWith(headers.get('origin'), await respondTo(carto, request, patterns, settings));
    return method === 'HEAD' ? withoutBody(response) : response;
  };
}
