/**
 * The reads of one query, on what it shares with others. Refuses a read that would pass
 * a ceiling before it is made, and one of a place that is not in the file.
 */
import { CartoError } from '../errors.ts';
import { corrupt } from '../format/corrupt.ts';
import { withDeadline } from './deadline.ts';
import { gate } from './gate.ts';
import { openMeter, type QueryLimits } from './limits.ts';
import { merged, type Span } from './merge.ts';
import type { FileRef } from './range.ts';
import type { Reads, Wanted } from './reads.ts';
import { twice } from './retry.ts';
import type { Entry, Flight, Shelf } from './shelf.ts';

/** As many connections as a browser makes to one host over HTTP/1.1. */
const PARALLEL = 6;
/** What a stored byte becomes when it is inflated and decoded to objects: 4 was measured on parcels; what compresses better makes more. */
const DECODED_FACTOR = 8;

/** One request, for a span of `file` or for all of it; `fresh`: past every cache. */
export type Send = (
  file: FileRef,
  span: Span | null,
  signal: AbortSignal,
  fresh: boolean,
) => Promise<Uint8Array>;

/** A value that a request brings. */
interface Sought {
  readonly key: string;
  /** As stored; 0: the value is not kept. */
  readonly bytes: number;
  readonly decode: (read: Uint8Array) => unknown;
}

/** What all queries on one tree share. */
export interface Shared {
  readonly shelf: Shelf;
  readonly send: Send;
  /** What to call the file at `path` in errors. */
  readonly nameOf: (path: string) => string;
}

function checkPlace(name: string, { length: most }: FileRef, { offset, length }: Span): void {
  const isInFile = offset >= 0 && length > 0 && offset + length <= most;
  if (isInFile && Number.isInteger(offset) && Number.isInteger(length)) return;
  corrupt(name, `place: ${length} bytes from byte ${offset} of ${most}`);
}

/** The reads of one query. @param signal - aborts them with its reason. */
export function queryReads(
  { shelf, send, nameOf }: Shared,
  limits: QueryLimits,
  signal: AbortSignal = new AbortController().signal,
): Reads {
  const start = performance.now();
  const meter = openMeter(limits);
  const pass = gate(PARALLEL);
  const { maxMs } = limits;
  const late = (): CartoError =>
    new CartoError('Timeout', `the query took longer than its ceiling, maxMs ${maxMs}`, { maxMs });

  /** Asks for `span` of `file`, or all of it, and puts what it brings on the shelf. */
  const depart = (file: FileRef, span: Span | null, sought: readonly Sought[]): void => {
    const flight: Flight = { controller: new AbortController(), waiting: 0 };
    const { signal: abandoned } = flight.controller;
    const mayRepeat = (): boolean => meter.mayTake(1, (span ?? file).length);
    const values = twice(abandoned, mayRepeat, async (fresh) => {
      const read = await pass(() => send(file, span, abandoned, fresh));
      return Promise.all(sought.map(({ decode }) => decode(read)));
    });
    for (const [i, { key, bytes }] of sought.entries()) {
      const value = values.then((all) => all[i]);
      shelf.add(key, flight, value, bytes * DECODED_FACTOR);
    }
  };

  /** The values of the keys that `begin` gives, once it has asked for what is not on the shelf. */
  const arrived = async (begin: () => readonly string[]): Promise<unknown[]> => {
    const flights = new Set<Flight>();
    try {
      return await withDeadline(maxMs - (performance.now() - start), late, signal, async () => {
        const entries = begin().map((key) => shelf.find(key) as Entry);
        for (const { flight } of entries) if (flight !== null) flights.add(flight);
        for (const flight of flights) flight.waiting += 1;
        return Promise.all(entries.map(({ value }) => value));
      });
    } finally {
      for (const flight of flights) if (--flight.waiting === 0) flight.controller.abort();
    }
  };

  return {
    get requests() {
      return meter.requests;
    },
    get bytes() {
      return meter.bytes;
    },
    signal,
    async units<T>(file: FileRef, wanted: readonly Wanted<T>[]) {
      const name = nameOf(file.path);
      const keyOf = ({ offset, length }: Span): string => `${file.path}:${offset}:${length}`;
      const values = await arrived(() => {
        const missing = wanted.filter((unit) => shelf.find(keyOf(unit)) === undefined);
        for (const unit of missing) checkPlace(name, file, unit);
        const runs = merged([...new Map(missing.map((unit) => [keyOf(unit), unit])).values()]);
        meter.take(
          runs.length,
          runs.reduce((sum, { length }) => sum + length, 0),
        );
        for (const run of runs) {
          const soughtIn = (unit: Wanted<T>): Sought => {
            const at = unit.offset - run.offset;
            return {
              key: keyOf(unit),
              bytes: unit.keep === false ? 0 : unit.length,
              decode: (read) => unit.decode(read.subarray(at, at + unit.length), name),
            };
          };
          depart(file, run, run.spans.map(soughtIn));
        }
        return wanted.map(keyOf);
      });
      return values as T[];
    },
    async whole(file, decode) {
      const { path: key, length } = file;
      const [value] = await arrived(() => {
        if (shelf.find(key) === undefined) {
          meter.take(1, length);
          depart(file, null, [{ key, bytes: length, decode: (read) => decode(read, nameOf(key)) }]);
        }
        return [key];
      });
      return value as Awaited<ReturnType<typeof decode>>;
    },
  };
}
