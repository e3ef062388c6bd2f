/** The wrong answers, one a fault. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { withoutEmpty, type Resource } from './answer.ts';
import type { Fault } from './fault.ts';
import { contentRange, rangeOf, respond, rightAnswer } from './respond.ts';

const PAGE = `<!DOCTYPE html>
<html lang="fr"><head><title>Maintenance</title></head><body><h1>Service momentanément indisponible</h1></body></html>`;
const PROBLEM = '{"error":{"status":500,"message":"Internal Server Error"}}';

type Response = ServerResponse;

function send(response: Response, { status, headers, body }: Resource): void {
  response.writeHead(status, { 'content-length': body.length, ...headers });
  response.end(body);
}

function page(type: string, text: string): Resource {
  return { status: 200, headers: { 'content-type': type }, body: Buffer.from(text) };
}

/** Headers that promise the whole body, and `after` bytes of it; then `end`. */
function partly(response: Response, answer: Resource, after: number, end: () => void): void {
  response.writeHead(answer.status, { 'content-length': answer.body.length, ...answer.headers });
  response.flushHeaders();
  const part = answer.body.subarray(0, after);
  if (part.length === 0) end();
  else response.write(part, end);
}

function drip(response: Response, answer: Resource, bytes: number, everyMs: number): void {
  response.writeHead(answer.status, { 'content-length': answer.body.length, ...answer.headers });
  let at = 0;
  const timer = setInterval(() => {
    if (at < answer.body.length) response.write(answer.body.subarray(at, (at += bytes)));
    else response.end();
  }, everyMs);
  response.once('close', () => {
    clearInterval(timer);
  });
}

/** Without a word of how much comes. */
function unsized(response: Response, answer: Resource, chunked: boolean, after = Infinity): void {
  if (!chunked) {
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body.subarray(0, after));
}

function endless(response: Response, answer: Resource): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const piece = Buffer.alloc(1 << 16);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.write(answer.body);
  response.on('drain', more);
  more();
}

function shifted(request: IncomingMessage, response: Response, resource: Resource, by: number): void {
  const range = rangeOf(request, resource);
  if (range === null || range === 'beyond') {
    respond(request, response, resource);
    return;
  }
  const start = Math.max(0, range.start - by);
  const body = resource.body.subarray(start, range.end);
  const headers = {
    ...resource.headers,
    'content-range': contentRange({ start, end: range.end }, resource.body.length),
  };
  send(response, { status: 206, headers, body });
}

function without(request: IncomingMessage, ...names: string[]): IncomingMessage {
  for (const name of names) Reflect.deleteProperty(request.headers, name);
  return request;
}

/** Answers `request` of `resource` as `fault` says. */
export function misbehave(
  request: IncomingMessage,
  response: Response,
  resource: Resource,
  fault: Fault,
): void {
  const answer = rightAnswer(request, resource);
  const { status, headers, body } = answer;
  switch (fault.kind) {
    case 'cut':
      partly(response, answer, fault.after, () => response.destroy());
      return;
    case 'stall':
      partly(response, answer, fault.after, () => undefined);
      return;
    case 'silence':
      return;
    case 'drip':
      drip(response, answer, fault.bytes, fault.everyMs);
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'status': {
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      const text = Buffer.from(fault.body ?? PAGE);
      send(response, { status: fault.status, headers: { ...retry, ...fault.headers }, body: text });
      return;
    }
    case 'html':
      send(response, page('text/html; charset=utf-8', PAGE));
      return;
    case 'json':
      send(response, page('application/json', PROBLEM));
      return;
    case 'body':
      respond(request, response, { ...resource, body: Buffer.from(fault.body) });
      return;
    case 'headers':
      respond(request, response, {
        ...resource,
        headers: withoutEmpty({ ...resource.headers, ...fault.headers }),
      });
      return;
    case 'length':
      response.on('error', () => undefined);
      response.strictContentLength = false;
      response.writeHead(status, { ...headers, 'content-length': fault.length });
      response.write(body, () => response.destroy());
      return;
    case 'unsized':
      unsized(response, answer, fault.chunked, fault.after);
      return;
    case 'gzip':
      send(response, {
        status,
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: gzipSync(body),
      });
      return;
    case 'labelled-gzip':
      send(response, { status, headers: { ...headers, 'content-encoding': 'gzip' }, body });
      return;
    case 'redirect':
      send(response, {
        status: fault.status ?? 302,
        headers: { location: fault.location },
        body: Buffer.alloc(0),
      });
      return;
    case 'no-range':
      respond(without(request, 'range'), response, resource);
      return;
    case 'no-if-range':
      respond(without(request, 'if-range'), response, resource);
      return;
    case 'shifted-range':
      shifted(request, response, resource, fault.by);
      return;
    case 'endless':
      endless(response, answer);
      return;
  }
}
