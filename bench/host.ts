/**
 * A static host on loopback that counts: files of several folders, ranges, and the time
 * that a round trip takes on a real line, waited before each answer. Any page may read.
 * A path is `/<account>/<folder>/…`: what is asked is counted by account, so that several
 * can ask at a time. It is for measuring only: it trusts its callers with paths.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Count {
  readonly requests: number;
  /** Of bodies; headers are not counted. */
  readonly bytes: number;
  /** The longest chain of requests of which each began after the one before had ended. */
  readonly depth: number;
}

interface Exchange {
  readonly start: number;
  /** Infinity until it has ended. */
  end: number;
  bytes: number;
}

/** The longest chain of exchanges of which each begins after the one before has ended. */
export function depthOf(exchanges: readonly { readonly start: number; readonly end: number }[]): number {
  const inOrder = [...exchanges].sort((a, b) => a.start - b.start);
  const depths: number[] = [];
  for (const [i, { start }] of inOrder.entries()) {
    const before = depths.filter((_, j) => (inOrder[j]?.end ?? Infinity) <= start);
    depths[i] = 1 + Math.max(0, ...before);
  }
  return Math.max(0, ...depths);
}

const HEADERS = {
  'Accept-Ranges': 'bytes',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
  'Content-Type': 'application/octet-stream',
};

const PREFLIGHT = { ...HEADERS, 'Access-Control-Allow-Headers': '*', 'Access-Control-Max-Age': '0' };

function rangeOf(request: IncomingMessage, size: number): readonly [start: number, end: number] | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return [Math.max(0, size - Number(last)), size];
  return [Number(first), last === '' ? size : Math.min(Number(last) + 1, size)];
}

function sizeOf(path: string): number | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.size : null;
}

function serve(request: IncomingMessage, response: ServerResponse, path: string): void {
  const size = sizeOf(path);
  if (size === null) {
    response.writeHead(404, HEADERS).end();
    return;
  }
  const range = rangeOf(request, size);
  const [start, end] = range ?? [0, size];
  if (start >= size) {
    response.writeHead(416, { ...HEADERS, 'Content-Range': `bytes */${size}` }).end();
    return;
  }
  const headers = { ...HEADERS, 'Content-Length': end - start, ETag: `"${size}"` };
  if (range === null) response.writeHead(200, headers);
  else response.writeHead(206, { ...headers, 'Content-Range': `bytes ${start}-${end - 1}/${size}` });
  if (request.method === 'HEAD') response.end();
  else createReadStream(path, { start, end: end - 1 }).pipe(response);
}

export interface HostOptions {
  /** By the names that they have in paths. */
  readonly folders: Readonly<Record<string, string>>;
  /** Waited before each answer, as the time of a round trip; 20 without it. */
  readonly roundTripMs?: number;
}

export class CountingHost {
  readonly #server: Server;
  readonly #roundTrip: number;
  readonly #folders: HostOptions['folders'];
  readonly #accounts = new Map<string, Exchange[]>();

  constructor({ folders, roundTripMs = 20 }: HostOptions) {
    this.#folders = folders;
    this.#roundTrip = roundTripMs;
    this.#server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
      void this.#answer(request, response);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange: Exchange = { start: performance.now(), end: Infinity, bytes: 0 };
    const path = normalize(decodeURIComponent((request.url ?? '').split('?')[0] ?? ''));
    const [, account = '', name = '', ...rest] = path.split('/');
    this.#accounts.set(account, [...(this.#accounts.get(account) ?? []), exchange]);
    response.on('close', () => {
      exchange.end = performance.now();
    });
    const write = response.write.bind(response);
    response.write = (chunk: Uint8Array, ...others: never[]): boolean => {
      exchange.bytes += chunk.length;
      return write(chunk, ...others);
    };
    await wait(this.#roundTrip);
    const folder = this.#folders[name];
    if (request.method === 'OPTIONS') response.writeHead(204, PREFLIGHT).end();
    else if (folder === undefined) response.writeHead(404, HEADERS).end();
    else serve(request, response, join(folder, ...rest));
  }

  /** Its address, once it listens on a free port of loopback. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What has been asked on `account` since this was called last. */
  take(account: string): Count {
    const exchanges = this.#accounts.get(account) ?? [];
    this.#accounts.delete(account);
    const bytes = exchanges.reduce((sum, exchange) => sum + exchange.bytes, 0);
    return { requests: exchanges.length, bytes, depth: depthOf(exchanges) };
  }
}
