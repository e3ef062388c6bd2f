/**
 * A static host on loopback for tests, well-behaved or hostile: each mode is a way in
 * which real hosts and proxies fail. Notes what it is asked.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

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
function held({ range, file }: Exchange): ByteRange {
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

function html({ response }: Exchange, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html><p>Bonjour');
}

/** The exchange as if a neighbour of the range had been asked for: a block further, where there is one. */
function beside(exchange: Exchange): Exchange {
  if (exchange.range === null) return exchange;
  const [start, end] = held(exchange);
  const { length } = exchange.file;
  const by = [4096, -4096, 1, -1].find((step) => start + step >= 0 && end + step <= length) ?? 0;
  return { ...exchange, range: [start + by, end + by] };
}

/** A copy, which `slice` of a Buffer would not be. */
function bodyOf(exchange: Exchange): Uint8Array {
  return Uint8Array.from(exchange.file.subarray(...held(exchange)));
}

/** All of a good answer but its last byte, and then? */
function unfinished(exchange: Exchange, then: () => void): void {
  const { response, range, file } = exchange;
  const [start, end] = held(exchange);
  const own = range === null ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${file.length}` };
  response.writeHead(range === null ? 200 : 206, { ...own, 'Content-Length': end - start });
  response.write(file.subarray(start, end - 1), then);
}

/** Modes about ranges serve whole files well. */
export const HOSTILE = {
  'ignores Range': (exchange) => {
    answer({ ...exchange, range: null });
  },
  'sends another range, and says so': (exchange) => {
    answer(beside(exchange));
  },
  'sends another range, and hides it': (exchange) => {
    answer(beside(exchange), { headers: { 'Content-Range': undefined } });
  },
  'sends another file': (exchange) => {
    const [start, end] = held(exchange);
    const range = `bytes ${start}-${end - 1}/${exchange.file.length + 7}`;
    answer(exchange, exchange.range === null ? {} : { headers: { 'Content-Range': range } });
  },
  'sends a short body with consistent headers': (exchange) => {
    const [start, end] = held(exchange);
    if (exchange.range === null) answer(exchange, { body: exchange.file.subarray(0, end - 1) });
    else answer({ ...exchange, range: [start, end - 1] });
  },
  'hides Content-Range and ends early': (exchange) => {
    const headers = { 'Content-Range': undefined, 'Content-Length': undefined };
    answer(exchange, { headers, body: bodyOf(exchange).subarray(0, -1) });
  },
  'hides Content-Range and sends too much': (exchange) => {
    const body = Buffer.concat([bodyOf(exchange), Buffer.of(0)]);
    answer(exchange, { headers: { 'Content-Range': undefined }, body });
  },
  'cuts the connection': (exchange) => {
    unfinished(exchange, () => exchange.response.destroy());
  },
  'gzips the range': (exchange) => {
    answer(exchange, { headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(bodyOf(exchange)) });
  },
  'sends a part of its gzipped form': (exchange) => {
    const [start, end] = exchange.range === null ? [0, Infinity] : held(exchange);
    const body = gzipSync(exchange.file).subarray(start, end);
    answer(exchange, { headers: { 'Content-Encoding': 'gzip' }, body });
  },
  'flips a bit': (exchange) => {
    const body = bodyOf(exchange);
    const middle = body.length >> 1;
    body[middle] = (body[middle] ?? 0) ^ 1;
    answer(exchange, { body });
  },
  'changes its ETag each time': (exchange) => {
    answer(exchange, { headers: { ETag: `"${randomUUID()}"` } });
  },
  'answers with the page of a site': (exchange) => {
    html(exchange, 200);
  },
  'answers with several parts': ({ response }) => {
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=x' }).end('--x\r\n\r\n--x--');
  },
  'has no such file': (exchange) => {
    html(exchange, 404);
  },
  'has it no more': ({ response }) => {
    response.writeHead(410).end();
  },
  'refuses access': ({ response }) => {
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
  },
  'says that the range is past the end': ({ response }) => {
    response.writeHead(416).end();
  },
  fails: ({ response }) => {
    response.writeHead(503).end();
  },
  'asks to wait': ({ response }) => {
    response.writeHead(429, { 'Retry-After': '3600' }).end();
  },
  'accepts and says nothing': () => undefined,
  'starts and stalls': (exchange) => {
    unfinished(exchange, () => undefined);
  },
  'drops the connection': ({ request }) => {
    request.socket.destroy();
  },
} satisfies Record<string, Behaviour>;

export type HostileMode = keyof typeof HOSTILE;

function rangeOf(request: IncomingMessage): ByteRange | null {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  return first === undefined || last === undefined ? null : [Number(first), Number(last) + 1];
}

/** A host of `files`. `behave` decides, request by request, how it answers. */
export class TestHost {
  /** Paths of the requests so far. */
  readonly requests: string[] = [];
  behave: Behaviour = wellBehaved;
  readonly #server: Server;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname.slice(1));
      this.requests.push(path);
      const file = files.get(path);
      if (file === undefined) response.writeHead(404).end();
      else this.behave({ request, response, path, file, range: rangeOf(request) });
    });
  }

  /** Only ranges misbehave: the catalogue stays readable. */
  misbehave(mode: HostileMode): void {
    this.behave = (exchange) => {
      if (exchange.range === null) wellBehaved(exchange);
      else HOSTILE[mode](exchange);
    };
  }

  /** Its address, once it listens on a free port of loopback. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
