import { describe, expect, it } from 'vitest';
import type { Given } from '../read/given.ts';
import { COMMUNE, PARCELLE } from '../routes/cadastre.ts';
import { AOC } from '../routes/others.ts';
import { faultsIn } from './chain.ts';

function given(values: Partial<Given>): Given {
  return { body: {}, params: {}, query: {}, headers: new Headers(), ...values };
}

/** The message about one parameter of parcels. */
function messageOf(name: string, value: unknown): string | undefined {
  return faultsIn(PARCELLE, given({ body: { [name]: value } }))?.[name]?.msg;
}

describe('the rules of the cadastre', () => {
  it.each([
    ['code_insee', ['25349', '2a004', '2B033', '97411', '25349,21231', ['25349', '21231']]],
    ['code_dep', ['25', '2A', 25, ['25', '26']]],
    ['code_com', ['349', '34', 349]],
    ['section', ['0A', 'AB', 'ab', 12]],
    ['code_arr', ['107', '000', '-12']],
    ['numero', ['0075', '00755', 'x 1234', 1234]],
    ['_limit', ['10', '+10', '-5', '1.5', '.5', 10]],
    ['source_ign', ['PCI', 'bdp', 'XYZ', 'PC🙂', '\uFE0Fab', 'ab1\uFE0F']],
    ['nom_com', ['', null, {}]],
  ])('%s may be any of %j', (name, values) => {
    expect(values.map((value) => messageOf(name, value))).toEqual(values.map(() => undefined));
  });

  it.each<[string, string, unknown[]]>([
    ['code_insee', 'INSEE code must have 5 characters', ['', '2534', '253490', 25349, {}, [], '25349,1']],
    [
      'code_insee',
      'Invalid INSEE code',
      ['99999', '00123', '20001', '2C001', '2A00B', '２５３４９', '25 49'],
    ],
    ['code_dep', 'Code département invalide', ['1', '974', 9]],
    [
      'source_ign',
      'Les seules valeurs possibles sont: PCI pour utiliser les couches PCI-Express ou BDP pour utiliser les couches BD Parcellaires',
      ['ab\uFE0F', 'C🙂\uFE0F', '1\uFE0F\uFE0F', '1.\uFE0F\uFE0F2', '🙂🙂'],
    ],
    ['code_dep', 'Invalid value', ['', 'é1', '2-', ' 2', null]],
    ['code_com', 'Code commune invalide', ['1', '1234']],
    ['code_com', 'Invalid value', ['', 'abc', '1,2', '1e2', '٣٤٩']],
    ['section', 'Le numéro de section est sur 2 caractères', ['A', 'ABC', ['0A', 'B']]],
    ['numero', 'Le numéro de parcelle est sur 4 caractères', ['', '123', 'a-bc', null]],
    ['com_abs', 'Le prefixe est composé de 3 chiffres obligatoires', ['1', '1234']],
    ['code_arr', 'Le code arrondissement est composé de 3 chiffres', ['1', '1234']],
    ['_start', 'Invalid value', ['', '-', 'abc', '1e3', '5.', true, {}]],
    ['source_ign', 'Invalid value', [123, null, ['PCI']]],
  ])('%s: %s', (name, message, values) => {
    expect(values.map((value) => messageOf(name, value))).toEqual(values.map(() => message));
  });

  it('name what replaced a former parameter, whatever its value', () => {
    for (const [former, name] of [
      ['codearr', 'code_arr'],
      ['dep', 'code_dep'],
      ['insee', 'code_insee'],
    ] as const) {
      expect(messageOf(former, null)).toContain(`"${former}" a été remplacé par "${name}"`);
    }
  });
});

describe('faults', () => {
  it('are told all at once, with the value and its place', () => {
    const faults = faultsIn(COMMUNE, given({ body: { _limit: 'x' }, query: { code_dep: '1' } }));
    expect(faults).toEqual({
      code_dep: {
        type: 'field',
        value: '1',
        msg: 'Code département invalide',
        path: 'code_dep',
        location: 'query',
      },
      _limit: { type: 'field', value: 'x', msg: 'Invalid value', path: '_limit', location: 'body' },
    });
    expect(Object.keys(faults?.['code_dep'] ?? {})).toEqual(['type', 'value', 'msg', 'path', 'location']);
  });

  it('show the wrong value of a list', () => {
    const faults = faultsIn(COMMUNE, given({ query: { code_dep: ['25', '1'] } }));
    expect(faults?.['code_dep']?.value).toBe('1');
  });

  it('are of the first rule that any place breaks, the body before the query string', () => {
    const both = faultsIn(COMMUNE, given({ body: { code_dep: '1' }, query: { code_dep: '1' } }));
    expect(both?.['code_dep']?.location).toBe('body');
    const later = faultsIn(COMMUNE, given({ body: { code_dep: '1' }, query: { code_dep: '-' } }));
    expect(later?.['code_dep']).toMatchObject({ location: 'query', msg: 'Invalid value' });
    const right = faultsIn(COMMUNE, given({ body: { code_dep: '1' }, query: { code_dep: '25' } }));
    expect(right?.['code_dep']?.location).toBe('body');
  });

  it('are of the body, without a value, where a parameter is missing', () => {
    const faults = faultsIn(AOC, given({ headers: new Headers({ apikey: 'k' }) }));
    expect(faults).toEqual({
      geom: { type: 'field', value: undefined, msg: 'Invalid value', path: 'geom', location: 'body' },
      source: { type: 'field', value: undefined, msg: 'Invalid value', path: 'source', location: 'body' },
    });
  });
});
