import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { Api } from '../../../src/api/index.ts';
import { exchange } from './api-exchange.ts';

/** What becomes of `api` when its client writes `text` and goes away once it is asked. */
async function abandoned(api: Api, text: string): Promise<unknown> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await new Promise((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
      const asked: Api = (request) => {
        socket.destroy();
        return api(request);
      };
      server.on('request', (request, response) => {
        exchange(asked, request, response).then(
          () => {
            resolve('answered');
          },
          (error: unknown) => {
            resolve(error);
          },
        );
      });
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

it('aborts the question of a client that goes away', async () => {
  const untilAborted: Api = ({ signal }) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  const outcome = await abandoned(untilAborted, 'GET /api/gpu/all HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(outcome).toMatchObject({ name: 'AbortError' });
});

it('ends a body whose sender goes away as a failure, not as its end', async () => {
  const read: Api = async ({ body }) => new Response(await new Response(body).text());
  const head = 'POST /api/gpu/all HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{';
  expect(await abandoned(read, head)).toMatchObject({ code: 'ECONNRESET' });
});
