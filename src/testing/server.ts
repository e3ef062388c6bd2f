/**
 * A static host on loopback for tests, well-behaved or hostile: each mode is a way in
 * which real hosts and proxies fail. Counts what it is asked.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: Uint8Array;
  /** The range asked for: [start, end); `null` for the whole file. */
  readonly range: readonly [number, number] | null;
}

export type Behaviour = (exchange: Exchange) => void;

function header(start: number, end: number, total: number): string {
  return `bytes ${start}-${end - 1}/${total}`;
}

/** What a good host does. */
export function wellBehaved({ response, file, range }: Exchange): void {
  if (range === null) {
    response.writeHead(200, { 'Content-Length': file.length }).end(file);
    return;
  }
  const [start, end] = [range[0], Math.min(range[1], file.length)];
  if (start >= file.length) {
    response.writeHead(416, { 'Content-Range': `bytes */${file.length}` }).end();
    return;
  }
  const body = file.subarray(start, end);
  const headers = { 'Content-Range': header(start, end, file.length), 'Content-Length': body.length };
  response.writeHead(206, headers).end(body);
}

function html({ response }: Exchange, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html><p>Bonjour');
}

/** Ranges misbehave; whole files are served well, unless said otherwise. */
export const HOSTILE = {
  'ignores Range': ({ response, file }) => {
    response.writeHead(200, { 'Content-Length': file.length }).end(file);
  },
  'sends another range, and says so': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const body = file.subarray(start + 1, end + 1);
    response.writeHead(206, { 'Content-Range': header(start + 1, end + 1, file.length) }).end(body);
  },
  'sends another file': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const headers = { 'Content-Range': header(start, end, file.length + 7) };
    response.writeHead(206, headers).end(file.subarray(start, end));
  },
  'sends a short body with consistent headers': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const body = file.subarray(start, end - 1);
    const headers = { 'Content-Range': header(start, end - 1, file.length), 'Content-Length': body.length };
    response.writeHead(206, headers).end(body);
  },
  'hides Content-Range and ends early': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    response.writeHead(206).end(file.subarray(start, end - 1));
  },
  'hides Content-Range and sends too much': ({ response, file, range }) => {
    response.writeHead(206).end(file.subarray(range?.[0] ?? 0, (range?.[1] ?? file.length) + 1));
  },
  'cuts the connection': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const headers = { 'Content-Range': header(start, end, file.length), 'Content-Length': end - start };
    response.writeHead(206, headers).write(file.subarray(start, end - 1), () => response.destroy());
  },
  'gzips the range': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const headers = { 'Content-Range': header(start, end, file.length), 'Content-Encoding': 'gzip' };
    response.writeHead(206, headers).end(gzipSync(file.subarray(start, end)));
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
    response.writeHead(500).end();
  },
  'asks to wait': ({ response }) => {
    response.writeHead(429, { 'Retry-After': '3600' }).end();
  },
  'accepts and says nothing': () => undefined,
  'starts and stalls': ({ response, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    const headers = { 'Content-Range': header(start, end, file.length), 'Content-Length': end - start };
    response.writeHead(206, headers).write(file.subarray(start, start + 1));
  },
  'drops the connection': ({ request }) => {
    request.socket.destroy();
  },
} satisfies Record<string, Behaviour>;

export type HostileMode = keyof typeof HOSTILE;

function rangeOf(request: IncomingMessage): readonly [number, number] | null {
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
      const path = decodeURIComponent((request.url ?? '').slice(1));
      this.requests.push(path);
      const file = files.get(path);
      if (file === undefined) response.writeHead(404).end();
      else this.behave({ request, response, file, range: rangeOf(request) });
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
