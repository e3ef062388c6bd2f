/** Adds up what comes, and tells how fast and how long still. */
import type { Clock } from './clock.ts';
import type { Progress, Wanted } from './wanted.ts';

/** The rate is that of the last seconds: a minute ago says nothing of the next one. */
const WINDOW_MS = 5000;

interface FileMeter {
  bytes: number;
  total: number | null;
  isDone: boolean;
}

export class Meter {
  readonly #clock: Clock;
  readonly #report: (progress: Progress) => void;
  readonly #files = new Map<string, FileMeter>();
  /** When bytes came from the network, and how many by then; the oldest first. */
  #samples: { at: number; bytes: number }[] = [];
  #received = 0;

  constructor(clock: Clock, report: (progress: Progress) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  expect({ name, length }: Wanted): void {
    this.#files.set(name, { bytes: 0, total: length, isDone: false });
  }

  /** The attempt goes on from `bytes`; `total` as the server says it. */
  start(name: string, bytes: number, total: number | null): void {
    this.#set(name, { bytes, ...(total === null ? {} : { total }) });
    this.#tell(name, 'receiving');
  }

  came(name: string, bytes: number): void {
    this.#received += bytes;
    this.#sample();
    this.#set(name, { bytes: (this.#files.get(name)?.bytes ?? 0) + bytes });
    this.#tell(name, 'receiving');
  }

  /** It waits, or begins again, because of `note`. */
  pause(name: string, state: 'waiting' | 'again', note: string): void {
    this.#tell(name, state, note);
  }

  end(name: string, state: 'done' | 'kept', length: number, note: string | null = null): void {
    this.#set(name, { bytes: length, total: length, isDone: true });
    this.#tell(name, state, note);
  }

  #set(name: string, change: Partial<FileMeter>): void {
    const known = this.#files.get(name) ?? { bytes: 0, total: null, isDone: false };
    this.#files.set(name, { ...known, ...change });
  }

  #sample(): void {
    const now = this.#clock.now();
    const last = this.#samples.at(-1);
    if (last?.at === now) last.bytes = this.#received;
    else this.#samples.push({ at: now, bytes: this.#received });
    this.#samples = this.#samples.filter(({ at }) => at >= now - WINDOW_MS);
  }

  #rate(): number {
    const [first] = this.#samples;
    const elapsed = first === undefined ? 0 : this.#clock.now() - first.at;
    return first === undefined || elapsed === 0 ? 0 : ((this.#received - first.bytes) * 1000) / elapsed;
  }

  #tell(name: string, state: Progress['state'], note: string | null = null): void {
    const files = [...this.#files.values()];
    const done = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const totals = files.map(({ total }) => total);
    const total = totals.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
    const bytesPerSecond = this.#rate();
    this.#report({
      name,
      state,
      note,
      files: { done: files.filter(({ isDone }) => isDone).length, total: files.length },
      bytes: { done, total },
      bytesPerSecond,
      secondsLeft: total === null || bytesPerSecond === 0 ? null : Math.max(0, total - done) / bytesPerSecond,
    });
  }
}
