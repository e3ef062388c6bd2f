import { describe, expect, it } from 'vitest';
import { DEPARTEMENTS } from './departements.ts';
import { parseTerritoire } from './territoire.ts';

describe('a territoire', () => {
  it('is départements in order, each once, or France', () => {
    expect(parseTerritoire('974,2B,21, 2A,19,21')).toEqual({
      name: 'Corrèze, Corse-du-Sud, Haute-Corse, Côte-d’Or, La Réunion',
      departements: ['19', '2A', '2B', '21', '974'],
    });
    expect(parseTerritoire('France')).toEqual({ name: 'France', departements: 'france' });
  });

  it('knows 96 départements of the métropole, 5 overseas and 3 collectivities', () => {
    const codes = Object.keys(DEPARTEMENTS);
    expect(codes.filter((code) => code.length === 2)).toHaveLength(96);
    expect(codes.filter((code) => code.length === 3)).toHaveLength(8);
    expect(codes).not.toContain('20');
  });

  it.each([
    ['20', '2A or 2B'],
    ['1', '01'],
    ['2a', '2A'],
    ['D021', '21'],
    ['D974', '974'],
    ['97', '971, 972, 973, 974 or 976'],
    ["Côte-d'Or", '21'],
    ['Cotes d’Armor', '22'],
    ['Frence', 'france'],
  ])('%s is refused with what may be meant: %s', (code, suggestion) => {
    expect(() => parseTerritoire(`33,${code}`)).toThrow(
      `no département ${JSON.stringify(code)}; did you mean ${suggestion}?`,
    );
  });

  it.each(['999', ''])('%j is refused with what is expected', (code) => {
    expect(() => parseTerritoire(`33,${code}`)).toThrow(
      `no département ${JSON.stringify(code)}; a code such as 21, 2A or 974, a list of codes, or france is expected`,
    );
  });
});
