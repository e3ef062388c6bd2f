/**
 * A static host on loopback for tests, well-behaved or hostile. Notes what it is asked.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wellBehaved, type Behaviour, type ByteRange } from './exchange.ts';
import { HOSTILE, type HostileMode } from './hostile-modes.ts';

export { answer, wellBehaved, type Behaviour, type ByteRange, type Exchange } from './exchange.ts';
export { HOSTILE, type HostileMode } from './hostile-modes.ts';

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
