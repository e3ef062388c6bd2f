/**
 * One request to a producer: in its turn, redirects followed by hand, statuses that are no
 * answer turned into troubles. undici's `request` and not `fetch`, which would decompress
 * what is to be hashed as it was sent.
 */
import { Agent, request, type Dispatcher } from 'undici';
import { addressOf, routed } from './address.ts';
import { retryAfterMs } from './back-off.ts';
import { Body } from './body.ts';
import { Pace } from './pace.ts';
import { environmentProxies, proxyAgent } from './proxies.ts';
import type { Settings } from './settings.ts';
import { GONE, MOVED, PASSING, REFUSING, TOO_MANY_REQUESTS } from './statuses.ts';
import { hopeless, networkTrouble, Trouble } from './trouble.ts';

export interface Ask {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  /** The header of this name in lower case; the first when there are several. */
  readonly header: (name: string) => string | null;
  /** As it is sent; read to its end, or destroyed. */
  readonly body: Body;
  /** After redirects. */
  readonly url: URL;
}

const REFUSAL =
  'refused to this machine, or to a client that it does not know (CARTO_CONTACT says who asks); see whether a browser gets it';

/** Through the proxy that the environment names, if any; certificates are checked, whatever it says. */
function dispatcherOf(settings: Settings): Dispatcher {
  const options = {
    connect: { rejectUnauthorized: true, timeout: settings.answerMs },
    headersTimeout: settings.answerMs,
    // Silence is judged where bytes are counted.
    bodyTimeout: 0,
  };
  const proxies = settings.origins.size === 0 ? environmentProxies() : null;
  return proxies === null ? new Agent(options) : proxyAgent({ ...options, ...proxies });
}

export class Client {
  readonly #settings: Settings;
  readonly #pace: Pace;
  readonly #dispatcher: Dispatcher;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#pace = new Pace(settings.clock, settings.perSecond);
    this.#dispatcher = dispatcherOf(settings);
  }

  /**
   * The answer to `ask`, whatever its status but a redirect.
   * @throws Trouble when there is none, or one too many redirects.
   */
  async ask(text: string, ask: Ask = {}): Promise<Answer> {
    let url = addressOf(text);
    for (let hops = 0; hops <= this.#settings.redirects; hops++) {
      const answer = await this.#once(url, ask);
      const location = answer.header('location');
      if (!MOVED.has(answer.status) || location === null) return answer;
      answer.body.destroy();
      url = addressOf(location, url);
    }
    throw hopeless(`more than ${this.#settings.redirects} redirects, the last to ${url.href}`);
  }

  /** The same, and a trouble for every status that is not among `wanted`. */
  async askFor(wanted: readonly number[], text: string, ask: Ask = {}): Promise<Answer> {
    const answer = await this.ask(text, ask);
    if (wanted.includes(answer.status)) return answer;
    answer.body.destroy();
    this.assertLasting(answer);
    const { status } = answer;
    if (GONE.has(status))
      throw new Trouble('SourceGone', `status ${status}: it is not there any more`, { tries: 1 });
    const why = REFUSING.has(status) ? `: ${REFUSAL}` : '';
    throw new Trouble('DownloadFailed', `status ${status}${why}`, { tries: 1, status });
  }

  async #once(url: URL, { method = 'GET', headers = {}, signal }: Ask): Promise<Answer> {
    const { userAgent, origins, tries } = this.#settings;
    await this.#pace.turn(url.host, signal);
    try {
      const {
        statusCode,
        headers: received,
        body,
      } = await request(routed(url, origins), {
        dispatcher: this.#dispatcher,
        method,
        headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity', ...headers },
        signal: signal ?? null,
      });
      // An empty one says nothing.
      const header = (name: string): string | null => [received[name] ?? []].flat()[0] || null;
      return { status: statusCode, header, body: new Body(body), url };
    } catch (error) {
      signal?.throwIfAborted();
      throw networkTrouble(error, tries);
    }
  }

  /** Whether its status is that of a bad moment. */
  isPassing({ status }: Answer): boolean {
    return PASSING.has(status);
  }

  /** @throws Trouble for a status of a bad moment: another attempt may do better. */
  assertLasting(answer: Answer): void {
    if (!this.isPassing(answer)) return;
    const { status, url, header } = answer;
    const { clock, longestPauseMs, longestRetryAfterMs, tries } = this.#settings;
    const isTooOften = status === TOO_MANY_REQUESTS;
    if (isTooOften) this.#pace.slowDown(url.host);
    const asked = retryAfterMs(header('retry-after'), clock.now());
    // Whoever counts requests and does not say when to come back may mean minutes.
    const wait = asked ?? (isTooOften ? longestPauseMs : null);
    if (wait === null) throw new Trouble('DownloadFailed', `status ${status}`, { tries, status });
    const waitMs = Math.min(wait, longestRetryAfterMs);
    this.#pace.defer(url.host, waitMs);
    const when = asked === null ? '' : `, to be asked again in ${Math.ceil(asked / 1000)} s`;
    throw new Trouble('DownloadFailed', `status ${status}${when}`, { tries, waitMs, status });
  }
}
