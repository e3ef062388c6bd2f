import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from './main.ts';
import { testOrigins } from './territoire-flags.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function inProcess(...args: readonly string[]): Promise<{ status: number; stderr: string }> {
  let stderr = '';
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    stderr += String(chunk);
    return true;
  });
  return { status: await main(['node', 'carto', ...args]), stderr };
}

describe('a command for a territoire that is misused ends with status 2 and one line', () => {
  it.each<[string[], string]>([
    [
      ['plan', '--data', 'nowhere'],
      '--territoire is missing, and the folder nowhere remembers no build from producers',
    ],
    [['update', '--data', 'nowhere'], '--territoire is missing'],
    [['plan', '--territoire', '20'], 'no département "20"; did you mean 2A or 2B?'],
    [['build', '--territoire', '21,D974'], 'no département "D974"; did you mean 974?'],
    [['build', '--territoire', '99'], 'no département "99"; a code such as 21, 2A or 974'],
    [['check-sources', '--departement', '99'], 'no département "99"'],
    [['update', '--territoire', 'Réunion'], 'did you mean 974?'],
    [['plan', '--territoire', '21', '--modules', 'cadastre,gpuu'], 'no module "gpuu"; did you mean gpu?'],
    [['plan', '--territoire', '21', '--cadastre', 'dgfip'], 'Allowed choices are ign, etalab.'],
    [
      ['build', '--territoire', '21', '--sources', 'mine.json'],
      "option '--sources <file>' cannot be used with option '--territoire <codes>'",
    ],
  ])('%j: %s', async (args, message) => {
    const { status, stderr } = await inProcess(...args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^carto: [^\n]+\n$/);
    expect(status).toBe(2);
  });
});

describe('the addresses of producers', () => {
  it('are their own, and for tests those of this machine', () => {
    expect(testOrigins()).toEqual({});
    vi.stubEnv('CARTO_UPSTREAM', 'http://127.0.0.1:1234');
    expect(testOrigins().origins?.get('https://data.geopf.fr')).toBe('http://127.0.0.1:1234/data.geopf.fr');
  });

  it('can be sent nowhere else', () => {
    vi.stubEnv('CARTO_UPSTREAM', 'https://mirror.example');
    expect(() => testOrigins()).toThrow('on 127.0.0.1 alone');
  });
});
