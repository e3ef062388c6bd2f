/** What a page written for API Carto asks of the territory of the tests, and what is right. */
import type { Page } from 'playwright-core';
import { createApi } from '../../api/index.ts';
import { openCarto } from '../../index.ts';
import { memoryTree } from '../../source/memory.ts';
import { POSTAL_ROWS, TERRITORY } from '../../testing/territory.ts';
import { buildTree, type TreeFiles } from '../../testing/tree.ts';
import { ask, type Seen } from './visits.ts';

export const tree = await buildTree(TERRITORY, POSTAL_ROWS);

export type Question = readonly [url: string, init?: RequestInit];

export const POINT = '{"type":"Point","coordinates":[5,47.25]}';
export const PARCELLES = '/api/cadastre/parcelle?code_insee=21231&section=AA';
/** In none of the others' blocks. */
export const UNVISITED = '/api/cadastre/parcelle?code_insee=97411&section=AA';
export const JSON_BODY = { method: 'POST', headers: { 'content-type': 'application/json' } };
export const QUESTIONS: readonly Question[] = [
  [PARCELLES],
  [`/api/gpu/zone-urba?geom=${POINT}`],
  ['/api/codes-postaux/communes/21700'],
  ['/api/codes-postaux/communes/21999'],
  ['/api/cadastre/parcelle', { ...JSON_BODY, body: `{"geom":${POINT},"_limit":5}` }],
  ['/api/cadastre/commune?code_insee=1'],
];

/** Without what differs from moment to moment. */
export function withoutTime(seen: Seen): Seen {
  const { body } = seen;
  const isCollection = typeof body === 'object' && body !== null && 'timeStamp' in body;
  return isCollection ? { ...seen, body: { ...body, timeStamp: '' } } : seen;
}

/** What the API itself answers, in Node. */
export async function truthOf([url, init]: Question, files: TreeFiles = tree): Promise<Seen> {
  const api = createApi(await openCarto(memoryTree(files)));
  const response = await api(new Request(new URL(url, 'http://127.0.0.1/'), init));
  const text = await response.text();
  const type = response.headers.get('content-type');
  const body: unknown = type?.includes('json') === true ? JSON.parse(text) : text;
  const coverage = response.headers.get('x-carto-coverage');
  return withoutTime({ status: response.status, type, offline: null, coverage, body });
}

/** All at once, as pages ask. */
export async function answers(page: Page, questions: readonly Question[] = QUESTIONS): Promise<Seen[]> {
  return Promise.all(questions.map(async ([url, init]) => withoutTime(await ask(page, url, init))));
}

/** Of all of them. */
export const truth = await Promise.all(QUESTIONS.map((question) => truthOf(question)));
