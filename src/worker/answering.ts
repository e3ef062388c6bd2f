/**
 * Answers a request of a page from the edition of the tree that is current. Whatever
 * happens, there is an answer that says what: a tree that cannot be read is a 502 with the
 * library's reason, never an empty collection. Refuses to answer a request to IGN's host of
 * which the tree may not hold all, where these are left to the network.
 */
import { createApi, respondToFault, type Aliases } from '../api/index.ts';
import { COVERAGE, respondJson } from '../api/respond.ts';
import { isCartoError } from '../errors.ts';
import type { Configuration } from './configuration.ts';
import type { Editions } from './edition.ts';

/** Why the answer is of the last catalogue known: the code of what reading it failed by. */
export const OFFLINE = 'x-carto-offline';

const NOTHING = '{"type":"FeatureCollection","features":[]';

/** What answers are made of. */
export interface Answering {
  readonly configuration: Configuration;
  readonly editions: Editions;
  /** @throws CartoError */
  readonly aliases: () => Promise<Aliases>;
}

async function respond(
  request: Request,
  base: string,
  { editions, configuration: { mode, maxLimit }, aliases }: Answering,
): Promise<Response> {
  const [table, { carto, outage }] = await Promise.all([aliases(), editions.current()]);
  const options = { mode, maxLimit, base, aliases: table };
  const response = await createApi(carto, options)(request);
  if (outage !== null) {
    response.headers.set(OFFLINE, outage);
    response.headers.append('access-control-expose-headers', OFFLINE);
  }
  return response;
}

/** What becomes of a `request` under `base`. It rejects with the reason of the request's signal alone. */
export async function answerRequest(request: Request, base: string, answering: Answering): Promise<Response> {
  try {
    return await respond(request, base, answering);
  } catch (error) {
    if (isCartoError(error)) return respondToFault(error);
    request.signal.throwIfAborted();
    // A defect: the page is told, where it would find a failed connection.
    return respondJson({ code: 500, message: String(error) }, 500);
  }
}

/** Whether the tree is known to hold all that upstream would answer. */
async function isWhole(response: Response): Promise<boolean> {
  const coverage = response.headers.get(COVERAGE);
  // Postal codes and refusals.
  if (coverage === null) return response.status < 500 && response.status !== 413;
  if (coverage !== 'unknown') return coverage === 'inside';
  return !(await response.clone().text()).startsWith(NOTHING);
}

/** What becomes of a `request` to IGN's host. @param network - asks the network in our place. */
export async function answerForIgn(
  request: Request,
  answer: (request: Request) => Promise<Response>,
  ign: Configuration['ign'],
  network: (request: Request) => Promise<Response>,
): Promise<Response> {
  if (ign === 'always') return answer(request);
  const untouched = request.clone();
  const response = await answer(request);
  return (await isWhole(response)) ? response : network(untouched);
}
