/**
 * A fake upstream: one HTTP server on loopback that stands for all producers' hosts and
 * answers `/<host>/<path>`, ranges and conditions included, and misbehaves when told to.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resourceOf, type Answer, type Resource } from './answer.ts';
import { misbehave } from './misbehave.ts';
import type { Fault } from './fault.ts';
import { respond } from './respond.ts';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Pending {
  readonly fault: Fault;
  times: number;
}

/** `/host/path?query` in its parts. */
function partsOf(target: string): { host: string; path: string } {
  const [, host = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(target) ?? [];
  return { host, path: rest === '' ? '/' : rest };
}

const NOT_FOUND: Resource = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<!DOCTYPE html><title>404</title>'),
};

export class Upstream {
  /** Every request since the start, or since `forget()`. */
  readonly requests: Asked[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #faults = new Map<string, Pending[]>();
  #server: Server | null = null;

  /** Listens on a free port of 127.0.0.1, and gives the origin. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.#handle(request, response);
    });
    this.#server = server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return this.origin;
  }

  /** `http://127.0.0.1:port`. */
  get origin(): string {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (address === null || address === undefined) throw new Error('the upstream has not been started');
    return `http://127.0.0.1:${address.port}`;
  }

  /** For `DownloadOptions.origins`: each of `hosts`, or of those that anything is served for, as https. */
  origins(hosts: Iterable<string> = this.hosts): Map<string, string> {
    return new Map([...hosts].map((host) => [`https://${host}`, `${this.origin}/${host}`]));
  }

  get hosts(): Set<string> {
    return new Set([...this.#answers.keys(), ...this.#faults.keys()].map((key) => partsOf(`/${key}`).host));
  }

  /** Serves `answer` at `path` (`/…`), whatever the query; a path with a query serves that query alone. */
  serve(host: string, path: string, answer: Answer): void {
    this.#answers.set(host + path, answer);
  }

  /** The next `times` requests of `path` meet `fault`; faults of one path come one after the other. */
  fault(host: string, path: string, fault: Fault, times = Infinity): void {
    const pending = this.#faults.get(host + path) ?? [];
    this.#faults.set(host + path, [...pending, { fault, times }]);
  }

  /** All is well again at `path`. */
  heal(host: string, path: string): void {
    this.#faults.delete(host + path);
  }

  forget(): void {
    this.requests.length = 0;
  }

  /** Closes what is open, stalled answers included. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { host, path } = partsOf(request.url ?? '');
    const { method = 'GET', headers } = request;
    this.requests.push({ method, host, path, headers: { ...headers } });
    const plain = host + (path.split('?')[0] ?? '');
    const answer = this.#answers.get(host + path) ?? this.#answers.get(plain);
    const fault = this.#takeFault(host + path) ?? this.#takeFault(plain);
    const resource = answer === undefined ? NOT_FOUND : resourceOf(answer, new URL(`https://${host}${path}`));
    if (fault === null) respond(request, response, resource);
    else misbehave(request, response, resource, fault);
  }

  #takeFault(key: string): Fault | null {
    const next = this.#faults.get(key)?.find(({ times }) => times > 0);
    if (next === undefined) return null;
    next.times -= 1;
    return next.fault;
  }
}
