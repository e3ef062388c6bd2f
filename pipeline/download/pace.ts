/**
 * At most so many requests a second and host, fewer where that was too many for it; none before
 * a host wants any again.
 */
import type { Clock } from './clock.ts';

/** Between two requests of a host that has said several times that they are too many. */
const LONGEST_STEP_MS = 2000;

export class Pace {
  readonly #clock: Clock;
  readonly #stepMs: number;
  /** By host that wanted fewer. */
  readonly #slower = new Map<string, number>();
  /** By host, the earliest time of the next request. */
  readonly #next = new Map<string, number>();
  readonly #closedUntil = new Map<string, number>();

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#stepMs = 1000 / perSecond;
  }

  /** Resolves when it is this request's turn; turns are taken in the order in which they are asked for. */
  async turn(host: string, signal: AbortSignal | undefined): Promise<void> {
    do {
      const now = this.#clock.now();
      const at = Math.max(now, this.#next.get(host) ?? 0);
      this.#next.set(host, at + (this.#slower.get(host) ?? this.#stepMs));
      if (at > now) await this.#clock.sleep(at - now, signal);
      // Closed while this one waited: its turn is another now.
    } while (this.#clock.now() < (this.#closedUntil.get(host) ?? 0));
  }

  /** Half as many a second from now on: it was asked too often, whatever its limit is this year. */
  slowDown(host: string): void {
    const step = 2 * (this.#slower.get(host) ?? this.#stepMs);
    this.#slower.set(host, Math.min(step, Math.max(LONGEST_STEP_MS, this.#stepMs)));
  }

  /** No request of `host` for so long: it said so to one, and meant all. */
  defer(host: string, milliseconds: number): void {
    const until = this.#clock.now() + milliseconds;
    this.#closedUntil.set(host, Math.max(until, this.#closedUntil.get(host) ?? 0));
    this.#next.set(host, Math.max(until, this.#next.get(host) ?? 0));
  }
}
