import { describe, expect, it } from 'vitest';
import type { Catalogue, Layer } from './catalogue.ts';
import { encodeCatalogue } from './catalogue-json.ts';
import { parseCatalogue } from './parse-catalogue.ts';

const provenance = { source: 'extraction', vintage: '2026', producer: 'p', licence: 'l', attribution: 'a' };
const older = { ...provenance, vintage: '2025' };
const keys = { fields: ['code_dep'], offset: 900, length: 50, check: 7, leaves: 800 };
const zones: Layer = {
  geometry: 'MultiPolygon',
  fields: [
    { name: 'gid', type: 'integer' },
    { name: 'code_dep', type: 'string' },
    { name: 'rnu', type: 'boolean' },
  ],
  features: 3,
  partitions: [{ id: 'france', provenance: [provenance] }],
  index: {
    ...{ hash: '0123456789abcdef', length: 5096, salt: 12, pages: 300, directories: 308, root: 'AAAA' },
    ids: { fields: ['code_dep', 'gid'], offset: 1000, buckets: 1 },
    keys,
  },
};
const actes: Layer = { ...zones, geometry: null, index: { ...zones.index, root: null, ids: null } };
// Object keys would come back as 21, 974, 2A: the order of partitions is their numbers.
const communes: Layer = {
  ...zones,
  partitions: [
    { id: '2A', provenance: [provenance] },
    { id: '21', provenance: [older, provenance] },
    { id: '974', provenance: [] },
  ],
};
const file = (path: string) => ({ path, length: 10, sha256: 'ab'.repeat(32) });
const CATALOGUE: Catalogue = {
  format: 2,
  territory: 'somewhere',
  manifest: file('manifest.0123456789abcdef.json'),
  layers: { 'gpu/zone-urba': zones, 'gpu/acte-sup': actes, 'cadastre/commune': communes },
  codesPostaux: { file: file('data/codes-postaux.0123456789abcdef.json'), provenance: [older] },
  tiles: { gpu: 'tiles/gpu.0123456789abcdef.pmtiles' },
};

function json(catalogue: Catalogue = CATALOGUE): unknown {
  return JSON.parse(JSON.stringify(encodeCatalogue(catalogue)));
}

/** The catalogue with the value at `path` replaced, or removed for `undefined`. */
function edited(path: readonly (string | number)[], value: unknown): unknown {
  const copy = json();
  const target = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (target as Record<string, unknown>)[path.at(-1) ?? ''] = value;
  return copy;
}

const at = ['layers', 'gpu/zone-urba'] as const;
const inIndex = [...at, 'index'] as const;

describe('a catalogue', () => {
  it('reads as it was written', () => {
    expect(parseCatalogue(json())).toEqual(CATALOGUE);
    const bare = { ...CATALOGUE, layers: {}, codesPostaux: null, tiles: {} };
    expect(parseCatalogue(json(bare))).toEqual(bare);
  });

  it('says a schema, a list of partitions and a provenance once', () => {
    expect(json()).toMatchObject({
      provenance: [provenance, older],
      schemas: ['gid:integer code_dep rnu:boolean'],
      partitions: ['france', '2A 21 974'],
      layers: {
        'gpu/zone-urba': { schema: 0, partitions: 0, provenance: [0] },
        'cadastre/commune': { schema: 0, partitions: 1, provenance: [[0], [1, 0], []] },
      },
    });
  });

  it('leaves alone what a later one of the same format adds', () => {
    expect(parseCatalogue(edited(['expires'], '2027'))).toEqual(CATALOGUE);
  });

  it.each([
    [['territory'], 3],
    [['layers'], []],
    [[...at, 'geometry'], 'Polygon'],
    [[...at, 'geometry'], null],
    [[...at, 'features'], -1],
    [[...at, 'features'], 1.5],
    [[...at, 'schema'], 1],
    [[...at, 'schema'], 0.5],
    [['schemas', 0], 'gid:bigint'],
    [[...at, 'partitions'], 2],
    [['partitions', 0], '../21'],
    [[...at, 'provenance', 0], 2],
    [['layers', 'cadastre/commune', 'provenance'], [[0]]],
    [
      ['layers', 'cadastre/commune', 'provenance'],
      [[0], 1, 0],
    ],
    [['provenance', 0, 'licence'], undefined],
    [[...inIndex, 'hash'], '../../x'],
    [[...inIndex, 'length'], '10'],
    [[...inIndex, 'root'], 4],
    [[...inIndex, 'root'], null],
    [[...inIndex, 'ids', 'fields'], [7]],
    [[...inIndex, 'ids', 'buckets'], -2],
    [[...inIndex, 'keys'], null],
    [[...inIndex, 'keys', 'leaves'], null],
    [[...inIndex, 'keys', 'length'], '5'],
    [['manifest', 'sha256'], 'ABCD'],
    [['manifest', 'path'], '/etc/passwd'],
    [['manifest', 'path'], '../other/manifest.json'],
    [['manifest', 'path'], 'data/../../manifest.json'],
    [['codesPostaux', 'path'], 'https://elsewhere/file.json'],
    [['codesPostaux', 'path'], 'data\\file.json'],
    [['codesPostaux', 'provenance'], undefined],
    [['tiles', 'gpu'], 'deep/'],
  ])('is refused with %j = %j', (path, value) => {
    expect(() => parseCatalogue(edited(path, value), 'c.json')).toThrow(
      expect.objectContaining({
        code: 'CorruptFile',
        message: expect.stringMatching(/^c\.json#/) as unknown,
      }),
    );
  });

  it('names a wrong value by its path', () => {
    expect(() => parseCatalogue(edited([...inIndex, 'length'], 'x'), 'c.json')).toThrow(
      'c.json#.layers.gpu/zone-urba.index.length: expected a whole number, found "x"',
    );
  });

  it('of another format is refused, both named', () => {
    for (const format of [3, 1, 0.5]) {
      expect(() => parseCatalogue(edited(['format'], format))).toThrow(
        expect.objectContaining({ code: 'UnsupportedVersion', details: { file: 'catalogue.json', format } }),
      );
    }
  });

  it('is no other JSON', () => {
    for (const other of [null, [], 3, {}, { format: '1' }, { type: 'FeatureCollection' }]) {
      expect(() => parseCatalogue(other)).toThrow(expect.objectContaining({ code: 'NotOurFile' }));
    }
  });

  it('names layers that are parts of paths', () => {
    for (const name of ['../x', '/x', 'a//b']) {
      expect(() =>
        parseCatalogue(
          edited(['layers', name], (json() as { layers: Record<string, unknown> }).layers['gpu/acte-sup']),
        ),
      ).toThrow(expect.objectContaining({ code: 'CorruptFile' }));
    }
  });

  it('keeps a layer called __proto__ as data', () => {
    const text = JSON.stringify(json()).replace('"gpu/zone-urba":', '"__proto__":');
    const { layers } = parseCatalogue(JSON.parse(text));
    expect(Object.keys(layers)).toContain('__proto__');
    expect(Object.getPrototypeOf(layers)).toBe(Object.prototype);
  });
});
