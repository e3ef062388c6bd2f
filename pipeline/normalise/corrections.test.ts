import { describe, expect, it } from 'vitest';
import { findLayer } from '../datasets/index.ts';
import { useFolder } from '../testing/folder.ts';
import { CORRECTIONS, Corrector, readCorrections, type Correction } from './corrections.ts';
import type { RawValue } from './row.ts';

const folder = useFolder();
const HEADER = 'layer,column,found,where,corrected,reason';

function isLayer(name: string): boolean {
  return findLayer(name) !== null;
}

function read(...lines: string[]): Correction[] {
  folder.write('corrections/aoc.csv', [HEADER, ...lines, ''].join('\n'));
  return readCorrections(folder.path('corrections'), isLayer);
}

/** What the lines make of a row. */
function correct(lines: readonly Correction[], row: Readonly<Record<string, RawValue>>) {
  const values = new Map(Object.entries(row));
  const notes: string[] = [];
  const corrector = new Corrector(lines, 'aoc/appellation-viticole');
  corrector.correct(values, (note) => void notes.push(note));
  return { row: Object.fromEntries(values), notes, applied: corrector.applied };
}

describe('a correction', () => {
  it('puts a text in place of the one that is found', () => {
    const lines = read('aoc/appellation-viticole,nomcom,"Azillanet,Beaufort",insee=34026,Beaufort,deux noms');
    expect(correct(lines, { insee: '34026', nomcom: 'Azillanet,Beaufort ' })).toEqual({
      row: { insee: '34026', nomcom: 'Beaufort' },
      notes: ['nomcom: "Azillanet,Beaufort" corrected to "Beaufort" (aoc.csv:2)'],
      applied: { 'aoc.csv:2': 1 },
    });
  });

  it('takes another column, unless nothing stands there either', () => {
    const lines = read('aoc/appellation-viticole,insee,,,=insee2011,absent');
    expect(correct(lines, { insee: null, insee2011: '49078' }).row['insee']).toBe('49078');
    expect(correct(lines, { insee: ' ', insee2011: '49078' }).row['insee']).toBe('49078');
    expect(correct(lines, { insee: null, insee2011: null })).toMatchObject({ notes: [], applied: {} });
  });

  it.each([
    ['the text is another one', { insee: '1', nomcom: 'Gorges' }],
    ['a condition does not hold', { insee: '80381', nomcom: 'Gorges', id_app: 101 }],
    ['the column is not there', { nomcom: 'GORGES', id_app: 100 }],
  ])('does nothing where %s', (_, row) => {
    const lines = read('aoc/appellation-viticole,insee,80381,id_app=100;nomcom=GORGES,44064,homonyme');
    expect(correct(lines, row)).toEqual({ row, notes: [], applied: {} });
  });

  it('sees what those before it made', () => {
    const lines = read(
      'aoc/appellation-viticole,insee,ok,,=insee2011,ok',
      'aoc/appellation-viticole,insee,49078,,49050,fusion',
    );
    const { row, applied } = correct(lines, { insee: 'ok', insee2011: '49078' });
    expect(row['insee']).toBe('49050');
    expect(applied).toEqual({ 'aoc.csv:2': 1, 'aoc.csv:3': 1 });
  });

  it.each([
    ['aoc/autre,insee,ok,,=insee2011,x', 'no layer is named "aoc/autre"'],
    ['aoc/appellation-viticole,INSEE,ok,,=insee2011,x', '"INSEE" is no column in lower case'],
    ['aoc/appellation-viticole,insee,ok,,,x', 'nothing in the column "corrected"'],
    ['aoc/appellation-viticole,insee,ok,,=in see,x', '"=in see" names no column'],
    ['aoc/appellation-viticole,insee,ok,,ok,x', 'corrected is what is found'],
    ['aoc/appellation-viticole,insee,ok,,=insee2011,', 'no reason is given'],
    ['aoc/appellation-viticole,insee,ok,id_app,=insee2011,x', 'where: "id_app" is not column=text'],
    ['aoc/appellation-viticole,insee,ok', 'Invalid Record Length: columns length is 6, got 3 on line 3'],
  ])('that cannot be used is refused with its file and line: %s', (line, what) => {
    expect(() => read('aoc/appellation-viticole,insee,,,=insee2011,absent', line)).toThrow(
      expect.objectContaining({ code: 'BadCorrection', message: `aoc.csv › line 3: ${what}` }),
    );
  });

  it('in a file of other columns is refused', () => {
    folder.write('corrections/aoc.csv', 'layer,column,found,corrected\n');
    expect(() => readCorrections(folder.path('corrections'), isLayer)).toThrow(
      /^aoc.csv › line 1: the columns are layer, column, found, where, corrected, reason; found layer,/,
    );
  });

  it('is not needed', () => {
    expect(readCorrections(folder.path('none'), isLayer)).toEqual([]);
  });
});

describe('the corrections of the project', () => {
  const lines = readCorrections(CORRECTIONS, isLayer);

  it('are read, each with its reason', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  it.each([
    [{ insee: 'ok', insee2011: '34162' }, '34162'],
    [{ insee: null, insee2011: '49078' }, '49078'],
    [{ insee: '49078,49115', insee2011: '49078' }, '49050'],
    [{ insee: '80381', insee2011: '44064', id_app: 100, nomcom: 'GORGES' }, '44064'],
  ])('make of the insee of %j %s', (row, insee) => {
    expect(correct(lines, row).row['insee']).toBe(insee);
  });

  it('know the older columns too', () => {
    expect(correct(lines, { new_insee: '21166', old_insee: 'ok' }).row['old_insee']).toBe('21166');
  });
});
