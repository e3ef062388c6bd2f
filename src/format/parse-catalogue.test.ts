import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Catalogue, Layer } from './catalogue.ts';
import { encodeCatalogue } from './catalogue-json.ts';
import { parseCatalogue } from './parse-catalogue.ts';
import { splitUnit } from './testing/split-unit.ts';

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
    ...{ hash: '0123456789abcdef', length: 5096, salt: 12, pages: 300, directories: 308 },
    directoryBytes: 92,
    root: [{ start: 0, level: 0, offset: 308 }],
    ids: { fields: ['code_dep', 'gid'], offset: 1000, buckets: 1 },
    keys,
  },
};
const root = [0, 1, 2, 3].map((i) => ({ start: i * 4 ** 25, level: 1, offset: 308 + i * 23 }));
const places: Layer = { ...zones, index: { ...zones.index, directoryBytes: 23, root } };
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
  layers: {
    'gpu/zone-urba': zones,
    'gpu/acte-sup': actes,
    'cadastre/commune': communes,
    'gpu/info-surf': places,
  },
  codesPostaux: {
    file: file('data/codes-postaux.0123456789abcdef.json'),
    crc32: 4_000_000_000,
    provenance: [older],
  },
  tiles: { gpu: 'tiles/gpu.0123456789abcdef.pmtiles' },
};

interface Encoded {
  readonly format: number;
  readonly territory: string;
  readonly manifest: object;
  readonly tree: string;
}

function encoded(catalogue: Catalogue = CATALOGUE): Encoded {
  const value = encodeCatalogue(catalogue, (bytes) => deflateRawSync(bytes));
  return JSON.parse(JSON.stringify(value)) as Encoded;
}

function inTree({ tree }: Encoded): unknown {
  const stored = Buffer.from(tree, 'base64');
  return splitUnit(new Uint8Array(inflateRawSync(stored.subarray(0, -4)))).json;
}

describe('a catalogue', () => {
  it('reads as it was written', async () => {
    expect(await parseCatalogue(encoded())).toEqual(CATALOGUE);
    const bare = { ...CATALOGUE, layers: {}, codesPostaux: null, tiles: {} };
    expect(await parseCatalogue(encoded(bare))).toEqual(bare);
    const empty = { ...bare, layers: { 'gpu/acte-sup': { ...actes, partitions: [] } } };
    expect(await parseCatalogue(encoded(empty))).toEqual(empty);
  });

  it('says a schema, a list of partitions and a provenance once', () => {
    expect(inTree(encoded())).toMatchObject({
      provenance: [provenance, older],
      schemas: ['gid:integer code_dep rnu:boolean'],
      partitions: ['france', '2A 21 974'],
      layers: [
        ['gpu/zone-urba', { schema: 0, partitions: 0, provenance: [0], index: { root: 1 } }],
        ['gpu/acte-sup', { index: { root: null } }],
        ['cadastre/commune', { schema: 0, partitions: 1, provenance: [[0], [1, 0], []] }],
        ['gpu/info-surf', { index: { root: 4 } }],
      ],
    });
  });

  it('says what it covers, and its manifest, to whoever opens it', () => {
    const { format, territory, manifest } = encoded();
    expect({ format, territory, manifest }).toEqual({
      format: 2,
      territory: CATALOGUE.territory,
      manifest: CATALOGUE.manifest,
    });
  });

  it('leaves alone what a later one of the same format adds', async () => {
    expect(await parseCatalogue({ ...encoded(), expires: '2027' })).toEqual(CATALOGUE);
  });

  it('is refused with any character of its tree changed, or without one', async () => {
    const value = encoded();
    const { tree } = value;
    for (let i = 0; i < tree.length; i++) {
      const letter = tree[i] === 'A' ? 'B' : 'A';
      const changed = `${tree.slice(0, i)}${letter}${tree.slice(i + 1)}`;
      // Two letters may stand for the same bytes before padding.
      if (Buffer.from(changed, 'base64').equals(Buffer.from(tree, 'base64'))) continue;
      await expect(parseCatalogue({ ...value, tree: changed }, 'c.json')).rejects.toMatchObject({
        code: 'CorruptFile',
        message: expect.stringMatching(/^c\.json: /) as unknown,
      });
    }
    for (const other of ['', 'é', tree.slice(4), null, undefined]) {
      await expect(parseCatalogue({ ...value, tree: other })).rejects.toMatchObject({ code: 'CorruptFile' });
    }
  });

  it('of another format is refused, named', async () => {
    for (const format of [3, 1, 0.5]) {
      await expect(parseCatalogue({ ...encoded(), format })).rejects.toMatchObject({
        code: 'UnsupportedVersion',
        details: { file: 'catalogue.json', format },
      });
    }
  });

  it('is no other JSON', async () => {
    for (const other of [null, [], 3, {}, { format: '1' }, { type: 'FeatureCollection' }]) {
      await expect(parseCatalogue(other)).rejects.toMatchObject({ code: 'NotOurFile' });
    }
  });

  it('keeps a layer called __proto__ as data', async () => {
    const layers = Object.fromEntries([['__proto__', zones]]);
    const catalogue = await parseCatalogue(encoded({ ...CATALOGUE, layers }));
    expect(Object.keys(catalogue.layers)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(catalogue.layers)).toBe(Object.prototype);
  });
});
