/**
 * The main job on real input: every real extract is built, every feature accounted for
 * against what GDAL counts in the sources, and every layer answers exactly as brute
 * force through GDAL and GEOS does.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import gdal from 'gdal-async';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ManifestPartition } from '../src/format/manifest.ts';
import { boxesMeet, toDegrees, toLattice } from '../src/geometry/lattice.ts';
import { openCarto, type Carto } from '../src/node.ts';
import { seededRandom } from '../src/testing/random.ts';
import { build, type BuildResult } from './build/build.ts';
import { verify } from './publish/verify.ts';
import { compareWithBruteForce, placedLayers } from './testing/exactness.ts';
import { EXTRACTS, EXTRACTS_SOURCES, haveExtracts } from './testing/extracts.ts';
import { readAll } from './testing/oracle.ts';

/** By place, by key and by both; with those of the other test a hundred thousand. */
const QUERIES_A_LAYER = 2100;
const SEED = 20261122;

/** What GDAL itself is asked to count: files of the extracts by layer, written down by hand. */
const SOURCE_FILES: Readonly<Record<string, readonly string[]>> = {
  'aoc/appellation-viticole': [
    'aoc_inao/rebuilt_lambert93/delim-parcellaire-aoc.shp',
    'aoc_inao/rebuilt_lambert93/delim-parcellaire-aoc.bourgogne.shp',
    ...['00485', '00500', '00506', '00561.excerpt', '00564'].map(
      (name) => `aoc_inao/opendatawine/delimitation_aoc/21/21150/${name}.geojson`,
    ),
    'aoc_inao/opendatawine/delimitation_aoc/2A/2A041/01389.excerpt.geojson',
    'aoc_inao/opendatawine/delimitation_aoc/34/34162/02917.excerpt.geojson',
    'aoc_inao/opendatawine/delimitation_aoc/68/68161/00041.geojson',
  ],
  'cadastre/parcelle-bdp': ['cadastre_bdparcellaire/35238_Rennes/PARCELLE.SHP'],
  'gpu/zone-urba': [
    'gpu_plu/30014_PLU_20171013/Donnees_geographiques/30014_ZONE_URBA_20171013.shp',
    'gpu_plu/241800432_PLUi_20200128/Donnees_geographiques/241800432_ZONE_URBA_20200128.shp',
    'gpu_plu/41175_PLU_20140603/Donnees_geographiques/ZONE_URBA.shp',
    'gpu_plu/gml_56118_PLU/ZONE_URBA.gml',
    'gpu_plu/shp_PRESCRIPTION_PCT_encodings/tab_latin1/ZONE_URBA_41003.TAB',
    'gpu_plu/geometry_csv_59/ZONE_URBA.csv',
  ],
  'gpu/secteur-cc': ['gpu_plu/19182_CC_20150517/Donnees_geographiques/19182_SECTEUR_CC_20150517.TAB'],
  'gpu/prescription-surf': [
    'gpu_plu/30014_PLU_20171013/Donnees_geographiques/30014_PRESCRIPTION_SURF_20171013.shp',
    'gpu_plu/241800432_PLUi_20200128/Donnees_geographiques/241800432_PRESCRIPTION_SURF_20200128.shp',
    'gpu_plu/41175_PLU_20140603/Donnees_geographiques/PRESCRIPTION_SURF.shp',
    'gpu_plu/gml_56118_PLU/PRESCRIPTION_SURF.gml',
    // Named after another table than the one it holds.
    'gpu_plu/geometry_csv_59/SECTEUR_CC.csv',
  ],
  'gpu/acte-sup': [
    'gpu_sup/172014607_AC1_2A_20180130/Donnees_geographiques/AC1_ACTE_SUP.dbf',
    'gpu_sup/110068012_PM3_28_20161104/Donnees_geographiques/ACTE_SUP_028.dbf',
    'gpu_sup/AS1_37_csv/ACTE_SUP.csv',
    'gpu_sup/ACTE_SUP.latin1.dbf',
  ],
  'gpu/generateur-sup-p': ['gpu_sup/AS1_37_csv/AS1_GENERATEUR_SUP_P.csv'],
};

/** Features of Etalab's parcels, which GDAL reads through gzip. */
const ETALAB_PARCELLES = ['73253-parcelles.2019', '75118-parcelles', '91326-parcelles', '91479-parcelles'];

/** To the lattice, so that both routes compare the same numbers. */
function snap(degrees: number): number {
  return toDegrees(toLattice(degrees));
}

function countInSource(path: string): number {
  const dataset = gdal.open(path);
  try {
    return dataset.layers.get(0).features.count();
  } finally {
    dataset.close();
  }
}

describe.skipIf(!haveExtracts('the build of the real extracts'))('the real extracts', () => {
  let root: string;
  let directory: string;
  let result: BuildResult;
  let carto: Carto;

  beforeAll(async () => {
    // The flatgeobuf package tells each step of each search.
    vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    root = mkdtempSync(join(tmpdir(), 'carto-extracts-'));
    directory = join(root, 'dist');
    result = await build({ sources: EXTRACTS_SOURCES, directory, work: join(root, 'work') });
    carto = await openCarto(directory);
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function partitions(): ManifestPartition[] {
    const layers = Object.values(result.manifest.layers).filter(({ module }) => module !== 'codes-postaux');
    return layers.flatMap((layer) => layer.partitions);
  }

  function fileOf(partition: ManifestPartition): string {
    return join(directory, partition.file.path);
  }

  it('accounts for every feature of every layer: in is out plus named rejects and duplicates', () => {
    for (const [name, totals] of Object.entries(result.report.layers)) {
      expect(totals.in, name).toBe(totals.out + totals.rejected + totals.duplicates);
      const published = result.manifest.layers[name]?.partitions.reduce(
        (sum, { features }) => sum + features,
        0,
      );
      expect(published ?? 0, name).toBe(totals.out);
    }
    const listed = result.report.sources.flatMap(({ members }) => members.flatMap(({ rejects }) => rejects));
    expect(listed.every(({ id, what }) => id !== '' && what !== '')).toBe(true);
  });

  it.each(Object.entries(SOURCE_FILES))(
    'reads as many features of %s as GDAL counts in the sources',
    (layer, files) => {
      const expected = files.reduce((sum, file) => sum + countInSource(join(EXTRACTS, file)), 0);
      expect(expected).toBeGreaterThan(0);
      expect(result.report.layers[layer]?.in).toBe(expected);
    },
  );

  it('reads as many parcels as GDAL counts in Etalab’s GeoJSON and DGFiP’s EDIGEO', () => {
    const etalab = ETALAB_PARCELLES.map((name) => `cadastre_etalab/cadastre-${name}.json.gz`);
    const inEtalab = etalab.reduce((sum, file) => sum + countInSource(`/vsigzip/${join(EXTRACTS, file)}`), 0);
    const sheets = result.report.sources
      .filter(({ format }) => format === 'edigeo')
      .flatMap(({ members }) => members);
    const inSheets = sheets.filter(({ layer }) => layer === 'cadastre/parcelle').map((member) => member.in);
    // One archive a sheet, and one commune object repeated in each.
    expect(inSheets).toHaveLength(readdirSync(join(EXTRACTS, 'cadastre_edigeo')).length);
    const total = inSheets.reduce((sum, n) => sum + n, 0);
    expect(result.report.layers['cadastre/parcelle']?.in).toBe(inEtalab + total);
  });

  it('keeps a feature that stands in several extracts once, and says so', () => {
    const duplicates = result.report.duplicates.find(({ layer }) => layer === 'gpu/prescription-pct');
    // The same 59 points in Latin-1 and in UTF-8: equal only if both were decoded right.
    expect(duplicates?.features.length).toBeGreaterThanOrEqual(59);
    expect(result.report.layers['cadastre/commune']).toMatchObject({ in: 9, out: 2, duplicates: 7 });
  });

  it('is whole: every file verified from its bytes, tiles read back', async () => {
    const verification = await verify(directory);
    expect(verification.faults).toEqual([]);
    expect(verification.files).toBeGreaterThan(Object.keys(result.catalogue.layers).length);
  });

  it('is opened by ogrinfo, which counts the same', () => {
    for (const partition of partitions()) {
      const told = execFileSync('ogrinfo', ['-so', '-al', fileOf(partition)], { encoding: 'utf8' });
      expect(told, partition.file.path).toContain(`Feature Count: ${partition.features}\n`);
    }
  });

  it('is read by the flatgeobuf package by box, and agrees with all features read one by one', async () => {
    const random = seededRandom(SEED);
    for (const partition of partitions().filter(({ bbox }) => bbox !== null)) {
      await compareBoxes(partition, random);
    }
  });

  async function compareBoxes(partition: ManifestPartition, random: () => number): Promise<void> {
    const bytes = new Uint8Array(readFileSync(fileOf(partition)));
    const all = readAll(fileOf(partition));
    const [minX, minY, maxX, maxY] = partition.bbox ?? [0, 0, 0, 0];
    for (let i = 0; i < 5; i++) {
      const [x, y, size] = [
        minX + random() * (maxX - minX),
        minY + random() * (maxY - minY),
        random() ** 2 * 0.1,
      ];
      const rect = { minX: x, minY: y, maxX: snap(x + size), maxY: snap(y + size) };
      const found: unknown[] = [];
      for await (const feature of deserialize(bytes, { rect })) found.push(feature);
      const corners = [rect.minX, rect.minY, rect.maxX, rect.maxY].map(toLattice);
      const [west = NaN, south = NaN, east = NaN, north = NaN] = corners;
      const expected = all.filter(
        ({ shape }) => shape !== null && boxesMeet(shape.box, [west, south, east, north]),
      );
      expect(found, `${partition.file.path} ${JSON.stringify(rect)}`).toHaveLength(expected.length);
    }
  }

  it(`answers ${QUERIES_A_LAYER} seeded queries a layer exactly as GEOS does on every feature`, async () => {
    const options = { queries: QUERIES_A_LAYER, seed: SEED };
    const { asked, hits, differences } = await compareWithBruteForce(carto, directory, options);
    process.stdout.write(`${asked} questions, ${hits} with answers, ${differences.length} differences\n`);
    expect(differences, `seed ${SEED}`).toEqual([]);
    // Those by key alone, of rows without a place, come on top.
    expect(asked).toBeGreaterThan(placedLayers(carto).length * QUERIES_A_LAYER);
    // Around real features: most questions have an answer, some have none.
    expect(hits).toBeGreaterThan(asked / 2);
    expect(hits).toBeLessThan(asked);
  }, 1_800_000);

  it('finds rows without a place by their attributes', async () => {
    const { features } = await carto.query('gpu/acte-sup', { partition: '172014607_SUP_2A_AC1' });
    const file = 'gpu_sup/172014607_AC1_2A_20180130/Donnees_geographiques/AC1_ACTE_SUP.dbf';
    expect(features.length).toBeGreaterThan(0);
    expect(features.length).toBeLessThanOrEqual(countInSource(join(EXTRACTS, file)));
    expect(features.every(({ geometry }) => geometry === null)).toBe(true);
  });

  it('does nothing when nothing has changed', async () => {
    const ran: string[] = [];
    const options = { sources: EXTRACTS_SOURCES, directory, work: join(root, 'work') };
    const again = await build({ ...options, onStep: (name) => ran.push(name) });
    expect(again.changed).toBe(false);
    expect(ran).toEqual([]);
    expect(again.catalogue).toEqual(result.catalogue);
  });
});
