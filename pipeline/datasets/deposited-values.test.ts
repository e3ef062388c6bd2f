import { describe, expect, it } from 'vitest';
import { giveZerosBack, writeDates } from './deposited-values.ts';

type Mend = typeof giveZerosBack;

function mended(mend: Mend, name: string, text: string | null): { value: unknown; notes: string[] } {
  const properties = { [name]: text };
  const notes: string[] = [];
  mend(properties, (note) => notes.push(note));
  return { value: properties[name], notes };
}

describe('a code of a deposit', () => {
  it.each([
    ['typepsc', '5', '05'],
    ['stypeinf', '1', '01'],
    ['insee', '1004', '01004'],
  ])('%s %s is given its zero back', (name, text, value) => {
    const notes = [`${name}: its leading zero given back`];
    expect(mended(giveZerosBack, name, text)).toEqual({ value, notes });
    expect(mended(giveZerosBack, name, `${text}.0`)).toEqual({ value, notes });
  });

  it('loses the decimals that a table of numbers has added', () => {
    const notes = ['insee: decimals of a code left out'];
    expect(mended(giveZerosBack, 'insee', '21231.00')).toEqual({ value: '21231', notes });
  });

  it.each([
    ['insee', '01004'],
    ['insee', '2A004'],
    ['insee', '104'],
    ['insee', null],
    ['typepsc', '99'],
    ['stypepsc', '11001'],
    ['libelle', '5'],
  ])('%s %s stays as it is', (name, value) => {
    expect(mended(giveZerosBack, name, value)).toEqual({ value, notes: [] });
  });
});

describe('a date of a deposit', () => {
  it.each([
    '2020-01-28',
    '2020/01/28',
    '2020-01-28T00:00:00Z',
    '2020-01-28 12:30:00',
    '28/01/2020',
    '28-01-2020',
    '28.1.2020',
    '20200128.0',
    '43858',
    '43858.0',
  ])('%s is written YYYYMMDD', (text) => {
    const notes = ['datvalid: written YYYYMMDD, as the CNIG does'];
    expect(mended(writeDates, 'datvalid', text)).toEqual({ value: '20200128', notes });
  });

  it.each(['20200128', '20200229', '2007', '200712', null])('%s stays as it is', (value) => {
    expect(mended(writeDates, 'datesrcgen', value)).toEqual({ value, notes: [] });
  });

  it.each(['00000000', '20190229', '2020-13-01', '01/28/2020', '31/04/2020', 'inconnue', '999999'])(
    '%s is none: kept, and told',
    (value) => {
      const notes = [`datappro is no date: "${value}"`];
      expect(mended(writeDates, 'datappro', value)).toEqual({ value, notes });
    },
  );
});
