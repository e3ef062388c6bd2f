/** A request to a static host, and how a good host answers it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Bytes [start, end) of a file. */
export type ByteRange = readonly [start: number, end: number];

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly file: Uint8Array;
  /** As asked for, which may pass the end of the file; `null` for the whole file. */
  readonly range: ByteRange | null;
}

export type Behaviour = (exchange: Exchange) => void;

/** What is said otherwise than a good host does; a header of `undefined` is left out. */
interface Change {
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
}

/** What there is of what was asked for. */
export function held({ range, file }: Exchange): ByteRange {
  return range === null ? [0, file.length] : [range[0], Math.min(range[1], file.length)];
}

/** The answer of a good host, but for `change`. */
export function answer(exchange: Exchange, change: Change = {}): void {
  const { response, file, range } = exchange;
  const [start, end] = held(exchange);
  if (start >= end && range !== null) {
    response.writeHead(416, { 'Content-Range': `bytes */${file.length}` }).end();
    return;
  }
  const body = change.body ?? file.subarray(start, end);
  const own = range === null ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${file.length}` };
  const headers = Object.entries<string | number | undefined>({
    'Content-Length': body.length,
    ...own,
    ...change.headers,
  });
  const kept = headers.filter(([, value]) => value !== undefined);
  response.writeHead(range === null ? 200 : 206, Object.fromEntries(kept)).end(body);
}

/** What a good host does. */
export function wellBehaved(exchange: Exchange): void {
  answer(exchange);
}
