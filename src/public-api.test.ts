import type { FeatureCollection, Geometry } from 'geojson';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as browser from './index.ts';
import * as node from './node.ts';
import type { Answer, Carto, LayerName, LayerParameters } from './node.ts';
import { stream } from './stream.ts';
import { buildTree } from './testing/tree.ts';

const carto = await node.openCarto(node.memoryTree(await buildTree({})));

describe('the public API', () => {
  it('exports these names', () => {
    expect(Object.keys(browser).sort()).toEqual(['CartoError', 'isCartoError', 'openCarto']);
    expect(Object.keys(node).sort()).toEqual([
      'CartoError',
      'fileTree',
      'isCartoError',
      'memoryTree',
      'openCarto',
    ]);
  });

  it('has these methods', () => {
    const methods = Object.fromEntries(
      (['aoc', 'codesPostaux', 'cadastre', 'gpu'] as const).map((module) => [
        module,
        Object.keys(carto[module]),
      ]),
    );
    expect(methods).toEqual({
      aoc: ['appellationsViticoles'],
      codesPostaux: ['communes'],
      cadastre: ['communes', 'divisions', 'feuilles', 'parcelles', 'localisants'],
      gpu: [
        'municipalities',
        'documents',
        'zonesUrba',
        'secteursCc',
        'prescriptionsPct',
        'prescriptionsLin',
        'prescriptionsSurf',
        'infosPct',
        'infosLin',
        'infosSurf',
        'actesSup',
        'assiettesSupP',
        'assiettesSupL',
        'assiettesSupS',
        'generateursSupP',
        'generateursSupL',
        'generateursSupS',
      ],
    });
    expect(Object.keys(carto).sort()).toEqual([
      'aoc',
      'begin',
      'cadastre',
      'catalogue',
      'codesPostaux',
      'gpu',
      'query',
    ]);
  });

  it('is typed by layer', () => {
    expectTypeOf(carto.cadastre.parcelles).parameter(0).toHaveProperty('idu');
    expectTypeOf<Parameters<Carto['cadastre']['communes']>[0]['source_ign']>().toEqualTypeOf<
      'PCI' | 'BDP' | undefined
    >();
    expectTypeOf<Parameters<Carto['gpu']['zonesUrba']>[0]>().not.toHaveProperty('code_insee');
    type Parcelles = Awaited<ReturnType<Carto['cadastre']['parcelles']>>;
    expectTypeOf<Parcelles['features'][number]['properties']['contenance']>().toEqualTypeOf<number | null>();
    // Maps and other libraries take it as it is.
    expectTypeOf<Parcelles>().toExtend<FeatureCollection<Geometry | null>>();
  });

  it('is typed by the name of a layer, too, and takes any name', () => {
    type Zones = Awaited<ReturnType<Carto['gpu']['zonesUrba']>>;
    const zones = expectTypeOf(() => carto.query('gpu/zone-urba', { partition: 'DU_21231' })).returns
      .resolves;
    zones.toEqualTypeOf<Zones>();
    const streamed = expectTypeOf(() => stream(carto, 'gpu/zone-urba', { partition: 'DU_21231' })).returns;
    streamed.toEqualTypeOf<AsyncGenerator<Zones['features'][number]>>();
    const other = expectTypeOf((name: string) => carto.query(name, { field: 1 })).returns.resolves;
    other.toEqualTypeOf<Answer>();
  });

  it('has one type for the answers of all layers, and one for their questions', () => {
    type Method = Carto['cadastre']['parcelles'] | Carto['gpu']['zonesUrba'];
    expectTypeOf<Awaited<ReturnType<Method>>>().toExtend<Answer>();
    expectTypeOf<LayerParameters<LayerName>>().toExtend<Parameters<Carto['begin']>[1]>();
  });
});
