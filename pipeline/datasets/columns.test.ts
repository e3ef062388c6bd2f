import { describe, expect, it } from 'vitest';
import { columns, describeDrift, driftOf, schema } from './columns.ts';

const AOC = schema(
  {
    current: 'app denom id_app:number insee signe cvi',
    former: 'app denom id_app:number insee type_ig',
    old: 'appellatio denominati id_app:any new_insee',
  },
  'remarque',
);

function drift(list: string) {
  return driftOf(columns(list), AOC);
}

describe('the columns of a file', () => {
  it.each([
    ['app denom id_app:number insee signe cvi', 'current'],
    ['app denom id_app:number insee type_ig', 'former'],
    ['appellatio denominati id_app new_insee remarque', 'old'],
  ])('%s are those of a generation: %s', (list, generation) => {
    expect(drift(list)).toEqual({ generation, missing: [], added: [], retyped: [] });
    expect(describeDrift(drift(list))).toBeNull();
  });

  it('are told where one is missing, new or of another type', () => {
    const found = drift('app denom id_app insee:number cvi couleur');
    expect(found).toEqual({
      generation: 'current',
      missing: ['signe'],
      added: ['couleur'],
      retyped: [
        { column: 'id_app', expected: 'number', found: 'text' },
        { column: 'insee', expected: 'text', found: 'number' },
      ],
    });
    expect(describeDrift(found)).toBe(
      'columns of current: without signe; new couleur; id_app of type text where number is expected; ' +
        'insee of type number where text is expected',
    );
  });

  it('of another generation are not new', () => {
    expect(drift('app denom id_app:number insee signe cvi type_ig').added).toEqual([]);
  });

  it('of which nothing is known are those of no other file', () => {
    expect(drift('x y')).toMatchObject({ generation: 'old', added: ['x', 'y'] });
  });
});
