/**
 * The reads of one query, on what it shares with others. Refuses a read that would pass
 * a ceiling before it is made, and one of a place that is not in the file.
 */
import { corrupt } from '../format/corrupt.ts';
import { gate } from './gate.ts';
import { openMeter, type QueryLimits } from './limits.ts';
import { merged, type Run, type Span } from './merge.ts';
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

/** What all queries on one tree share. */
export interface Shared {
  readonly shelf: Shelf;
  readonly send: Send;
  /** Of the tree. */
  readonly base: string;
}

function checkPlace(name: string, file: FileRef, { offset, length }: Span): void {
  const isInFile = offset >= 0 && length > 0 && offset + length <= file.length;
  if (!isInFile) corrupt(name, `place: ${length} bytes from byte ${offset}`);
}

const keyOf = ({ path }: FileRef, { offset, length }: Span): string => `${path}:${offset}:${length}`;

/** The reads of one query. @param signal - aborts them with its reason. */
export function queryReads(
  { shelf, send, base }: Shared,
  limits: QueryLimits,
  signal: AbortSignal | undefined,
): Reads {
  const meter = openMeter(limits, signal);
  const pass = gate(PARALLEL);

  /** Asks for a run of `file`, or all of it, and puts what it brings on the shelf. */
  const depart = (file: FileRef, run: Run<Wanted<unknown>>, isWhole: boolean): void => {
    const { offset: start, length, spans } = run;
    const flight: Flight = { controller: new AbortController(), waiting: [] };
    const { signal: abandoned } = flight.controller;
    // Whoever still waits: the one who asked first may be gone, or at its ceiling.
    const mayRepeat = (): boolean => flight.waiting.some((one) => !one.pay(1, length));
    let values: Promise<unknown>[] = [];
    const ended = twice(abandoned, mayRepeat, (fresh) => {
      const read = pass(() => send(file, isWhole ? null : run, abandoned, fresh));
      values = spans.map(({ offset, length: size, decode }) => {
        const at = offset - start;
        return read.then((bytes) =>
          decode(isWhole ? bytes : bytes.subarray(at, at + size), base + file.path),
        );
      });
      return Promise.all(values);
    });
    spans.forEach((unit, i) => {
      // A unit that is corrupt fails those alone who asked for it.
      const own = (): unknown => values[i];
      const value = ended.then(own, own);
      shelf.add(keyOf(file, unit), flight, value, unit.keep === false ? 0 : unit.length * DECODED_FACTOR);
    });
  };

  /** What is on the shelf of `wanted`, once the rest has been asked for. */
  const entriesOf = (file: FileRef, wanted: readonly Wanted<unknown>[], isWhole: boolean): Entry[] => {
    const missing = new Map(wanted.map((unit) => [keyOf(file, unit), unit]));
    for (const [key, unit] of missing) {
      if (shelf.find(key)) missing.delete(key);
      else if (!isWhole) checkPlace(base + file.path, file, unit);
    }
    const runs = merged(missing.values());
    const bytes = runs.reduce((sum, { length }) => sum + length, 0);
    const refusal = meter.pay(runs.length, bytes);
    if (refusal) throw refusal;
    for (const run of runs) depart(file, run, isWhole);
    return wanted.map((unit) => shelf.find(keyOf(file, unit)) as Entry);
  };

  const read = async <T>(file: FileRef, wanted: readonly Wanted<T>[], isWhole = false): Promise<T[]> => {
    let flights: Flight[] = [];
    try {
      return await meter.timed(async () => {
        const entries = entriesOf(file, wanted, isWhole);
        flights = entries.flatMap(({ flight }) => flight ?? []);
        for (const { waiting } of flights) waiting.push(meter);
        return (await Promise.all(entries.map(({ value }) => value))) as T[];
      });
    } finally {
      for (const { waiting, controller } of flights) {
        waiting.splice(waiting.indexOf(meter), 1);
        if (waiting.length === 0) controller.abort();
      }
    }
  };

  return {
    get requests() {
      return meter.cost.requests;
    },
    get bytes() {
      return meter.cost.bytes;
    },
    signal: signal ?? new AbortController().signal,
    units: (file, wanted) => read(file, wanted),
    async whole(file, decode) {
      const all = { offset: 0, length: file.length, decode };
      return (await read(file, [all], true))[0] as Awaited<ReturnType<typeof decode>>;
    },
  };
}
