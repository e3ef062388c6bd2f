import { describe, expect, it } from 'vitest';
import { parseCatalogue, parseJson } from './parse-catalogue.ts';

const file = { path: 'data/gpu/zone-urba/france.0123456789abcdef.fgb', length: 10, sha256: 'ab'.repeat(32) };
const provenance = { source: 'extraction', vintage: '2026', producer: 'p', licence: 'l', attribution: 'a' };
const partition = {
  id: 'france',
  features: 1,
  bbox: [1, 44, 2, 45],
  coverage: [[1, 44, 2, 45]],
  provenance: [provenance],
  file,
};
const layer = {
  module: 'gpu',
  title: 'Zones',
  geometry: 'MultiPolygon',
  geometryName: 'the_geom',
  fields: [{ name: 'gid', type: 'integer' }],
  partitions: [partition],
};
const tiles = { gpu: { file, layers: ['gpu/zone-urba'], minZoom: 0, maxZoom: 14 } };
const catalogue = {
  format: 1,
  territory: 'somewhere',
  layers: { 'gpu/zone-urba': layer },
  tiles,
  tools: { gdal: '3.6.2' },
};

/** The catalogue with the value at `path` replaced, or removed for `undefined`. */
function edited(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(catalogue);
  const last = path.at(-1) ?? '';
  const target = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (target as Record<string, unknown>)[last] = value;
  return copy;
}

const at = ['layers', 'gpu/zone-urba'] as const;
const inPartition = [...at, 'partitions', 0] as const;

describe('parseCatalogue', () => {
  it('reads every field', () => {
    expect(parseCatalogue(catalogue)).toEqual(catalogue);
  });

  it('leaves alone what a later catalogue of the same format adds', () => {
    expect(parseCatalogue({ ...catalogue, expires: '2027' })).toEqual(catalogue);
  });

  it.each([
    [['territory'], 3],
    [['layers'], []],
    [[...at, 'module'], 'sea'],
    [[...at, 'title'], undefined],
    [[...at, 'geometry'], 'Polygon'],
    [[...at, 'fields', 0, 'type'], 'bigint'],
    [[...at, 'fields', 0, 'name'], null],
    [[...at, 'partitions'], {}],
    [[...inPartition, 'id'], '../21'],
    [[...inPartition, 'features'], -1],
    [[...inPartition, 'features'], 1.5],
    [
      [...inPartition, 'bbox'],
      [1, 44, 2],
    ],
    [
      [...inPartition, 'bbox'],
      [2, 44, 1, 45],
    ],
    [
      [...inPartition, 'bbox'],
      [1, 44, null, 45],
    ],
    [
      [...inPartition, 'bbox'],
      [652000, 6862000, 653000, 6863000],
    ],
    [[...inPartition, 'coverage'], undefined],
    [[...inPartition, 'coverage'], [[2, 44, 1, 45]]],
    [[...inPartition, 'provenance', 0, 'licence'], undefined],
    [[...inPartition, 'file', 'length'], '10'],
    [[...inPartition, 'file', 'sha256'], 'ABCD'],
    [[...inPartition, 'file', 'path'], '/etc/passwd'],
    [[...inPartition, 'file', 'path'], '../other/file.fgb'],
    [[...inPartition, 'file', 'path'], 'data/../../file.fgb'],
    [[...inPartition, 'file', 'path'], 'https://elsewhere/file.fgb'],
    [[...inPartition, 'file', 'path'], 'data\\file.fgb'],
    [['tiles', 'gpu', 'maxZoom'], 'deep'],
    [['tools', 'gdal'], 3.6],
  ])('refuses %j = %j, and says where', (path, value) => {
    const last = String(path.at(-1));
    expect(() => parseCatalogue(edited(path, value), 'c.json')).toThrow(
      expect.objectContaining({ code: 'CorruptFile', message: expect.stringContaining(last) as unknown }),
    );
  });

  it('names the value by its path', () => {
    expect(() => parseCatalogue(edited([...inPartition, 'file', 'length'], 'x'), 'c.json')).toThrow(
      'c.json#layers["gpu/zone-urba"].partitions[0].file.length: expected a whole number, found "x"',
    );
  });

  it('refuses a newer format, naming both', () => {
    expect(() => parseCatalogue({ ...catalogue, format: 2 })).toThrow(
      expect.objectContaining({ code: 'UnsupportedVersion', details: { file: 'catalogue.json', format: 2 } }),
    );
    expect(() => parseCatalogue({ ...catalogue, format: 0.5 })).toThrow(
      expect.objectContaining({ code: 'CorruptFile' }),
    );
  });

  it('refuses other JSON', () => {
    for (const other of [null, [], 3, {}, { format: '1' }, { type: 'FeatureCollection' }]) {
      expect(() => parseCatalogue(other)).toThrow(expect.objectContaining({ code: 'NotOurFile' }));
    }
  });

  it('keeps a layer called __proto__ as data', () => {
    const text = JSON.stringify(catalogue).replace('"gpu/zone-urba":', '"__proto__":');
    const { layers } = parseCatalogue(JSON.parse(text));
    expect(Object.keys(layers)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(layers)).toBe(Object.prototype);
  });
});

describe('parseJson', () => {
  it('shows what came in place of JSON', () => {
    const page = new TextEncoder().encode('<!doctype html><title>Accueil</title>');
    expect(() => parseJson(page, 'c.json')).toThrow(
      expect.objectContaining({
        code: 'NotOurFile',
        message: expect.stringContaining('<!doctype html>') as unknown,
      }),
    );
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xe9, 0x22), 'c.json')).toThrow(
      expect.objectContaining({ code: 'NotOurFile' }),
    );
  });
});
