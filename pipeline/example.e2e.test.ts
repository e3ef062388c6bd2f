/**
 * The example territory from its producers' files to answers: what its generator says it
 * wrote is what the build accounts for, and every layer of API Carto answers exactly.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import gdal from 'gdal-async';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldType } from '../src/format/catalogue.ts';
import { openCarto, type Carto } from '../src/node.ts';
import { build, type BuildResult } from './build/build.ts';
import { layers } from './datasets/index.ts';
import { writeExample, type Expected } from './example/index.ts';
import { verify } from './publish/verify.ts';
import { CONTRACT } from './testing/contract.ts';
import { compareWithBruteForce, placedLayers } from './testing/exactness.ts';

/** By place, by key and by both; with those of the other test a hundred thousand. */
const QUERIES_A_LAYER = 2700;
const SEED = 974;

describe('the example territory', () => {
  let root: string;
  let directory: string;
  let sources: string;
  let expected: Expected;
  let result: BuildResult;
  let carto: Carto;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'carto-example-'));
    directory = join(root, 'dist');
    ({ sources, expected } = await writeExample(join(root, 'example')));
    result = await build({ sources, directory, work: join(root, 'work') });
    carto = await openCarto(directory);
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('has every layer of API Carto, each with features', () => {
    const names = Object.keys(result.manifest.layers);
    for (const { name } of layers) expect(names).toContain(name);
    expect(names).toContain('codes-postaux/communes');
    expect(Object.values(result.report.layers).every(({ out }) => out > 0)).toBe(true);
  });

  it('has for each layer the properties of API Carto, in its order and with its types', () => {
    const types: Readonly<Record<string, FieldType>> = {
      [gdal.OFTString]: 'string',
      [gdal.OFTInteger64]: 'integer',
      [gdal.OFTReal]: 'number',
      // Booleans, of which gdal-async tells no more.
      [gdal.OFTInteger]: 'boolean',
    };
    for (const [name, { fields, partitions }] of Object.entries(result.manifest.layers)) {
      const contract = CONTRACT.get(name);
      if (contract === undefined) continue;
      expect(fields, name).toEqual(contract);
      for (const { file } of partitions) {
        const dataset = gdal.open(join(directory, file.path));
        const found = dataset.layers.get(0).fields.map((field) => {
          return { name: field.name, type: types[field.type] };
        });
        dataset.close();
        expect(found, file.path).toEqual(contract);
      }
    }
  });

  it('says of each layer what its sources do not have, and has the rest', () => {
    for (const [name, layer] of Object.entries(result.manifest.layers)) {
      for (const { source, fields } of layer.missing) {
        expect(layer.fields.map((field) => field.name)).toEqual(expect.arrayContaining([...fields]));
        const formats = layer.partitions.flatMap(({ provenance }) => provenance.map((item) => item.source));
        expect(formats, name).toContain(source);
      }
    }
    expect(result.manifest.layers['cadastre/parcelle']?.missing.map(({ source }) => source)).toEqual([
      'etalab',
      'parcellaire-express',
    ]);
  });

  it('accounts for every row that its generator wrote, rejects and repeats included', () => {
    for (const [name, counts] of Object.entries(expected.layers)) {
      // Tables of postal codes are counted one by one, below.
      if (name === 'codes-postaux/communes') continue;
      const rejected = Object.values(counts.rejected).reduce((sum, n) => sum + n, 0);
      const { rows, duplicates } = counts;
      const out = rows - rejected - duplicates;
      expect(result.report.layers[name], name).toMatchObject({ in: rows, out, rejected, duplicates });
      expect(result.report.layers[name]?.repaired, name).toBeGreaterThanOrEqual(counts.invalid);
    }
  });

  it('names each reject by the row that its generator spoilt', () => {
    const spoilt = expected.defects.filter(({ consequence }) => consequence.startsWith('no-'));
    expect(spoilt.length).toBeGreaterThan(0);
    for (const { layer, source } of spoilt) {
      const report = result.report.sources.find(({ path }) => path === source);
      const rejects = report?.members
        .filter((member) => member.layer === layer)
        .flatMap((member) => member.rejects);
      expect(rejects?.length, `${source} ${layer}`).toBeGreaterThan(0);
    }
  });

  it('reads both of La Poste’s tables and serves the one that was asked for', async () => {
    const tables = result.report.sources.filter(({ dataset }) => dataset === 'codes-postaux');
    expect(tables.map(({ format, served }) => [format, served])).toEqual([
      ['npm', true],
      ['laposte', false],
      ['laposte', false],
    ]);
    const other = { sources, directory: join(root, 'laposte'), work: join(root, 'work') };
    const { catalogue } = await build({ ...other, codesPostaux: 'laposte' });
    expect(catalogue.codesPostaux?.provenance[0]?.source).toBe('laposte');
  });

  it('is whole: every file verified from its bytes', async () => {
    expect((await verify(directory)).faults).toEqual([]);
  });

  it(`answers ${QUERIES_A_LAYER} seeded queries a layer exactly as GEOS does on every feature`, async () => {
    const options = { queries: QUERIES_A_LAYER, seed: SEED };
    const { asked, hits, differences } = await compareWithBruteForce(carto, directory, options);
    process.stdout.write(`${asked} questions, ${hits} with answers, ${differences.length} differences\n`);
    expect(differences, `seed ${SEED}`).toEqual([]);
    // Those by key alone, of rows without a place, come on top.
    expect(asked).toBeGreaterThan(placedLayers(carto).length * QUERIES_A_LAYER);
    expect(hits).toBeGreaterThan(asked / 2);
  }, 1_800_000);

  it('answers overseas, in an arrondissement and in a commune with leading zeros', async () => {
    const { features: overseas } = await carto.cadastre.parcelles({ code_dep: '97', limit: 1 });
    expect(overseas[0]?.properties.idu).toMatch(/^974/);
    const { features: lyon } = await carto.cadastre.parcelles({ code_insee: '69123', limit: 1 });
    expect(lyon[0]?.properties).toMatchObject({ code_com: '123', code_insee: '69123' });
    expect(lyon[0]?.properties.idu).toMatch(/^6938/);
    const { features: zeros } = await carto.cadastre.parcelles({ code_insee: '01004', limit: 1 });
    expect(zeros[0]?.properties.code_insee).toBe('01004');
  });

  it('has the sheet of each of Etalab’s parcels, and the name of each deposited servitude', async () => {
    const { features: parcelles } = await carto.cadastre.parcelles({ code_insee: '01004', limit: 500 });
    expect(parcelles.length).toBeGreaterThan(0);
    expect(parcelles.every(({ properties }) => properties.feuille !== null)).toBe(true);
    const { features: perimetres } = await carto.query('gpu/assiette-sup-s', {
      categorie: 'pm3',
      limit: 500,
    });
    const deposited = perimetres.filter(({ properties }) => properties.gid === null);
    expect(deposited.length).toBeGreaterThan(0);
    expect(deposited.every(({ properties }) => properties.nomsuplitt !== null)).toBe(true);
  });

  it('tells nothing there from nothing known', async () => {
    const sea = await carto.gpu.zonesUrba({ geom: { type: 'Point', coordinates: [-4.5, 48.4] } });
    expect([sea.features.length, sea.meta.coverage]).toEqual([0, 'outside']);
    const [box] = result.manifest.layers['gpu/municipality']?.partitions[0]?.coverage ?? [];
    const place = (box ?? []).slice(0, 2);
    const corner = await carto.gpu.zonesUrba({ geom: { type: 'Point', coordinates: place } });
    expect([corner.features.length, corner.meta.coverage]).toEqual([0, 'inside']);
  });

  it('holds a polygon of more than a megabyte of vertices, which a click finds whole', async () => {
    const { features } = await carto.query('aoc/appellation-viticole', { limit: 1000 });
    const sizes = features.map(({ geometry }) => JSON.stringify(geometry).length);
    expect(Math.max(...sizes)).toBeGreaterThan(1_000_000);
  });
});
