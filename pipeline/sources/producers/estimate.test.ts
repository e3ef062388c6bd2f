import { describe, expect, it } from 'vitest';
import type { Announced } from './announced.ts';
import { estimate } from './estimate.ts';
import { parseTerritoire } from './territoire.ts';

function announced(format: Announced['entry']['format'], ...lengths: (number | null)[]): Announced {
  return {
    ...{ id: format, producer: '', catalogue: '', licence: '', licenceFrom: 'catalogue', edition: null },
    files: lengths.map((length, i) => ({
      ...{ url: `https://data.geopf.fr/${i}`, name: `${format}.${i}`, length, checksum: null, kind: '7z' },
    })),
    entry: { dataset: 'cadastre', format },
  };
}

function of(...sources: Announced[]) {
  return estimate({ territoire: parseTerritoire('21'), announced: sources });
}

describe('the estimate of a plan', () => {
  it('grows with what is fetched, and lays one source open at a time', () => {
    const [one, two] = [announced('parcellaire-express', 1e8), announced('parcellaire-express', 5e7, 5e7)];
    expect(of(one)).toMatchObject({ downloads: 1e8, open: 5.3e8, seconds: 600, unknown: 0 });
    expect(of(one, two)).toMatchObject({
      downloads: 2e8,
      open: 5.3e8,
      work: 2 * of(one).work,
      seconds: 1200,
    });
  });

  it('counts what nobody announces as unknown, not as nothing', () => {
    expect(of(announced('laposte', null))).toMatchObject({ downloads: 0, unknown: 1 });
  });

  it('takes nothing for what comes with the project', () => {
    expect(of(announced('npm'))).toEqual({
      downloads: 0,
      open: 0,
      work: 0,
      published: 0,
      seconds: 0,
      unknown: 0,
    });
  });
});
