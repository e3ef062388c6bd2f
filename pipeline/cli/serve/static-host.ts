/**
 * A static host for one folder, as a published tree needs it: ranges, validators, open
 * to other origins. Refuses any path that leads out of the folder, and lists nothing.
 */
import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { rangeOf, type ByteRange } from './byte-range.ts';
import { find, type FoundFile } from './found-file.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.fgb': 'application/vnd.flatgeobuf',
  '.geojson': 'application/geo+json',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pmtiles': 'application/vnd.pmtiles',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** `france.0123456789abcdef.fgb`: named by its content, so never another under this name. */
const CONTENT_NAMED = /\.[0-9a-f]{16}\.\w+$/;

function headersOf(file: FoundFile): Record<string, string> {
  return {
    'Accept-Ranges': 'bytes',
    'Cache-Control': CONTENT_NAMED.test(file.path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Type': TYPES[extname(file.path)] ?? 'application/octet-stream',
    ETag: file.etag,
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Any page may read, and see what it needs to check what it reads. */
const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
};

const PREFLIGHT = {
  'Access-Control-Allow-Headers': 'Range, If-Match, If-None-Match, If-Range',
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Max-Age': '86400',
};

function refuse(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
}

async function sendBytes(response: ServerResponse, path: string, { start, end }: ByteRange): Promise<void> {
  if (end <= start) response.end();
  else await pipeline(createReadStream(path, { start, end: end - 1 }), response);
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: FoundFile): Promise<void> {
  const headers = headersOf(file);
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  // A range is defined for GET alone.
  const range = request.method === 'GET' ? rangeOf(request, file) : null;
  if (range === 'unsatisfiable') {
    refuse(response, 416, 'the file is shorter', { ...headers, 'Content-Range': `bytes */${file.size}` });
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.size };
  headers['Content-Length'] = String(end - start);
  if (range !== null) headers['Content-Range'] = `bytes ${start}-${end - 1}/${file.size}`;
  response.writeHead(range === null ? 200 : 206, headers);
  if (request.method === 'HEAD') response.end();
  else await sendBytes(response, file.path, { start, end });
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(CROSS_ORIGIN)) response.setHeader(name, value);
  if (request.method === 'OPTIONS') {
    response.writeHead(204, PREFLIGHT).end();
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'only GET and HEAD', { Allow: 'GET, HEAD, OPTIONS' });
  } else {
    const file = await find(root, request.url ?? '');
    if (file === null) refuse(response, 404, 'no such file');
    else await sendFile(request, response, file);
  }
}

/** Answers with a file, or says that there is none; rejects when the reader went away, or the file did. */
export type FileListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers with the files in `folder`. @throws when there is no such folder. */
export async function staticFiles(folder: string): Promise<FileListener> {
  const root = await realpath(folder);
  return (request, response) => answer(root, request, response);
}

/** A server of the files in `folder`. @throws when there is no such folder. */
export async function createStaticHost(folder: string): Promise<Server> {
  const sendFile = await staticFiles(folder);
  return createServer((request, response) => {
    sendFile(request, response).catch(() => {
      // Either way there is no one to tell.
      response.destroy();
    });
  });
}
