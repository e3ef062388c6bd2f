/** Every request that API Carto was recorded to refuse, or to answer by itself, is answered alike. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { CommunePostale } from '../query/postal-codes.ts';
import { createApi } from './create-api.ts';
import { failingCarto, requestOf } from './testing/stub.ts';

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
const table = createRequire(import.meta.url)('codes-postaux') as {
  find(codePostal: string): CommunePostale[];
};

const carto = {
  ...failingCarto(),
  codesPostaux: { communes: (code: string) => Promise.resolve(table.find(code)) },
};
const api = createApi(carto);
const recorded = readRecorded();

describe.skipIf(recorded.length === 0)('the recorded refusals', () => {
  it.each(recorded)('$method $path', async ({ method, path, body, status, type, answer }) => {
    const response = await api(requestOf(method, path, body));
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    if (answer !== undefined) expect(await bodyOf(response)).toEqual(withoutWording(answer));
  });
});
