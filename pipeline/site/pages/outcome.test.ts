import { expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

function told(status: number, text: string, coverage?: string): string {
  const headers = coverage === undefined ? {} : { 'x-carto-coverage': coverage };
  return outcomeOf(new Response(text, { status, headers }), text);
}

it('counts features, those of several collections, and rows', () => {
  expect(told(200, '{"features":[{}]}', 'inside')).toBe('1 objet');
  expect(told(200, '[{"features":[{},{}]},{"features":[]},{"features":[{}]}]', 'partial')).toBe('3 objets');
  expect(told(200, '[{"codePostal":"21700"}]')).toBe('1 objet');
});

it('tells every way in which nothing is answered from the others', () => {
  const empty = '{"features":[]}';
  const outcomes = [
    ...['inside', 'partial', 'outside', 'unknown'].map((coverage) => told(200, empty, coverage)),
    ...[400, 404, 413, 501, 502].map((status) => told(status, '')),
  ];
  expect(outcomes).not.toContain('');
  expect(new Set(outcomes).size).toBe(outcomes.length);
});
