import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { readSourcesFile } from './sources-file.ts';

const folder = useFolder();

const AOC = { dataset: 'aoc', format: 'inao', path: 'aoc.zip' };
const CADASTRE = { dataset: 'cadastre', format: 'etalab', path: 'c', departement: '21' };

function write(content: unknown): string {
  return folder.write('sources.json', typeof content === 'string' ? content : JSON.stringify(content));
}

function read(...sources: unknown[]): ReturnType<typeof readSourcesFile> {
  return readSourcesFile(write({ territory: 'essai', sources }));
}

describe('a sources file', () => {
  it('gives its entries with their places, relative to itself', () => {
    const { territory, codesPostaux, sources } = read(AOC, { ...CADASTRE, path: '/data/c' });
    expect({ territory, codesPostaux }).toEqual({ territory: 'essai', codesPostaux: null });
    expect(sources.map(({ location }) => location)).toEqual([folder.path('aoc.zip'), '/data/c']);
    expect(sources[0]).toMatchObject(AOC);
  });

  it('may leave out the path of the npm table, and say which table is served', () => {
    const path = write({
      territory: 'essai',
      options: { codesPostaux: 'laposte' },
      sources: [{ dataset: 'codes-postaux', format: 'npm' }],
    });
    const { codesPostaux, sources } = readSourcesFile(path);
    expect(codesPostaux).toBe('laposte');
    expect(sources[0]?.location).toBeNull();
  });

  it('takes every key that its format heeds', () => {
    const texts = { vintage: '2026', encoding: 'windows-1252', sentinel: 'é' };
    const places = { crs: 'EPSG:2154', bounds: '21', mayBeEmpty: ['a.shp'], maxRejects: 0.1 };
    const cnig = {
      dataset: 'gpu',
      format: 'cnig',
      path: 'p',
      partition: 'DU_21231',
      members: { 'a.csv': 'gpu/zone-urba' },
    };
    expect(() =>
      read(
        { ...AOC, ...texts, ...places },
        { ...CADASTRE, ...texts, ...places },
        { ...cnig, ...texts, ...places },
        { dataset: 'gpu', format: 'extraction', path: 'e', ...texts, ...places },
        { dataset: 'codes-postaux', format: 'laposte', path: 'l.csv', ...texts },
        { dataset: 'codes-postaux', format: 'npm', vintage: '4.1.2' },
      ),
    ).not.toThrow();
  });

  it.each(['01', '2A', '2B', '95', '971', '974', '976', '987'])('knows département %s', (departement) => {
    expect(() => read({ ...CADASTRE, departement })).not.toThrow();
  });

  it.each<[string, unknown[], string]>([
    ['no source', [], 'sources: '],
    ['an unknown format', [{ ...AOC, format: 'shapefile' }], 'sources.0.format: '],
    ['a format of another dataset', [AOC, { ...AOC, dataset: 'gpu' }], 'sources.1.dataset: '],
    ['no path', [{ dataset: 'aoc', format: 'inao' }], 'sources.0.path: '],
    ['an empty path', [{ ...AOC, path: '' }], 'sources.0.path: '],
    ['a misspelt key', [{ ...AOC, vintages: '2026' }], 'sources.0: Unrecognized key: "vintages"'],
    [
      'a cadastre without a département',
      [{ ...CADASTRE, departement: undefined }],
      'sources.0.departement: ',
    ],
    ['a département that is none', [{ ...CADASTRE, departement: '1' }], 'sources.0.departement: '],
    ['a coordinate system without its authority', [{ ...AOC, crs: '2154' }], 'sources.0.crs: '],
    ['an unknown encoding', [{ ...AOC, encoding: 'latin1' }], 'sources.0.encoding: '],
    ['a share of rejects above one', [{ ...AOC, maxRejects: 5 }], 'sources.0.maxRejects: '],
    [
      'a layer that is no text',
      [{ dataset: 'gpu', format: 'cnig', path: 'p', members: { a: 1 } }],
      'sources.0.members.a: ',
    ],
    [
      'a key that a table has no use for',
      [{ dataset: 'codes-postaux', format: 'laposte', path: 'l', crs: 'EPSG:2154' }],
      'sources.0: Unrecognized key: "crs"',
    ],
  ])('with %s is refused, and the entry and key named', (_, sources, message) => {
    const path = folder.path('sources.json');
    expect(() => read(...sources)).toThrow(
      expect.objectContaining({
        code: 'BadSourcesFile',
        where: { source: path },
        message: expect.stringContaining(`${path}: ${message}`) as string,
      }),
    );
  });

  it.each([
    ['no territory', { sources: [AOC] }, 'territory: '],
    ['an unknown option', { territory: 't', options: { tiles: false }, sources: [AOC] }, 'options: '],
    ['an unknown member', { territory: 't', source: [], sources: [AOC] }, 'Unrecognized key: "source"'],
    ['a list in place of the object', [AOC], 'expected object'],
    ['no JSON', '{ "territory": ', 'not JSON: '],
  ])('with %s is refused', (_, content, message) => {
    expect(() => readSourcesFile(write(content))).toThrow(
      expect.objectContaining({
        code: 'BadSourcesFile',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('that is not there is told apart', () => {
    const path = folder.path('absent.json');
    expect(() => readSourcesFile(path)).toThrow(
      expect.objectContaining({ code: 'MissingSource', where: { source: path } }),
    );
  });
});
