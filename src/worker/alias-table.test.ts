import { describe, expect, it } from 'vitest';
import { aliasTable } from './alias-table.ts';

const ADDRESS = 'https://site.test/aliases.json';

describe('the table of former codes', () => {
  it('is empty where there is none', async () => {
    expect(await aliasTable(null, () => Promise.reject(new Error('asked')))()).toEqual({});
  });

  it('is read once, and again after it failed', async () => {
    const answers = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => Promise.resolve(new Response('<html>')),
      () => Promise.resolve(new Response('{"49001":"49050"}')),
      () => Promise.resolve(new Response('', { status: 404 })),
      () => Promise.resolve(new Response('{"49001":["49050001"]}')),
    ];
    const aliases = aliasTable(ADDRESS, () =>
      (answers.shift() ?? (() => Promise.reject(new Error('asked'))))(),
    );
    for (const code of ['HostFault', 'NotOurFile', 'NotOurFile', 'NotFound']) {
      await expect(aliases()).rejects.toMatchObject({ code });
    }
    for (let round = 0; round < 2; round++) expect(await aliases()).toEqual({ '49001': ['49050001'] });
  });
});
