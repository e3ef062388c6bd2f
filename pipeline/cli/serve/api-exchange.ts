/**
 * A handler of requests behind Node's HTTP server: passes on what no `Request` can hold, a
 * GET with a body, and aborts the question of a client that goes away. Reads no more of a
 * body than the handler does, and refuses nothing by itself.
 */
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Api, ApiRequest } from '../../../src/api/index.ts';

/** The address that was asked for; what the host is called matters for links alone. */
function addressOf({ url = '/', headers }: IncomingMessage): string {
  const base = `http://${headers.host ?? ''}`;
  return (URL.canParse(base) ? base : 'http://127.0.0.1') + url.replace(/^\/+/, '/');
}

/** The body as it is asked for; what the handler leaves of it is let pass. */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> | null {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && length === '0') return null;
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array, undefined>;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return?.();
      request.resume();
    },
  };
  // Node lets pass what nobody began to read: so nothing is read ahead of the handler.
  return new ReadableStream(source, { highWaterMark: 0 });
}

function headersOf({ headersDistinct }: IncomingMessage): ApiRequest['headers'] {
  return { get: (name) => headersDistinct[name.toLowerCase()]?.join(', ') ?? null };
}

/** Aborted when the client goes away before it has its answer. */
function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // A question of all layers has a listener for each.
  setMaxListeners(0, controller.signal);
  response.on('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Answers `request` by `api`. @throws what `api` does, and what ended the connection. */
export async function exchange(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await api({
    method: request.method ?? 'GET',
    url: addressOf(request),
    headers: headersOf(request),
    body: bodyOf(request),
    signal: signalOf(response),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = Object.fromEntries(answer.headers);
  const isEmpty = answer.body === null;
  response.writeHead(answer.status, isEmpty ? headers : { ...headers, 'content-length': body.length });
  response.end(body);
}
