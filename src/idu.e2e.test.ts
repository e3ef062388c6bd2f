/** Parcels by their `idu`, whatever their other columns say, and many keys at once. */
import { describe, expect, it } from 'vitest';
import { openCarto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { parcelles, PARCELLE_FIELDS } from './testing/features.ts';
import { seededRandom } from './testing/random.ts';
import { COTE_D_OR } from './testing/territory.ts';
import { buildTree, type TestFeature } from './testing/tree.ts';

const random = seededRandom(31);

const DIJON = parcelles(random, '21231', '000', COTE_D_OR, 150);
const PARIS = parcelles(random, '75056', '107', COTE_D_OR, 20);

/** The first of Dijon, each with an `idu` that its columns contradict. */
const CONTRADICTIONS = [
  '21231000AA9001', // another number
  '21231000ZZ0002', // another section
  '21231123AA0003', // another com_abs
  '21054000AA0004', // another commune
  '58194000AA0005', // a département that the tree does not cover
  '75108000AA0006', // an arrondissement
];

const ERRING = DIJON.map((feature, i): TestFeature => {
  const idu = CONTRADICTIONS[i] ?? feature.properties['idu'] ?? null;
  return { ...feature, properties: { ...feature.properties, idu } };
});

const ARRONDISSEMENTS = PARIS.map(({ geometry }, i): TestFeature => {
  return { geometry, properties: { gid: i, code_dep: '75', code_insee: String(75101 + i) } };
});

const files = await buildTree({
  'cadastre/parcelle': {
    geometry: 'MultiPolygon',
    fields: PARCELLE_FIELDS,
    partitions: { 21: ERRING, 75: PARIS },
  },
  'cadastre/commune': {
    geometry: 'MultiPolygon',
    fields: 'gid:integer code_dep code_insee',
    partitions: { 75: ARRONDISSEMENTS },
  },
});
const carto = await openCarto(memoryTree(files));

async function gidsOf(query: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const { features } = await carto.cadastre.parcelles({ ...query, geometry: false });
  return features.map(({ properties }) => properties.gid);
}

describe('a parcel whose idu contradicts its columns', () => {
  it.each(CONTRADICTIONS.map((idu, gid) => [idu, gid] as const))('is found by it: %s', async (idu, gid) => {
    const geom = ERRING[gid]?.geometry;
    expect(await gidsOf({ idu })).toEqual([gid]);
    expect(await gidsOf({ idu, section: 'AA' })).toEqual([gid]);
    expect(await gidsOf({ idu, geom })).toEqual([gid]);
  });

  it.each(CONTRADICTIONS.map((_, gid) => [gid]))('is found by its columns (%i)', async (gid) => {
    const { section, numero } = DIJON[gid]?.properties ?? {};
    expect(await gidsOf({ code_insee: '21231', section, numero })).toEqual([gid]);
    expect(await gidsOf({ idu: DIJON[gid]?.properties['idu'] })).toEqual([]);
  });
});

describe('a parcel of an arrondissement', () => {
  it('is found by its idu, by its own code and by that of the whole commune', async () => {
    expect(await gidsOf({ idu: '75107000AA0003' })).toEqual([2]);
    for (const code_insee of ['75107', '75056']) {
      expect(await gidsOf({ code_insee, section: 'AA', numero: '0003' })).toEqual([2]);
    }
  });

  it('costs one bucket and one page', async () => {
    const { meta } = await carto.cadastre.parcelles({ idu: '75107000AA0004', geometry: false });
    expect(meta.requests).toBeLessThanOrEqual(2);
  });
});

describe('many keys at once', () => {
  it('are looked up together, under one signal without a warning', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): number => warnings.push(warning);
    process.on('warning', listen);
    const { signal } = new AbortController();
    const { features, meta } = await carto.cadastre.communes({
      code_insee: '75056',
      geometry: false,
      signal,
    });
    // Warnings are told in a later turn.
    await new Promise(setImmediate);
    process.off('warning', listen);
    expect(features).toHaveLength(20);
    expect(meta.requests).toBeLessThanOrEqual(2);
    expect(warnings).toEqual([]);
  });
});
