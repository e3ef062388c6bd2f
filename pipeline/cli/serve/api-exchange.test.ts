import { Agent, createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { Api } from '../../../src/api/index.ts';
import { readBody } from '../../../src/api/read/body.ts';
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

/** The statuses of two questions that bring a body of 8 MB, one after the other on one connection. */
async function posted(api: Api, headers: Readonly<Record<string, string>>): Promise<number[]> {
  const server = createServer((incoming, response) => {
    exchange(api, incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const asked = request({ port, host: '127.0.0.1', method: 'POST', headers, agent }, (response) => {
        // Whoever writes all before it reads has its answer when all is taken.
        if (asked.writableFinished) response.resume();
        else asked.on('finish', () => response.resume());
        response.on('end', () => {
          resolve(response.statusCode ?? 0);
        });
      });
      asked.on('error', reject);
      asked.end(Buffer.alloc(8_000_000, '{'));
    });
  try {
    return [await ask(), await ask()];
  } finally {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const json = { 'content-type': 'application/json' };

it.each([
  ['nobody reads', { 'content-type': 'text/plain' }, 200],
  ['is announced too long', { ...json, 'content-length': '8000000' }, 413],
  ['turns out too long', { ...json, 'transfer-encoding': 'chunked' }, 413],
  ['is compressed, and too long', { ...json, 'content-encoding': 'gzip', 'content-length': '8000000' }, 413],
  [
    'is not compressed as it says',
    { ...json, 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' },
    400,
  ],
  [
    'is compressed as nobody knows',
    { ...json, 'content-encoding': 'br', 'transfer-encoding': 'chunked' },
    415,
  ],
])('takes all of a body that %s', async (_, headers, status) => {
  const api: Api = async (asked) => {
    const body = await readBody(asked, 1000);
    return new Response(null, { status: 'fault' in body ? body.fault.status : 200 });
  };
  expect(await posted(api, headers)).toEqual([status, status]);
});
