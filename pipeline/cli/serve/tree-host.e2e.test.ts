/** `carto serve` as its clients meet it: requests written by hand, sent over plain connections. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCarto } from '../../../src/node.ts';
import { POSTAL_ROWS, TERRITORY } from '../../../src/testing/territory.ts';
import { buildTree, writeTree } from '../../../src/testing/tree.ts';
import { createTreeHost } from './tree-host.ts';

const tree = writeTree(await buildTree(TERRITORY, POSTAL_ROWS));
const POINT = { type: 'Point', coordinates: [5, 47.25] };
const TEXT = JSON.stringify(POINT);
const ZONES = '/api/gpu/zone-urba';

let server: Server | undefined;
let port = 0;

beforeAll(async () => {
  const host = await createTreeHost(tree);
  server = host;
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  port = (host.address() as AddressInfo).port;
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(tree, { recursive: true });
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** By hand: `fetch` encodes paths, and sends no body with a GET. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    sent.on('error', reject).end(body);
  });
}

const JSON_BODY = { 'content-type': 'application/json' };

function idsOf({ body }: Reply): string[] {
  return (JSON.parse(body) as { features: { id: string }[] }).features.map(({ id }) => id);
}

describe('a question', () => {
  it.each<[string, string, Asked]>([
    ['percent-encoded', `${ZONES}?geom=${encodeURIComponent(TEXT)}`, {}],
    ['raw JSON', `${ZONES}?geom=${TEXT}`, {}],
    ['half-encoded', `${ZONES}?geom=${TEXT.replaceAll('"', '%22')}`, {}],
    ['+ for spaces', `${ZONES}?geom=${TEXT.replaceAll(',', ',+')}`, {}],
    ['two slashes', `/${ZONES}?geom=${TEXT}`, {}],
    ['the whole address', `http://carto.test:8080${ZONES}?geom=${TEXT}`, {}],
    ['POST, an object', ZONES, { method: 'POST', headers: JSON_BODY, body: `{"geom":${TEXT}}` }],
    ['POST, a text', ZONES, { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ geom: TEXT }) }],
    [
      'POST, in chunks',
      ZONES,
      { method: 'POST', headers: { ...JSON_BODY, 'transfer-encoding': 'chunked' }, body: `{"geom":${TEXT}}` },
    ],
    ['POST, by the query string', `${ZONES}?geom=${TEXT}`, { method: 'POST' }],
    [
      'GET with a body',
      ZONES,
      { headers: { ...JSON_BODY, 'content-length': String(TEXT.length + 9) }, body: `{"geom":${TEXT}}` },
    ],
  ])('is answered as the library answers it: %s', async (_, path, asked) => {
    const { features } = await (await openCarto(tree)).query('gpu/zone-urba', { geom: POINT });
    const reply = await ask(path, asked);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    expect(idsOf(reply)).toEqual(features.map(({ id }) => id));
    expect(features.length).toBeGreaterThan(0);
  });

  it('by HEAD has the headers of its answer alone', async () => {
    const { status, headers, body } = await ask(`${ZONES}?geom=${TEXT}`, { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
    const answered = await ask(`${ZONES}?geom=${TEXT}`);
    expect({ ...headers, date: '' }).toEqual({ ...answered.headers, date: '' });
    expect(headers['x-carto-coverage']).toBe('inside');
  });

  it('that is wrong is refused, as API Carto refuses it', async () => {
    const { status, body } = await ask('/api/cadastre/parcelle?code_insee=%C3%A9');
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ code: 400, message: { code_insee: { value: 'é' } } });
  });

  it('of no route is 404: in HTML, of a postal code in plain text', async () => {
    const route = await ask('/api/nowhere');
    expect([route.status, route.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    const code = await ask('/api/codes-postaux/communes/21999');
    expect([code.status, code.body]).toEqual([404, 'Not Found']);
  });

  it('asked before by a browser is allowed', async () => {
    const headers = { origin: 'https://example.fr', 'access-control-request-headers': 'content-type' };
    const reply = await ask(ZONES, { method: 'OPTIONS', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
    });
  });

  it('links to its next page at the host that was asked', async () => {
    const { body } = await ask('/api/cadastre/parcelle?code_insee=21166&_limit=1', {
      headers: { host: 'carto.test:81' },
    });
    expect((JSON.parse(body) as { links: { href: string }[] }).links[0]?.href).toMatch(
      /^http:\/\/carto\.test:81\/api\/cadastre\/parcelle\?/,
    );
  });
});

/** What comes back first over a connection on which `text` was written. */
function converse(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', reject).on('close', () => {
      resolve(heard);
    });
  });
}

describe('a body', () => {
  it('that announces more than is read is refused before it comes', async () => {
    const head = `POST ${ZONES} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    expect(await converse(`${head}content-length: 99999999999\r\n\r\n{`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('that is longer than is read is refused, and the connection answers on', async () => {
    const body = `{"geom":"${' '.repeat(17 * 1024 * 1024)}"}`;
    const headers = { ...JSON_BODY, 'transfer-encoding': 'chunked' };
    expect((await ask(ZONES, { method: 'POST', headers, body })).status).toBe(413);
    expect((await ask(`${ZONES}?geom=${TEXT}`)).status).toBe(200);
  });

  it('that is no JSON is refused', async () => {
    expect((await ask(ZONES, { method: 'POST', headers: JSON_BODY, body: '{' })).status).toBe(400);
  });

  it('whose sender goes away takes nothing else with it', async () => {
    const head = `POST ${ZONES} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`${head}content-length: 100\r\n\r\n{"geom":`, () => socket.destroy());
      });
      socket.on('close', () => {
        resolve();
      });
    });
    expect((await ask(`${ZONES}?geom=${TEXT}`)).status).toBe(200);
  });
});

describe('beside the API', () => {
  it('all else is files', async () => {
    const { body } = await ask('/catalogue.json');
    expect(body).toBe(readFileSync(join(tree, 'catalogue.json'), 'utf8'));
    expect((await ask('/api')).status).toBe(404);
    expect((await ask('/catalogue.json', { method: 'POST' })).status).toBe(405);
  });
});

describe('a tree', () => {
  const place = join(tree, 'catalogue.json');

  it('that is published anew answers the next question', async () => {
    const none = {
      ...TERRITORY['gpu/zone-urba'],
      geometry: 'MultiPolygon',
      fields: 'gid:integer',
      partitions: { france: [] },
    } as const;
    const next = await buildTree({ ...TERRITORY, 'gpu/zone-urba': none }, POSTAL_ROWS);
    const old = readFileSync(place);
    for (const [path, bytes] of next) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, `${path}.aside`), bytes);
      renameSync(join(tree, `${path}.aside`), join(tree, path));
    }
    expect(idsOf(await ask(`${ZONES}?geom=${TEXT}`))).toEqual([]);
    writeFileSync(`${place}.aside`, old);
    renameSync(`${place}.aside`, place);
    expect(idsOf(await ask(`${ZONES}?geom=${TEXT}`))).not.toEqual([]);
  });

  it('that is gone, or damaged, is a fault with its reason, until it is back', async () => {
    const old = readFileSync(place);
    rmSync(place);
    const gone = await ask(`${ZONES}?geom=${TEXT}`);
    expect(gone.status).toBe(502);
    expect(JSON.parse(gone.body)).toMatchObject({ code: 502, reason: 'NotFound', retryable: false });
    writeFileSync(place, '{');
    expect(JSON.parse((await ask(`${ZONES}?geom=${TEXT}`)).body)).toMatchObject({
      code: 502,
      reason: 'CorruptFile',
    });
    writeFileSync(place, old);
    expect((await ask(`${ZONES}?geom=${TEXT}`)).status).toBe(200);
  });
});
