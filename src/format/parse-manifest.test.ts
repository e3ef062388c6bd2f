import { describe, expect, it } from 'vitest';
import { parseManifest } from './parse-manifest.ts';

const file = { path: 'data/gpu/zone-urba/france.0123456789abcdef.fgb', length: 10, sha256: 'ab'.repeat(32) };
const provenance = { source: 'extraction', vintage: '2026', producer: 'p', licence: 'l', attribution: 'a' };
const partition = {
  id: 'france',
  features: 1,
  values: { rows: 1, filled: { gid: 1 }, forms: { YYYYMMDD: {}, 'YYYY-MM-DD': {}, digits: {} } },
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
  missing: [{ source: 'cnig', fields: ['gid'], rows: null }],
  partitions: [partition],
  index: { ...file, path: 'data/gpu/zone-urba.0123456789abcdef.idx' },
};
const tiles = { gpu: { file, layers: ['gpu/zone-urba'], minZoom: 0, maxZoom: 14 } };
const manifest = {
  territory: 'somewhere',
  layers: { 'gpu/zone-urba': layer },
  tiles,
  site: [{ path: 'index.html', length: 10, sha256: 'cd'.repeat(32) }],
  tools: { gdal: '3.6.2' },
};

/** The manifest with the value at `path` replaced, or removed for `undefined`. */
function edited(path: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(manifest);
  const last = path.at(-1) ?? '';
  const target = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (target as Record<string, unknown>)[last] = value;
  return copy;
}

const at = ['layers', 'gpu/zone-urba'] as const;
const inPartition = [...at, 'partitions', 0] as const;

describe('a manifest', () => {
  it('is read field by field', () => {
    expect(parseManifest(manifest, 'm.json')).toEqual(manifest);
  });

  it('may say more', () => {
    expect(parseManifest({ ...manifest, expires: '2027' }, 'm.json')).toEqual(manifest);
  });

  it.each([
    [['territory'], 3],
    [['layers'], []],
    [['site'], undefined],
    [['site', 0, 'path'], '../index.html'],
    [[...at, 'module'], 'sea'],
    [[...at, 'title'], undefined],
    [[...at, 'geometry'], 'Polygon'],
    [[...at, 'fields', 0, 'type'], 'bigint'],
    [[...at, 'fields', 0, 'name'], null],
    [[...at, 'missing'], undefined],
    [[...at, 'missing', 0, 'fields'], [3]],
    [[...at, 'missing', 0, 'rows'], undefined],
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
    [[...at, 'index'], null],
    [['tiles', 'gpu', 'maxZoom'], 'deep'],
    [['tools', 'gdal'], 3.6],
  ])('is refused with %j = %j, which is named', (path, value) => {
    const last = String(path.at(-1));
    expect(() => parseManifest(edited(path, value), 'm.json')).toThrow(
      expect.objectContaining({ code: 'CorruptFile', message: expect.stringContaining(last) as unknown }),
    );
  });

  it('names a wrong value by its path', () => {
    expect(() => parseManifest(edited([...inPartition, 'file', 'length'], 'x'), 'm.json')).toThrow(
      'm.json#layers["gpu/zone-urba"].partitions[0].file.length: expected a whole number, found "x"',
    );
  });

  it('holds a layer called __proto__ as data', () => {
    const text = JSON.stringify(manifest).replace('"gpu/zone-urba":', '"__proto__":');
    const { layers } = parseManifest(JSON.parse(text), 'm.json');
    expect(Object.keys(layers)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(layers)).toBe(Object.prototype);
  });
});
