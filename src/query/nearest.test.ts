import { describe, expect, it } from 'vitest';
import { byNearness, nearest } from './nearest.ts';

const known = ['code_insee', 'code_dep', 'code_com', 'section', 'numero', 'geom', 'limit', 'start'];

describe('nearest', () => {
  it.each([
    ['codeInsee', 'code_insee'],
    ['code_inse', 'code_insee'],
    ['dep', 'code_dep'],
    ['insee', 'code_insee'],
    ['_limit', 'limit'],
    ['geometry', 'geom'],
    ['lon', undefined],
    ['x'.repeat(10_000), undefined],
  ])('takes %s for %s', (unknown, expected) => {
    expect(nearest(unknown, known)).toBe(expected);
  });

  it('takes nothing for anything where nothing is known', () => {
    expect(nearest('geom', [])).toBeUndefined();
  });
});

describe('byNearness', () => {
  it('puts the nearest first and keeps all', () => {
    const names = ['cadastre/commune', 'cadastre/parcelle', 'cadastre/parcelle-bdp', 'gpu/zone-urba'];
    expect(byNearness('cadastre/parcelles', names)).toEqual([
      'cadastre/parcelle',
      'cadastre/parcelle-bdp',
      'cadastre/commune',
      'gpu/zone-urba',
    ]);
    expect(byNearness('parcelle', names)[0]).toBe('cadastre/parcelle');
  });
});
