import { describe, expect, it } from 'vitest';
import { openCarto, type Carto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { PARIS, POSTAL_ROWS, TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const files = await buildTree(TERRITORY, POSTAL_ROWS);
const carto = await openCarto(memoryTree(files));

describe('an answer', () => {
  it('is a FeatureCollection in the order of the fields, with nulls, ids and boxes', async () => {
    const { type, features, meta } = await carto.cadastre.parcelles({ idu: '21231000AA0001' });
    expect(type).toBe('FeatureCollection');
    expect(features).toHaveLength(1);
    const [feature] = features;
    expect(Object.keys(feature ?? {})).toEqual(['type', 'id', 'geometry', 'properties', 'bbox']);
    expect(feature?.id).toMatch(/^parcelle\.21\.\d+$/);
    expect(Object.entries(feature?.properties ?? {})).toEqual([
      ['gid', 0],
      ['numero', '0001'],
      ['feuille', 1],
      ['section', 'AA'],
      ['code_dep', '21'],
      ['nom_com', null],
      ['code_com', '231'],
      ['com_abs', '000'],
      ['code_arr', '000'],
      ['idu', '21231000AA0001'],
      ['contenance', null],
      ['code_insee', '21231'],
    ]);
    const positions = feature?.geometry?.type === 'MultiPolygon' ? feature.geometry.coordinates.flat(2) : [];
    const [lons, lats] = [0, 1].map((axis) => positions.map((position) => position[axis] ?? NaN));
    expect(feature?.bbox).toEqual(
      [Math.min, Math.max].flatMap((pick) => [pick(...(lons ?? [])), pick(...(lats ?? []))]),
    );
    expect(meta).toMatchObject({
      layer: 'cadastre/parcelle',
      coverage: 'inside',
      numberMatched: 1,
      numberReturned: 1,
      truncated: false,
      provenance: [{ producer: 'IGN', vintage: '2026-01-01' }],
    });
  });

  it('has no geometry when none is asked for, and the same features', async () => {
    const [full, bare] = await Promise.all([
      carto.gpu.zonesUrba({ typezone: 'U' }),
      carto.gpu.zonesUrba({ typezone: 'U', geometry: false }),
    ]);
    expect(bare.features).toEqual(full.features.map((feature) => ({ ...feature, geometry: null })));
    expect(bare.features.length).toBeGreaterThan(0);
  });

  it('is cut into pages that together are the whole', async () => {
    const asked = { code_insee: '21166', geometry: false } as const;
    const whole = await carto.cadastre.parcelles(asked);
    expect(whole.meta).toMatchObject({ numberMatched: 300, numberReturned: 300, truncated: false });
    const ids: string[] = [];
    for (let start = 0; ; start += 90) {
      const { features, meta } = await carto.cadastre.parcelles({ ...asked, start, limit: 90 });
      ids.push(...features.map(({ id }) => id));
      expect(meta).toMatchObject({ numberMatched: 300, numberReturned: meta.truncated ? 90 : 30 });
      if (!meta.truncated) break;
    }
    expect(ids).toEqual(whole.features.map(({ id }) => id));
  });

  it('knows that it is whole when the limit falls on its end', async () => {
    const { meta } = await carto.cadastre.parcelles({ code_insee: '21166', limit: 300 });
    expect(meta).toMatchObject({ numberMatched: 300, numberReturned: 300, truncated: false });
    const past = await carto.cadastre.parcelles({ code_insee: '21166', start: 400 });
    expect(past.meta).toMatchObject({ numberMatched: 300, numberReturned: 0, truncated: false });
  });

  it('of no more than 0 features tells how many there are by key, and whether there is any by place', async () => {
    const some = await carto.cadastre.parcelles({ code_insee: '21166', limit: 0 });
    expect(some.meta).toMatchObject({ numberMatched: 300, numberReturned: 0, truncated: true });
    const all = await carto.cadastre.parcelles({ limit: 0 });
    expect(all.meta).toMatchObject({ numberMatched: 1220, numberReturned: 0, truncated: true });
    const geom = { type: 'Point' as const, coordinates: [5, 47.25] };
    const there = await carto.gpu.zonesUrba({ geom, limit: 0 });
    expect(there.meta).toMatchObject({ numberMatched: null, numberReturned: 0, truncated: true });
    const none = await carto.cadastre.parcelles({ code_insee: '21999', limit: 0 });
    expect(none.meta).toMatchObject({ numberMatched: 0, numberReturned: 0, truncated: false });
  });

  it('goes through partitions in the order of the catalogue', async () => {
    const { features, meta } = await carto.cadastre.parcelles({ section: 'AA', geometry: false });
    const partitions = features.map(({ id }) => id.split('.')[1]);
    expect([...new Set(partitions)]).toEqual(
      carto.catalogue.layers['cadastre/parcelle']?.partitions.map(({ id }) => id),
    );
    expect(meta.coverage).toBe('unknown');
  });
});

describe('coverage', () => {
  it.each<[string, Parameters<Carto['cadastre']['parcelles']>[0], string]>([
    ['a published département', { code_dep: '21', limit: 1 }, 'inside'],
    ['an unpublished one', { code_insee: '35238' }, 'outside'],
    ['a published overseas one', { code_dep: '97', limit: 1 }, 'inside'],
    ['an unpublished overseas one', { code_insee: '97209' }, 'outside'],
    ['no département', { nom_com: 'Dijon' }, 'unknown'],
    ['a place inside', { geom: { type: 'Point', coordinates: [5, 47.25] } }, 'inside'],
    ['a place far away', { geom: { type: 'Point', coordinates: [0, 45] } }, 'outside'],
    [
      'a line that leaves',
      {
        geom: {
          type: 'LineString',
          coordinates: [
            [5, 47.25],
            [3, 47.25],
          ],
        },
      },
      'partial',
    ],
    [
      'a place in Paris in the parcels of La Réunion',
      { geom: { type: 'Point', coordinates: [PARIS[0] + 0.1, 48.9] }, code_dep: '97' },
      'outside',
    ],
  ])('of %s is told', async (_, parameters, coverage) => {
    const { meta, features } = await carto.cadastre.parcelles({ ...parameters, geometry: false });
    expect(meta.coverage).toBe(coverage);
    if (coverage === 'outside') expect([features.length, meta.provenance.length]).toEqual([0, 0]);
  });
});

describe('the cadastre', () => {
  it('reads the partition that a code names, and no other', async () => {
    const { meta, features } = await carto.cadastre.parcelles({ code_insee: '97411', section: 'AB' });
    expect(features).toHaveLength(100);
    expect(features.every(({ id }) => id.startsWith('parcelle.974.'))).toBe(true);
    expect(meta.coverage).toBe('inside');
  });

  it('finds an arrondissement by its own code and by its commune', async () => {
    const [own, parent] = await Promise.all([
      carto.cadastre.parcelles({ code_insee: '75107' }),
      carto.cadastre.parcelles({ code_insee: '75056', code_arr: '107' }),
    ]);
    expect(own.features).toHaveLength(60);
    expect(own.features).toEqual(parent.features);
    const communes = await carto.cadastre.communes({ code_insee: '75056' });
    expect(communes.features.map(({ properties }) => properties.code_insee).sort()).toEqual([
      '75107',
      '75118',
    ]);
  });

  it('reads BD Parcellaire when it is asked to', async () => {
    const [pci, bdp] = await Promise.all(
      (['PCI', 'bdp'] as const).map((source_ign) =>
        carto.query('cadastre/parcelle', { code_dep: '21', source_ign }),
      ),
    );
    expect(pci?.meta).toMatchObject({ layer: 'cadastre/parcelle', numberMatched: 900 });
    expect(bdp?.meta).toMatchObject({ layer: 'cadastre/parcelle-bdp', numberMatched: 899 });
    expect(bdp?.features[0]?.id).toMatch(/^parcelle-bdp\.21\./);
  });

  it('refuses another source, and one that a layer does not have', async () => {
    await expect(carto.query('cadastre/parcelle', { source_ign: 'XYZ' })).rejects.toMatchObject({
      code: 'InvalidQuery',
      message: 'source_ign: expected PCI or BDP, found "XYZ"',
    });
    await expect(carto.query('cadastre/commune', { source_ign: 'BDP', limit: 1 })).rejects.toMatchObject({
      code: 'UnknownLayer',
    });
    await expect(carto.query('gpu/zone-urba', { source_ign: 'PCI' })).rejects.toMatchObject({
      code: 'InvalidQuery',
    });
  });
});

describe('the GPU', () => {
  it('finds servitudes by category in either case, and acts by partition', async () => {
    const [assiettes, actes] = await Promise.all([
      carto.gpu.assiettesSupS({ categorie: 'AC1' }),
      carto.gpu.actesSup({ partition: 'SUP_21_0' }),
    ]);
    expect(assiettes.features).toHaveLength(20);
    expect(actes.features).toHaveLength(15);
    expect(actes.features[0]).toEqual({
      type: 'Feature',
      id: 'acte-sup.france.0',
      geometry: null,
      properties: { idacte: expect.any(String) as unknown, partition: 'SUP_21_0', nomacte: null },
    });
  });
});

describe('a layer', () => {
  it('that the tree lacks is named with those it holds, the nearest first', async () => {
    await expect(carto.aoc.appellationsViticoles({ limit: 1 })).rejects.toMatchObject({
      code: 'UnknownLayer',
    });
    await expect(carto.query('cadastre/parcelles', { limit: 1 })).rejects.toMatchObject({
      code: 'UnknownLayer',
      details: { layer: 'cadastre/parcelles' },
      message: expect.stringContaining('it holds cadastre/commune, cadastre/parcelle') as unknown,
    });
    await expect(carto.query('__proto__', { limit: 1 })).rejects.toMatchObject({ code: 'UnknownLayer' });
  });

  it('of rows that are no features has a method of its own', async () => {
    await expect(carto.query('codes-postaux/communes', { codePostal: '21700' })).rejects.toThrow(
      'call codesPostaux.communes(codePostal)',
    );
  });

  it('that is unknown to the table is asked by place and attributes', async () => {
    const layer = TERRITORY['gpu/info-lin'];
    const later = await openCarto(
      memoryTree(await buildTree(layer === undefined ? {} : { 'gpu/new-layer': layer })),
    );
    const answer = await later.query('gpu/new-layer', { gid: 7 });
    expect(answer.features.map(({ properties }) => properties['gid'])).toEqual([7]);
  });

  it('is asked with an object', async () => {
    // What a caller without types may do.
    const ask = carto.gpu.zonesUrba as (...values: unknown[]) => Promise<unknown>;
    await expect(ask()).rejects.toMatchObject({ code: 'InvalidQuery' });
    await expect(ask(null)).rejects.toMatchObject({ code: 'InvalidQuery' });
    await expect(ask('U')).rejects.toMatchObject({ code: 'InvalidQuery' });
  });
});

describe('fields that are called like parts of objects', () => {
  it('are data', async () => {
    const properties = Object.fromEntries([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const tree = await buildTree({
      'gpu/acte-sup': {
        geometry: null,
        fields: '__proto__ constructor',
        partitions: { france: [{ properties, geometry: null }] },
      },
    });
    const opened = await openCarto(memoryTree(tree));
    const { features } = await opened.query('gpu/acte-sup', Object.fromEntries([['__proto__', 'a']]));
    expect(Object.entries(features[0]?.properties ?? {})).toEqual(Object.entries(properties));
  });
});
