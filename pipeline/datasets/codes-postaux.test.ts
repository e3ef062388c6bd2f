import { describe, expect, it } from 'vitest';
import type { Encoding } from '../normalise/encoding.ts';
import { useFolder } from '../testing/folder.ts';
import { readCodesPostaux, type CodesPostauxTable } from './codes-postaux.ts';
import { npmTablePath, npmTableVersion, readNpmTable } from './npm-codes-postaux.ts';

const folder = useFolder();
const WHERE = { source: 'laposte.csv', layer: 'codes-postaux/communes' };

/** The three headers that La Poste has published, and the order of their columns. */
const HEADERS = {
  current: '#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5',
  old: 'Code_commune_INSEE;Nom_commune;Code_postal;Ligne_5;Libelle_d_acheminement;coordonnees_gps',
  api: 'code_commune_insee,nom_de_la_commune,code_postal,libelle_d_acheminement,ligne_5,_geopoint',
};

/** A row under each. */
const HEADER_ROW: Readonly<Record<string, string>> = {
  [HEADERS.current]: '21231;DIJON;21000;DIJON;',
  [HEADERS.old]: '21231;DIJON;21000;;DIJON;47.3, 5.0',
  [HEADERS.api]: '21231,DIJON,21000,DIJON,,47.3',
};

function read(
  content: string | Uint8Array,
  options: { encoding?: Encoding; sentinel?: string } = {},
): CodesPostauxTable {
  const path = folder.write('laposte.csv', content);
  const { encoding, sentinel } = options;
  return readCodesPostaux('laposte', { path, encoding, sentinel, where: WHERE });
}

function csv(header: string, ...rows: string[]): string {
  return [header, ...rows, ''].join('\n');
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

const DIJON = {
  codePostal: '21000',
  codeCommune: '21231',
  nomCommune: 'DIJON',
  libelleAcheminement: 'DIJON CEDEX',
};

describe('La Poste’s table', () => {
  it.each([
    ['of today', csv(HEADERS.current, '21231;DIJON;21000;DIJON CEDEX;'), 'utf-8'],
    ['of today in Latin-1', latin1(csv(HEADERS.current, '21231;DIJON;21000;DIJON CEDEX;')), 'windows-1252'],
    ['of before', csv(HEADERS.old, '21231;DIJON;21000;;DIJON CEDEX;47.3,5.0'), 'utf-8'],
    ['of its API', csv(HEADERS.api, '"21231","DIJON","21000","DIJON CEDEX",,"47.3,5.0"'), 'utf-8'],
    ['with a byte order mark', `\ufeff${csv(HEADERS.current, '21231;DIJON;21000;DIJON CEDEX;')}`, 'utf-8'],
    [
      'with the line ends of Windows',
      csv(HEADERS.current, '21231;DIJON;21000;DIJON CEDEX;').replaceAll('\n', '\r\n'),
      'utf-8',
    ],
    ['with blanks around values', csv(HEADERS.current, '21231; DIJON ;21000 ;DIJON CEDEX;'), 'utf-8'],
  ])('%s is read', (_, content, encoding) => {
    expect(read(content)).toMatchObject({ rows: [DIJON], encoding, in: 1, rejects: [] });
  });

  it('keeps zeros in front, and Corsican letters', () => {
    const { rows } = read(
      csv(HEADERS.current, '2A004;AJACCIO;20000;AJACCIO;', '01004;AMBERIEU;01500;AMBERIEU;'),
    );
    expect(rows.map(({ codePostal, codeCommune }) => [codePostal, codeCommune])).toEqual([
      ['01500', '01004'],
      ['20000', '2A004'],
    ]);
  });

  it('is of a generation whose columns are known, and tells new ones', () => {
    const generations = Object.values(HEADERS).map(
      (header) => read(csv(header, HEADER_ROW[header] ?? '')).drift,
    );
    expect(generations).toEqual(
      ['La Poste 2023', 'La Poste 2019', 'La Poste 2023'].map((generation) => {
        return { generation, missing: [], added: [], retyped: [] };
      }),
    );
    const more = read(csv(`${HEADERS.current};Cedex`, '21231;DIJON;21000;DIJON;;x'));
    expect(more.drift.added).toEqual(['cedex']);
  });

  it('mends a wrong decoding that is certain, and tells the others', () => {
    const table = read(
      csv(HEADERS.current, '21231;CHÃ‚TEAU;21000;DIJON;', '21232;CH\ufffdTEAU;21000;DIJON;'),
    );
    expect(table.rows.map(({ nomCommune }) => nomCommune)).toEqual(['CHÂTEAU', 'CH\ufffdTEAU']);
    expect(table.repairs).toEqual([{ id: 'line 2', what: 'a wrong decoding mended' }]);
    expect(table.garbled).toEqual([{ id: 'line 3', what: 'CH\ufffdTEAU' }]);
  });

  it('keeps one row a commune and postal code, and counts the others', () => {
    const rows = ['21231;DIJON;21000;DIJON;', '21231;DIJON;21000;DIJON;LIEU DIT', '21231;DIJON;21100;DIJON;'];
    const table = read(csv(HEADERS.current, ...rows));
    expect(table.rows.map(({ codePostal }) => codePostal)).toEqual(['21000', '21100']);
    expect(table.in).toBe(table.rows.length + table.rejects.length);
    expect(table.rejects.map(({ id }) => id)).toEqual(['line 3 (21000/21231)']);
  });

  it('loses a row in a hundred that is unusable, and names its line', () => {
    const good = Array.from({ length: 199 }, (_, i) => `21${String(i).padStart(3, '0')};X;21000;X;`);
    const table = read(csv(HEADERS.current, ...good, '99999;MONACO;98000x;MONACO;'));
    expect(table.rows).toHaveLength(199);
    expect(table.rejects).toEqual([
      { id: 'line 201 (98000x/99999)', what: 'postal code of five digits expected, found "98000x"' },
    ]);
  });

  it.each([
    ['lost a zero', '1004;AMBERIEU;1500;AMBERIEU;', 'postal code of five digits expected, found "1500"'],
    [
      'have a commune of four digits',
      '1004;AMBERIEU;01500;AMBERIEU;',
      'code INSEE of five characters expected, found "1004"',
    ],
    [
      'are numbers in floating point',
      '21231;DIJON;2.1E4;DIJON;',
      'postal code of five digits expected, found "2.1E4"',
    ],
  ])('whose codes %s is refused', (_, row, reason) => {
    expect(() => read(csv(HEADERS.current, row))).toThrow(
      expect.objectContaining({
        code: 'TooManyRejects',
        where: { ...WHERE, id: expect.stringMatching(/^line 2 /) as string },
        message: expect.stringContaining(`1 of 1 rows rejected: ${reason}`) as string,
      }),
    );
  });

  it.each(['#Code_commune_INSEE', 'Nom_de_la_commune', 'Code_postal', 'Libellé_d_acheminement'])(
    'without its column %s is refused',
    (column) => {
      expect(() => read(csv(HEADERS.current.replace(column, 'autre'), 'a;b;c;d;e'))).toThrow(
        expect.objectContaining({
          code: 'BadSchema',
          where: { ...WHERE, line: 1 },
          message: expect.stringMatching(/line 1: no column .*; found .*autre/) as string,
        }),
      );
    },
  );

  it.each([
    ['no row', csv(HEADERS.current), 'EmptySource'],
    ['no byte', '', 'EmptySource'],
    ['a web page', '<!DOCTYPE html>\n<title>Maintenance</title>\n', 'BadSchema'],
    ['a row of another length', csv(HEADERS.current, '21231;DIJON'), 'BadSchema'],
    ['an open quote', csv(HEADERS.api, '"21231,DIJON'), 'BadSchema'],
    ['bytes that are no text', Buffer.from([0x41, 0x81, 0x8d, 0xff]), 'BadEncoding'],
  ])('that is %s is refused', (_, content, code) => {
    expect(() => read(content)).toThrow(
      expect.objectContaining({ code, where: expect.objectContaining(WHERE) as unknown }),
    );
  });

  it('is held to the declared encoding and to the sentinel', () => {
    const bytes = latin1(csv(HEADERS.current, '21231;DIJON;21000;DIJON;'));
    expect(() => read(bytes, { encoding: 'utf-8' })).toThrow(
      expect.objectContaining({ code: 'BadEncoding' }),
    );
    expect(() => read(bytes, { sentinel: 'Libellé' })).not.toThrow();
    expect(() => read(bytes, { sentinel: 'LIBELLÉ' })).toThrow(/the sentinel "LIBELLÉ" appears nowhere/);
  });

  it('that is a folder is refused in words', () => {
    const path = folder.path('folder', 'x').replace(/\/x$/, '');
    const options = { path, encoding: undefined, sentinel: undefined, where: WHERE };
    expect(() => readCodesPostaux('laposte', options)).toThrow(
      expect.objectContaining({ code: 'MissingSource', where: WHERE }),
    );
  });
});

describe('the npm package’s table', () => {
  it('is served as it is, in its own order', () => {
    const options = { path: npmTablePath(), encoding: undefined, sentinel: undefined, where: WHERE };
    const table = readCodesPostaux('npm', options);
    expect(table.in).toBe(table.rows.length);
    expect(table.rows).toEqual(readNpmTable());
    expect(table.rows.every(({ codePostal }) => /^\d{5}$/.test(codePostal))).toBe(true);
    expect(npmTableVersion()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it.each([
    ['no JSON', '<!DOCTYPE html>', /not the table of codes-postaux: .*JSON/],
    ['another list', '[{"codePostal":"21000"}]', /not the table of codes-postaux: 0\.codeCommune: /],
    ['no list', '{}', /not the table of codes-postaux: : .*array/],
  ])('that is %s is refused, and the row named', (_, content, message) => {
    const path = folder.write('table.json', content);
    expect(() => readNpmTable(path, { source: 'table.json' })).toThrow(
      expect.objectContaining({
        code: 'BadSchema',
        where: { source: 'table.json' },
        message: expect.stringMatching(message) as string,
      }),
    );
  });
});
