import { describe, expect, it } from 'vitest';
import { readBody, type ApiRequest } from './body.ts';

function post(body: BodyInit | null, type: string, headers: Record<string, string> = {}): Request {
  return new Request('https://carto.test/', {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  });
}

async function read(request: ApiRequest, most = 1000): Promise<unknown> {
  const body = await readBody(request, most);
  return 'fault' in body ? body.fault.status : body.values;
}

describe('a body', () => {
  it('is JSON, or a form', async () => {
    expect(await read(post('{"a":[1]}', 'application/json'))).toEqual({ a: [1] });
    expect(await read(post('{"a":"é"}', 'Application/JSON; charset=UTF-8'))).toEqual({ a: 'é' });
    expect(await read(post('a=1&b=2', 'application/x-www-form-urlencoded'))).toEqual({ a: '1', b: '2' });
  });

  it('gives nothing when it is of another kind, empty, or a list', async () => {
    expect(await read(post('{"a":1}', 'text/plain'))).toEqual({});
    expect(await read(post('', 'application/json'))).toEqual({});
    expect(await read(post('[1]', 'application/json'))).toEqual({});
    expect(await read(new Request('https://carto.test/'))).toEqual({});
  });

  it('comes with a GET, where a server passes one', async () => {
    const { body, headers } = post('{"a":1}', 'application/json');
    expect(await read({ method: 'GET', url: 'https://carto.test/', headers, body })).toEqual({ a: 1 });
  });

  it('is read of requests that show no stream, as in Firefox', async () => {
    const hidden = (request: Request): Request =>
      Object.defineProperty(request, 'body', { value: undefined });
    expect(await read(hidden(post('{"a":[1]}', 'application/json')))).toEqual({ a: [1] });
    expect(await read(hidden(post('a=1', 'application/x-www-form-urlencoded')))).toEqual({ a: '1' });
    expect(await read(hidden(post(null, 'application/json')))).toEqual({});
    expect(await read(hidden(post('{', 'application/json')))).toBe(400);
    expect(await read(hidden(post('{"a":1}', 'application/json')), 6)).toBe(413);
    const used = hidden(post('{"a":1}', 'application/json'));
    await used.text();
    expect(await read(used)).toBe(400);
    const headers = new Headers({ 'content-type': 'application/json' });
    expect(await read({ method: 'POST', url: 'https://carto.test/', headers })).toEqual({});
  });

  it.each(['{', 'abc', '1', 'null', '"x"', '{"a":1}}', '['.repeat(3000) + ']'.repeat(3000)])(
    'is refused when it holds no object: %.20s',
    async (text) => {
      expect(await read(post(text, 'application/json'), 10_000)).toBe(400);
    },
  );

  it('is decoded as far as it can be', async () => {
    const latin = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe9, 0x22, 0x7d]);
    expect(await read(post(latin, 'application/json'))).toEqual({ a: '\uFFFD' });
    expect(await read(post('\uFEFF{"a":1}', 'application/json; charset="utf-8"'))).toEqual({ a: 1 });
    const wide = Uint8Array.from(Array.from('{"a":1}').flatMap((character) => [character.charCodeAt(0), 0]));
    expect(await read(post(wide, 'application/json; charset=utf-16'))).toEqual({ a: 1 });
    for (const charset of ['latin1', 'iso-8859-1', 'utf-99', 'foo']) {
      expect(await read(post('{}', `application/json; charset=${charset}`))).toBe(415);
    }
  });

  it.each(['gzip', 'deflate'] as const)('may be compressed: %s', async (encoding) => {
    const packed = new Blob(['{"a":1}']).stream().pipeThrough(new CompressionStream(encoding));
    const bytes = await new Response(packed).arrayBuffer();
    const headers = { 'content-encoding': encoding };
    expect(await read(post(bytes, 'application/json', headers))).toEqual({ a: 1 });
    expect(await read(post(bytes.slice(0, -3), 'application/json', headers))).toBe(400);
    expect(await read(post('{"a":1}', 'application/json', headers))).toBe(400);
  });

  it('is refused when it is compressed in another way, or too long', async () => {
    expect(await read(post('{}', 'application/json', { 'content-encoding': 'br' }))).toBe(415);
    expect(await read(post('{"a":1}', 'application/json'), 6)).toBe(413);
    expect(await read(post('{"a":1}', 'application/json'), 7)).toEqual({ a: 1 });
    const bomb = new Blob([new Uint8Array(1e6)]).stream().pipeThrough(new CompressionStream('gzip'));
    const bytes = await new Response(bomb).arrayBuffer();
    expect(bytes.byteLength).toBeLessThan(2000);
    expect(await read(post(bytes, 'application/json', { 'content-encoding': 'gzip' }), 2000)).toBe(413);
  });

  it('is refused when it is too long, and a clone of its request is kept unread', async () => {
    const request = post('{"a":1}', 'application/json');
    const clone = request.clone();
    expect(await read(request, 6)).toBe(413);
    expect(await read(clone)).toEqual({ a: 1 });
  });

  it('rejects with the reason of who gave up while it came', async () => {
    const controller = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        controller.abort(new Error('enough'));
        stream.error(new Error('cut'));
      },
    });
    const headers = new Headers({ 'content-type': 'application/json' });
    const request = { method: 'POST', url: 'https://carto.test/', headers, body };
    await expect(read({ ...request, signal: controller.signal })).rejects.toThrow('enough');
  });

  it('is refused by the length that it announces, unread', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: () => {
        throw new Error('it was read');
      },
    });
    const headers = new Headers({ 'content-type': 'application/json', 'content-length': '2000' });
    expect(await read({ method: 'POST', url: 'https://carto.test/', headers, body })).toBe(413);
  });
});
