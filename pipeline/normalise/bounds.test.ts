import { describe, expect, it } from 'vitest';
import { toLattice, type Box } from '../../src/geometry/lattice.ts';
import { findBounds, misplaced } from './bounds.ts';

/** What is said of a small box around a place. */
function said(territory: string, lon: number, lat: number): string | null {
  const bounds = findBounds(territory);
  if (bounds === null) throw new Error(`no bounds for ${territory}`);
  const box: Box = [toLattice(lon), toLattice(lat), toLattice(lon + 0.001), toLattice(lat + 0.001)];
  return misplaced(box, bounds);
}

/** A place in each territory. */
const PLACES: Readonly<Record<string, readonly [lon: number, lat: number]>> = {
  '21': [5.04, 47.32],
  '2A': [8.74, 41.92],
  '971': [-61.73, 16.0],
  '972': [-61.07, 14.6],
  '973': [-52.33, 4.94],
  '974': [55.45, -20.88],
  '975': [-56.18, 46.78],
  '976': [45.23, -12.78],
  '977': [-62.85, 17.9],
  '978': [-63.08, 18.07],
};

describe('the bounds', () => {
  it.each(Object.entries(PLACES))('of %s hold a place in it', (territory, [lon, lat]) => {
    expect(said(territory, lon, lat)).toBeNull();
    expect(said('france', lon, lat)).toBeNull();
  });

  it.each(Object.entries(PLACES))(
    'of %s say when latitude and longitude are swapped',
    (territory, [lon, lat]) => {
      expect(said(territory, lat, lon)).toMatch(/^outside .*: looks like latitude and longitude swapped$/);
    },
  );

  it('keep an overseas département apart from all others', () => {
    const reunion = PLACES['974'] ?? [NaN, NaN];
    for (const territory of Object.keys(PLACES).filter((name) => name !== '974')) {
      expect(said(territory, ...reunion)).toMatch(/^outside /);
    }
  });

  it('say when degrees are metres', () => {
    expect(said('21', 854_000, 6_693_000)).toBe(
      'outside metropolitan France: looks like metres of a projection, taken for degrees',
    );
  });

  it('say where the trouble is otherwise', () => {
    expect(said('974', 5.04, 47.32)).toBe('outside département 974: near 5.0400, 47.3200');
  });

  it('hold nothing that is only partly inside', () => {
    const bounds = findBounds('FXX');
    const box: Box = [toLattice(4), toLattice(47), toLattice(40), toLattice(48)];
    expect(bounds && misplaced(box, bounds)).toMatch(/^outside/);
  });

  it.each(['987', '988', '99Z', 'corse', ''])('of %j are unknown', (name) => {
    expect(findBounds(name)).toBeNull();
  });
});
