import { describe, expect, it } from 'vitest';
import type { Layer } from '../format/catalogue.ts';
import { PARCELLE_FIELDS } from '../testing/features.ts';
import { testFields } from '../testing/fields.ts';
import { readParameters, type Question } from './parameters.ts';

const INDEX: Layer['index'] = {
  ...{ hash: '', length: 0, salt: 0, pages: 0, directoryBytes: 0, directories: 0, root: null, ids: null },
  keys: { fields: [], offset: 0, length: 0, check: 0, leaves: 0 },
};

function layer(fields: string, geometry: Layer['geometry'] = 'MultiPolygon'): Layer {
  return { geometry, fields: testFields(fields), features: 0, partitions: [], index: INDEX };
}

const LIMITS = { maxBytes: 1, maxRequests: 2, maxMs: 3 };

const FIELDS: Readonly<Record<string, Layer>> = {
  'cadastre/parcelle': layer(PARCELLE_FIELDS),
  'cadastre/commune': layer('gid:integer nom_com code_dep code_insee'),
  'gpu/municipality': layer('insee name is_rnu:boolean'),
  'gpu/assiette-sup-s': layer('suptype partition h:number'),
  'gpu/acte-sup': layer('idacte partition', null),
};

function read(name: string, parameters: Readonly<Record<string, unknown>>): Question {
  const asked = FIELDS[name] ?? layer('');
  return readParameters({ name, layer: asked }, parameters, LIMITS);
}

/** The tests of each filter, alternatives joined by `|`. */
function filters(name: string, parameters: Readonly<Record<string, unknown>>): string[] {
  return read(name, parameters).filters.map(({ anyOf }) =>
    anyOf
      .map((tests) =>
        tests
          .map((test) =>
            'equals' in test ? `${test.field}=${test.equals}` : `${test.field}~${test.endsWith}`,
          )
          .join(' '),
      )
      .join(' | '),
  );
}

describe('parameters of the cadastre', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['code_insee splits into two', { code_insee: '21231' }, ['code_dep=21 code_com=231']],
    ['overseas too', { code_insee: '97411' }, ['code_dep=97 code_com=411']],
    ['Corsica in either case', { code_insee: '2a004' }, ['code_dep=2A code_com=004']],
    [
      'an arrondissement is looked for in its commune too',
      { code_insee: '75107' },
      ['code_dep=75 code_com=107 | code_dep=75 code_com=056 code_arr=107'],
    ],
    [
      'its commune is itself',
      { code_insee: '75056', code_arr: '107' },
      ['code_dep=75 code_com=056', 'code_arr=107'],
    ],
    ['codes are upper case', { section: '0a', numero: '0075' }, ['section=0A', 'numero=0075']],
    ['a parcel by its idu alone', { idu: '212310000a0075' }, ['idu=212310000A0075']],
    ['any attribute by equality', { nom_com: 'Dijon', feuille: '1' }, ['nom_com=Dijon', 'feuille=1']],
  ])('%s', (_, parameters, expected) => {
    expect(filters('cadastre/parcelle', parameters)).toEqual(expected);
  });

  it('are met by the one code of communes', () => {
    expect(filters('cadastre/commune', { code_insee: '21231', code_dep: '21', code_com: '231' })).toEqual([
      'code_insee=21231',
      'code_dep=21',
      'code_insee~231',
    ]);
    expect(filters('cadastre/commune', { code_insee: '13055' })[0]?.split(' | ')).toHaveLength(17);
  });

  it.each([
    [{ code_insee: '21231' }, '21'],
    [{ code_insee: '97411' }, '974'],
    [{ code_insee: '2A004' }, '2A'],
    [{ idu: '75107000BT0001' }, '75'],
    [{ idu: '97411000AB0001' }, '974'],
    [{ code_dep: '21' }, '21'],
    [{ code_dep: '97' }, '97'],
    [{ code_dep: '97', code_com: '411' }, '974'],
    [{ code_com: '231' }, null],
    [{ nom_com: 'Dijon' }, null],
  ])('%j names the département %s', (parameters, departement) => {
    expect(read('cadastre/parcelle', parameters).departement).toBe(departement);
  });
});

describe('parameters of the GPU', () => {
  it('ask servitudes by category in lower case', () => {
    expect(filters('gpu/assiette-sup-s', { categorie: 'AC1', partition: 'SUP_21_AC1' })).toEqual([
      'suptype=ac1',
      'partition=SUP_21_AC1',
    ]);
  });

  it('take numbers and booleans as such or as texts', () => {
    expect(filters('gpu/municipality', { is_rnu: 'false', insee: '21231' })).toEqual([
      'is_rnu=false',
      'insee=21231',
    ]);
    expect(filters('gpu/municipality', { is_rnu: true })).toEqual(['is_rnu=true']);
    expect(filters('gpu/assiette-sup-s', { h: '2.5' })).toEqual(['h=2.5']);
  });

  it('name no département, whatever they are called', () => {
    expect(read('gpu/municipality', { insee: '21231' }).departement).toBeNull();
  });
});

describe('what any layer can be asked', () => {
  it('has defaults', () => {
    const question = read('cadastre/parcelle', { code_dep: '21', limit: undefined });
    expect(question).toMatchObject({
      shape: null,
      limit: Infinity,
      start: 0,
      geometry: true,
    });
  });

  it('is read', () => {
    const { signal } = new AbortController();
    const geom = '{"type":"Point","coordinates":[4.9,47.2]}';
    const question = read('cadastre/parcelle', { geom, limit: 0, start: 7, geometry: false, signal });
    expect(question).toMatchObject({ limit: 0, start: 7, geometry: false, filters: [] });
    expect(question.signal).toBe(signal);
    expect([...(question.shape?.points ?? [])]).toEqual([490_000_000, 4_720_000_000]);
  });
});

describe('a refusal', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['cadastre/parcelle', { code_insee: '1004' }, 'code_insee: expected an INSEE code such as 2A004'],
    ['cadastre/parcelle', { code_insee: 21231 }, 'found 21231'],
    ['cadastre/parcelle', { code_insee: '99999' }, 'code_insee: expected an INSEE code'],
    ['cadastre/parcelle', { code_insee: null }, 'found null'],
    ['cadastre/parcelle', { code_dep: '974' }, 'code_dep: expected 2 characters'],
    ['cadastre/parcelle', { code_com: '12' }, 'code_com: expected exactly 3 digits'],
    ['cadastre/parcelle', { section: 'A' }, 'section: expected 2 letters'],
    ['cadastre/parcelle', { numero: '75' }, 'numero: expected exactly 4'],
    ['cadastre/parcelle', { code_arr: '1' }, 'code_arr: expected exactly 3'],
    ['cadastre/parcelle', { com_abs: 'abc' }, 'com_abs: expected exactly 3'],
    ['cadastre/parcelle', { idu: '21231AB0001' }, 'idu: expected 14 characters'],
    ['cadastre/parcelle', { contenance: 'vast' }, 'contenance: expected a number, found "vast"'],
    ['cadastre/parcelle', { nom_com: 7 }, 'nom_com: expected a text'],
    ['gpu/municipality', { is_rnu: 'oui' }, 'is_rnu: expected true or false'],
    ['gpu/municipality', { insee: '25' }, 'insee: expected an INSEE code'],
    ['gpu/assiette-sup-s', { categorie: '' }, 'categorie: expected a category'],
    ['cadastre/parcelle', { code_dep: '21', limit: -1 }, 'limit: expected a whole number'],
    [
      'cadastre/parcelle',
      { code_dep: '21', limit: '5' },
      'limit: expected a whole number, 0 or more, found "5"',
    ],
    ['cadastre/parcelle', { code_dep: '21', start: 1.5 }, 'start: expected a whole number'],
    ['cadastre/parcelle', { code_dep: '21', geometry: 'no' }, 'geometry: expected true or false'],
    ['cadastre/parcelle', { code_dep: '21', signal: {} }, 'signal: expected an AbortSignal'],
    ['cadastre/parcelle', { geom: { type: 'Point', coordinates: [652_000, 6_862_000] } }, 'geom'],
    ['cadastre/parcelle', { geom: 'POINT (1 2)' }, 'geom'],
    ['cadastre/parcelle', {}, 'give geom, an attribute, or a limit'],
    ['gpu/acte-sup', { geom: { type: 'Point', coordinates: [5, 47] } }, 'gpu/acte-sup have no place'],
  ])('of %s %j says %s', (name, parameters, message) => {
    expect(() => read(name, parameters)).toThrow(
      expect.objectContaining({
        name: 'CartoError',
        code: 'InvalidQuery',
        message: expect.stringContaining(message) as unknown,
      }),
    );
  });

  it('of an unknown name lists what there is', () => {
    expect(() => read('gpu/municipality', { lon: 5 })).toThrow(
      'it knows insee, geom, limit, start, geometry, signal, maxBytes, maxRequests, maxMs, name, is_rnu',
    );
  });

  it('of a code whose field the tree lacks is none of a match in silence', () => {
    const asked = {
      name: 'cadastre/localisant',
      layer: layer('idu'),
    };
    expect(() => readParameters(asked, { section: 'AB' }, LIMITS)).toThrow(
      'cadastre/localisant has no such parameter or field; it knows idu',
    );
  });
});
