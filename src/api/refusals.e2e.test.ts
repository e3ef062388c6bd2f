/** Every request that API Carto was recorded to refuse, or to answer by itself, is answered alike. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CommunePostale } from '../query/postal-codes.ts';
import { openCarto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { TERRITORY } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';
import { createApi } from './create-api.ts';
import { requestOf } from './testing/stub.ts';

const RECORDED = fileURLToPath(new URL('../../../shared/recorded/refusals.jsonl', import.meta.url));

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly type: string;
  readonly answer?: unknown;
}

function readRecorded(): Recorded[] {
  if (!existsSync(RECORDED)) {
    process.stderr.write(`skipped: the recorded refusals are not in ${RECORDED}\n`);
    return [];
  }
  const lines = readFileSync(RECORDED, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Recorded);
}

/** The parser's own wording is its own: where it speaks, ours does. */
function withoutWording(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replace(/"Parse error(?:[^"\\]|\\.)*"/g, '"Parse error"'));
}

async function bodyOf(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return isJson ? withoutWording(await response.json()) : response.text();
}

/** The very table that API Carto serves. */
const rows = createRequire(import.meta.url)('codes-postaux/codes-postaux.json') as CommunePostale[];

let requests = 0;
const onRequest = () => {
  requests++;
};
const tree = memoryTree(await buildTree(TERRITORY, rows));
const api = createApi(await openCarto(tree, { onRequest }));
const recorded = readRecorded();

describe.skipIf(recorded.length === 0)('the recorded refusals', () => {
  it.each(recorded)('$method $path', async ({ method, path, body, status, type, answer }) => {
    const before = requests;
    const response = await api(requestOf(method, path, body));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    if (answer !== undefined) expect(await bodyOf(response)).toEqual(withoutWording(answer));
    // What is refused reaches no storage.
    if (!path.startsWith('/api/codes-postaux') || status === 400) expect(requests).toBe(before);
  });
});
