import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaticHost } from './static-host.ts';

const NAMED = 'data/france.0123456789abcdef.fgb';
const scratch = mkdtempSync(join(tmpdir(), 'carto-host-'));
const root = join(scratch, 'dist');
mkdirSync(join(root, 'data'), { recursive: true });
mkdirSync(join(scratch, 'dist-secret'));
writeFileSync(join(scratch, 'secret.txt'), 'secret');
writeFileSync(join(scratch, 'dist-secret/secret.txt'), 'secret');
writeFileSync(join(root, 'catalogue.json'), '{}');
writeFileSync(join(root, 'empty.bin'), '');
writeFileSync(join(root, '.hidden'), 'secret');
writeFileSync(join(root, 'data/é à.txt'), 'accents');
writeFileSync(join(root, NAMED), '0123456789');
symlinkSync(join(scratch, 'secret.txt'), join(root, 'link.txt'));
symlinkSync(join(scratch, 'dist-secret'), join(root, 'folder'));

let server: Server | undefined;
let port = 0;

beforeAll(async () => {
  const host = await createStaticHost(root);
  server = host;
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const address = host.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(scratch, { recursive: true });
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** By hand: `fetch` would tidy the path before it sends it. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    sent.on('error', reject).end();
  });
}

describe('a file', () => {
  it('is served whole, with what a reader needs to check it', async () => {
    const { status, headers, body } = await ask(`/${NAMED}`);
    expect([status, body]).toEqual([200, '0123456789']);
    expect(headers).toMatchObject({
      'content-length': '10',
      'content-type': 'application/vnd.flatgeobuf',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect(headers['access-control-expose-headers']).toContain('Content-Range');
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('is found where two slashes stand for one, as when an address that ends in one is added to', async () => {
    expect(await ask('//catalogue.json')).toMatchObject({ status: 200, body: '{}' });
    expect(await ask(`/data//${NAMED.slice('data/'.length)}`)).toMatchObject({ status: 200 });
  });

  it('that is not named by its content is checked each time', async () => {
    const { headers } = await ask('/catalogue.json?again');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const again = await ask('/catalogue.json', { 'If-None-Match': headers.etag ?? '' });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
  });

  it('may be called anything', async () => {
    expect((await ask(`/data/${encodeURIComponent('é à.txt')}`)).body).toBe('accents');
  });

  it('may be empty', async () => {
    expect(await ask('/empty.bin')).toMatchObject({ status: 200, body: '' });
    expect((await ask('/empty.bin', { Range: 'bytes=0-0' })).status).toBe(416);
  });

  it('is described by HEAD, and not sent', async () => {
    const head = await ask(`/${NAMED}`, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '10', '']);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s is %s', async (range, body, contentRange) => {
    const reply = await ask(`/${NAMED}`, { Range: range });
    expect([reply.status, reply.body, reply.headers['content-range']]).toEqual([206, body, contentRange]);
    expect(reply.headers['content-length']).toBe(String(body.length));
  });

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('%s lies past the end', async (range) => {
    const reply = await ask(`/${NAMED}`, { Range: range });
    expect([reply.status, reply.headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  it.each(['bytes=4-2', 'bytes=a-b', 'bytes=-', 'lines=1-2', 'bytes=0-1,4-5'])(
    '%s is none',
    async (range) => {
      expect(await ask(`/${NAMED}`, { Range: range })).toMatchObject({ status: 200, body: '0123456789' });
    },
  );

  it('of a file that changed since is the whole new one', async () => {
    const { headers } = await ask(`/${NAMED}`);
    const same = await ask(`/${NAMED}`, { Range: 'bytes=2-4', 'If-Range': headers.etag ?? '' });
    const other = await ask(`/${NAMED}`, { Range: 'bytes=2-4', 'If-Range': '"other"' });
    expect([same.status, other.status]).toEqual([206, 200]);
  });
});

describe('whatever is no published file', () => {
  it.each([
    '/../secret.txt',
    '/data/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../dist-secret/secret.txt',
    '/link.txt',
    '/folder/secret.txt',
    '/.hidden',
    '/data',
    '/data/',
    '/',
    '//secret.txt',
    '/catalogue.json/',
    '/catalogue.json%00',
    '/%',
    '/nowhere',
    'http://elsewhere/catalogue.json',
  ])('is not found: %s', async (path) => {
    const { status, body } = await ask(path);
    expect([status, body]).toEqual([404, 'no such file\n']);
  });

  it('is not written to', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, headers } = await ask('/catalogue.json', {}, method);
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });
});

describe('a preflight', () => {
  it('allows ranges from any origin', async () => {
    const { status, headers } = await ask(`/${NAMED}`, { Origin: 'https://example.fr' }, 'OPTIONS');
    expect(status).toBe(204);
    expect(headers['access-control-allow-headers']).toContain('Range');
    expect(headers['access-control-allow-origin']).toBe('*');
  });
});
