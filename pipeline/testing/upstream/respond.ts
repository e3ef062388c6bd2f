/** A well-behaved answer: conditions, one range, HEAD. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource } from './answer.ts';

export interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

function isUnchanged({ headers }: IncomingMessage, resource: Resource): boolean {
  const [tag, since] = [headers['if-none-match'], headers['if-modified-since']];
  return tag === undefined
    ? since !== undefined && since === resource.headers['last-modified']
    : tag === resource.headers['etag'];
}

/** Whether the range may be given: `If-Range` names the file as it is. */
function isOfThis({ headers }: IncomingMessage, resource: Resource): boolean {
  const condition = headers['if-range'];
  return (
    condition === undefined ||
    condition === resource.headers['etag'] ||
    condition === resource.headers['last-modified']
  );
}

/** The range that is asked for, clamped; `null` for none, or one that does not apply. */
export function rangeOf(request: IncomingMessage, resource: Resource): Range | 'beyond' | null {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === undefined || resource.status !== 200 || !isOfThis(request, resource)) return null;
  const start = Number(first);
  if (start >= resource.body.length) return 'beyond';
  const end = last === undefined || last === '' ? resource.body.length : Number(last) + 1;
  return { start, end: Math.min(end, resource.body.length) };
}

export function contentRange({ start, end }: Range, total: number): string {
  return `bytes ${start}-${end - 1}/${total}`;
}

/** Status, headers and bytes of the right answer. */
export function rightAnswer(request: IncomingMessage, resource: Resource): Resource {
  const { headers, body } = resource;
  if (isUnchanged(request, resource)) return { status: 304, headers, body: Buffer.alloc(0) };
  const range = rangeOf(request, resource);
  if (range === null) return resource;
  if (range === 'beyond') {
    const message = Buffer.from('Range Not Satisfiable');
    return { status: 416, headers: { 'content-range': `bytes */${body.length}` }, body: message };
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange(range, body.length) },
    body: body.subarray(range.start, range.end),
  };
}

export function respond(request: IncomingMessage, response: ServerResponse, resource: Resource): void {
  const { status, headers, body } = rightAnswer(request, resource);
  response.writeHead(status, { 'content-length': body.length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}
