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

  it.each(['{', 'abc', '1', 'null', '"x"', '{"a":1}}', '['.repeat(300) + ']'.repeat(300)])(
    'is refused when it holds no object: %.20s',
    async (text) => {
      expect(await read(post(text, 'application/json'))).toBe(400);
    },
  );

  it('is refused when it is not UTF-8, compressed, or too long', async () => {
    expect(await read(post(new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json'))).toBe(400);
    expect(await read(post('{}', 'application/json', { 'content-encoding': 'gzip' }))).toBe(415);
    expect(await read(post('{"a":1}', 'application/json'), 6)).toBe(413);
    expect(await read(post('{"a":1}', 'application/json'), 7)).toEqual({ a: 1 });
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
