/** The ways in which hosts and proxies have been seen to fail. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { answer, held, type Behaviour, type Exchange } from './exchange.ts';

function html({ response }: Exchange, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html><p>Bonjour');
}

/** The exchange as if a neighbour of the range had been asked for: a block further, where there is one. */
function beside(exchange: Exchange): Exchange {
  if (exchange.range === null) return exchange;
  const [start, end] = held(exchange);
  const { length } = exchange.file;
  const by = [4096, -4096, 1, -1].find((step) => start + step >= 0 && end + step <= length) ?? 0;
  return { ...exchange, range: [start + by, end + by] };
}

/** A copy, which `slice` of a Buffer would not be. */
function bodyOf(exchange: Exchange): Uint8Array {
  return Uint8Array.from(exchange.file.subarray(...held(exchange)));
}

/** All of a good answer but its last byte, and then? */
function unfinished(exchange: Exchange, then: () => void): void {
  const { response, range, file } = exchange;
  const [start, end] = held(exchange);
  const own = range === null ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${file.length}` };
  response.writeHead(range === null ? 200 : 206, { ...own, 'Content-Length': end - start });
  response.write(file.subarray(start, end - 1), then);
}

/** Modes about ranges serve whole files well. */
export const HOSTILE = {
  'ignores Range': (exchange) => {
    answer({ ...exchange, range: null });
  },
  'sends another range, and says so': (exchange) => {
    answer(beside(exchange));
  },
  'sends another range, and hides it': (exchange) => {
    answer(beside(exchange), { headers: { 'Content-Range': undefined } });
  },
  'sends another file': (exchange) => {
    const [start, end] = held(exchange);
    const range = `bytes ${start}-${end - 1}/${exchange.file.length + 7}`;
    answer(exchange, exchange.range === null ? {} : { headers: { 'Content-Range': range } });
  },
  'sends a short body with consistent headers': (exchange) => {
    const [start, end] = held(exchange);
    if (exchange.range === null) answer(exchange, { body: exchange.file.subarray(0, end - 1) });
    else answer({ ...exchange, range: [start, end - 1] });
  },
  'hides Content-Range and ends early': (exchange) => {
    const headers = { 'Content-Range': undefined, 'Content-Length': undefined };
    answer(exchange, { headers, body: bodyOf(exchange).subarray(0, -1) });
  },
  'hides Content-Range and sends too much': (exchange) => {
    const body = Buffer.concat([bodyOf(exchange), Buffer.of(0)]);
    answer(exchange, { headers: { 'Content-Range': undefined }, body });
  },
  'cuts the connection': (exchange) => {
    unfinished(exchange, () => exchange.response.destroy());
  },
  'gzips the range': (exchange) => {
    answer(exchange, { headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(bodyOf(exchange)) });
  },
  'sends a part of its gzipped form': (exchange) => {
    const [start, end] = exchange.range === null ? [0, Infinity] : held(exchange);
    const body = gzipSync(exchange.file).subarray(start, end);
    answer(exchange, { headers: { 'Content-Encoding': 'gzip' }, body });
  },
  'flips a bit': (exchange) => {
    const body = bodyOf(exchange);
    const middle = body.length >> 1;
    body[middle] = (body[middle] ?? 0) ^ 1;
    answer(exchange, { body });
  },
  'changes its ETag each time': (exchange) => {
    answer(exchange, { headers: { ETag: `"${randomUUID()}"` } });
  },
  'answers with the page of a site': (exchange) => {
    html(exchange, 200);
  },
  'answers with several parts': ({ response }) => {
    response.writeHead(206, { 'Content-Type': 'multipart/byteranges; boundary=x' }).end('--x\r\n\r\n--x--');
  },
  'has no such file': (exchange) => {
    html(exchange, 404);
  },
  'has it no more': ({ response }) => {
    response.writeHead(410).end();
  },
  'refuses access': ({ response }) => {
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
  },
  'says that the range is past the end': ({ response }) => {
    response.writeHead(416).end();
  },
  fails: ({ response }) => {
    response.writeHead(503).end();
  },
  'asks to wait': ({ response }) => {
    response.writeHead(429, { 'Retry-After': '3600' }).end();
  },
  'accepts and says nothing': () => undefined,
  'starts and stalls': (exchange) => {
    unfinished(exchange, () => undefined);
  },
  'drops the connection': ({ request }) => {
    request.socket.destroy();
  },
} satisfies Record<string, Behaviour>;

export type HostileMode = keyof typeof HOSTILE;
