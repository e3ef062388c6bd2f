import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

/** As Firefox: without a network, what its cache may not be passed over for comes from there. */
function firefox(onLine: boolean): typeof fetch {
  const navigator = { onLine };
  const ask: typeof fetch = (_, init) => {
    if (onLine) return Promise.resolve(new Response('from the host'));
    if (init?.cache === 'no-store') return Promise.reject(new TypeError('NetworkError'));
    return Promise.resolve(new Response('from the cache'));
  };
  return networkOf({ navigator, fetch: ask });
}

describe('the network of the worker', () => {
  it('is not taken to be there where the browser answers in its place', async () => {
    const look = { cache: 'no-cache' } as const;
    await expect(firefox(false)('https://carto.test/catalogue.json', look)).rejects.toThrow('NetworkError');
    const seen = await firefox(true)('https://carto.test/catalogue.json', look);
    expect(await seen.text()).toBe('from the host');
  });

  it('may be replaced by a cache for what need not be of now', async () => {
    const answers = [undefined, { cache: 'default' } as const].map((init) =>
      firefox(false)('https://carto.test/', init),
    );
    const texts = await Promise.all((await Promise.all(answers)).map((response) => response.text()));
    expect(texts).toEqual(['from the cache', 'from the cache']);
  });
});
