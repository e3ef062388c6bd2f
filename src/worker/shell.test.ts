import { describe, expect, it } from 'vitest';
import { openShell } from './shell.ts';
import { FakeCache } from './testing/fake-cache.ts';

const [PAGE, SCRIPT] = ['https://site.test/', 'https://site.test/app.js'] as const;

/** A site of `files`; what is none of them is a 404, and `null` is no network. */
function siteOf(files: Record<string, string> | null) {
  const cache = new FakeCache();
  const site = { files };
  const network: typeof fetch = (asked) => {
    if (site.files === null) return Promise.reject(new TypeError('Failed to fetch'));
    const text = site.files[new Request(asked).url];
    return Promise.resolve(new Response(text ?? 'no such file', { status: text === undefined ? 404 : 200 }));
  };
  const shell = openShell([PAGE, SCRIPT], () => Promise.resolve(cache), network);
  const ask = async (url: string, file = url): Promise<string> => {
    const work: Promise<unknown>[] = [];
    const response = await shell.answer(new Request(url), file, (later) => work.push(later));
    await Promise.all(work);
    return response.text();
  };
  return { cache, site, shell, ask };
}

describe('the files of the site', () => {
  it('come from the network while there is one, and else as they last were', async () => {
    const { site, ask } = siteOf({ [PAGE]: 'page 1' });
    expect(await ask(PAGE)).toBe('page 1');
    site.files = { [PAGE]: 'page 2', [`${PAGE}?at=5,47`]: 'page 2' };
    expect(await ask(`${PAGE}?at=5,47`, PAGE)).toBe('page 2');
    site.files = null;
    expect(await ask(PAGE)).toBe('page 2');
    expect(await ask(`${PAGE}?elsewhere`, PAGE)).toBe('page 2');
    await expect(ask(SCRIPT)).rejects.toThrow('Failed to fetch');
  });

  it('are kept beforehand as far as they can be had', async () => {
    const { cache, site, shell, ask } = siteOf({ [SCRIPT]: 'script' });
    await shell.fill();
    expect([...cache.files.keys()]).toEqual([SCRIPT]);
    site.files = null;
    await shell.fill();
    expect(await ask(SCRIPT)).toBe('script');
  });

  it('are not replaced by errors of the host, which the page sees', async () => {
    const { site, ask } = siteOf({ [PAGE]: 'page' });
    await ask(PAGE);
    site.files = {};
    expect(await ask(PAGE)).toBe('no such file');
    site.files = null;
    expect(await ask(PAGE)).toBe('page');
  });

  it('are answered also where storage fails', async () => {
    const { cache, site, ask } = siteOf({ [PAGE]: 'page' });
    cache.quota = 0;
    expect(await ask(PAGE)).toBe('page');
    site.files = null;
    await expect(ask(PAGE)).rejects.toThrow('Failed to fetch');
  });
});
