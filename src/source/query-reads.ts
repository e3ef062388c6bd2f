/**
 * The reads of one query, on what it shares with others. Refuses a read that would pass
 * a ceiling before it is made.
 */
import { checkPlaces, checkWhole } from './check-reads.ts';
import { withDeadline } from './deadline.ts';
import { Flight, type Send } from './flight.ts';
import { gate } from './gate.ts';
import { Meter, type QueryLimits } from './limits.ts';
import { merged } from './merge.ts';
import { nameIn, type FileRef } from './range.ts';
import type { Reads, Wanted, WholeFile } from './reads.ts';
import type { Store } from './store.ts';
import { tripsOf } from './trips.ts';

/** As many connections as a browser makes to one host over HTTP/1.1. */
const PARALLEL = 6;

/** A unit, and the request that brings it. */
interface Departed<T> {
  readonly unit: Wanted<T>;
  readonly flight: Flight;
  /** Begins a decoding of it. */
  readonly decoded: () => Promise<T>;
}

function joined(flights: readonly Flight[]): Set<Flight> {
  const distinct = new Set(flights);
  for (const flight of distinct) flight.join();
  return distinct;
}

function leave(flights: ReadonlySet<Flight>): void {
  for (const flight of flights) flight.leave();
}

export class QueryReads implements Reads {
  readonly signal: AbortSignal;
  readonly #store: Store;
  readonly #meter: Meter;
  readonly #gate = gate(PARALLEL);

  constructor(store: Store, limits: QueryLimits, signal: AbortSignal | undefined) {
    this.#store = store;
    this.#meter = new Meter(limits);
    this.signal = signal ?? new AbortController().signal;
  }

  get requests(): number {
    return this.#meter.requests;
  }

  get bytes(): number {
    return this.#meter.bytes;
  }

  async units<T>(file: FileRef, wanted: readonly Wanted<T>[]): Promise<T[]> {
    const keyOf = ({ offset, length }: Wanted<T>): string => `${file.path}:${offset}:${length}`;
    const missing = new Map(wanted.map((unit) => [keyOf(unit), unit]));
    for (const key of missing.keys()) if (this.#store.has(key)) missing.delete(key);
    for (const { unit, flight, decoded } of this.#depart(file, [...missing.values()])) {
      this.#store.expect(keyOf(unit), flight, decoded(), unit.keep === false ? 0 : unit.length);
    }
    return this.#arrived(wanted.map(keyOf));
  }

  async *stream<T>(file: FileRef, wanted: Iterable<Wanted<T>> | AsyncIterable<Wanted<T>>): AsyncGenerator<T> {
    for await (const trip of tripsOf(wanted)) {
      const departed = new Map(this.#depart(file, trip).map((one) => [one.unit, one]));
      const flights = joined([...departed.values()].map(({ flight }) => flight));
      try {
        for (const unit of trip) {
          const value = await this.#timed(departed.get(unit)?.decoded as () => Promise<T>);
          const before = performance.now();
          yield value;
          this.#meter.pardon(performance.now() - before);
        }
      } finally {
        leave(flights);
      }
    }
  }

  whole(file: WholeFile): Promise<Uint8Array>;
  whole<T>(file: WholeFile, decode: (bytes: Uint8Array, name: string) => T | Promise<T>): Promise<T>;
  async whole(
    file: WholeFile,
    decode: (bytes: Uint8Array, name: string) => unknown = (bytes) => bytes,
  ): Promise<unknown> {
    const { path, length = 0 } = file;
    if (!this.#store.has(path)) {
      this.#take(1, length);
      const { tree } = this.#store;
      const name = nameIn(tree, path);
      const flight = this.#start(length, (signal, fresh) => tree.whole(path, signal, fresh));
      const value = flight.decoded((bytes) => {
        checkWhole(file, name, bytes);
        return decode(bytes, name);
      });
      this.#store.expect(path, flight, value, length);
    }
    return (await this.#arrived([path]))[0];
  }

  /** Asks for `units`, near ones together. */
  #depart<T>(file: FileRef, units: readonly Wanted<T>[]): Departed<T>[] {
    const { tree } = this.#store;
    const name = nameIn(tree, file.path);
    checkPlaces(file, name, units);
    const runs = merged(units);
    const bytes = runs.reduce((sum, run) => sum + run.length, 0);
    this.#take(runs.length, bytes);
    return runs.flatMap(({ offset: start, length, spans }) => {
      const flight = this.#start(length, (signal, fresh) => tree.range(file, start, length, signal, fresh));
      return spans.map((unit) => {
        const at = unit.offset - start;
        const decoded = (): Promise<T> =>
          flight.decoded((read) => unit.decode(read.subarray(at, at + unit.length), name));
        return { unit, flight, decoded };
      });
    });
  }

  #take(requests: number, bytes: number): void {
    this.signal.throwIfAborted();
    this.#meter.take(requests, bytes);
  }

  #start(length: number, send: Send): Flight {
    const mayRepeat = (): boolean => this.#meter.mayTake(1, length);
    return new Flight(mayRepeat, (signal, fresh) => this.#gate(() => send(signal, fresh)));
  }

  /** The values of `keys`, each of which is kept or under way. */
  async #arrived<T>(keys: readonly string[]): Promise<T[]> {
    const shared = keys.map((key) => this.#store.get(key));
    const flights = joined(shared.flatMap(({ flight = [] }) => flight));
    try {
      return (await this.#timed(() => Promise.all(shared.map(({ value }) => value)))) as T[];
    } finally {
      leave(flights);
    }
  }

  #timed<T>(work: () => Promise<T>): Promise<T> {
    return withDeadline(this.#meter.left, this.#meter.late, this.signal, work);
  }
}
