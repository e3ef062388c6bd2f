import { describe, expect, it } from 'vitest';
import { createApi } from './create-api.ts';
import { settingsOf, type ApiOptions } from './settings.ts';
import { requestOf, stubCarto } from './testing/stub.ts';

const NAMES = ['mode', 'maxLimit', 'aliases', 'base', 'maxBodyBytes'] as const;
const NOT_GIVEN = Object.fromEntries(NAMES.map((name) => [name, undefined]));

describe('the options of the API', () => {
  it('that are undefined are as if they were absent', async () => {
    expect(settingsOf(NOT_GIVEN)).toEqual(settingsOf({}));
    const { carto } = stubCarto();
    const api = createApi(carto, NOT_GIVEN);
    expect((await api(requestOf('GET', '/api/cadastre/parcelle?code_insee=21231'))).status).toBe(200);
  });

  it.each<[keyof ApiOptions, unknown]>([
    ['mode', 'Strict'],
    ['mode', true],
    ['maxLimit', NaN],
    ['maxLimit', -1],
    ['maxLimit', '5000'],
    ['aliases', 'aliases.json'],
    ['aliases', []],
    ['base', new URL('https://carto.test/api')],
    ['maxBodyBytes', NaN],
    ['maxBodyBytes', '1 MB'],
  ])('are refused where they are not what they should be: %s %o', (name, value) => {
    const { carto } = stubCarto();
    expect(() => createApi(carto, { [name]: value })).toThrow(
      expect.objectContaining({ code: 'InvalidQuery', details: { path: name } }),
    );
  });

  it('are taken as they are given', () => {
    const given = {
      ...({ mode: 'strict', maxLimit: Infinity, aliases: { '49001': ['49050001'] } } as const),
      ...{ base: '', maxBodyBytes: 0 },
    };
    expect(settingsOf(given)).toEqual(given);
  });
});
