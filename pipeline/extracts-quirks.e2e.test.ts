/**
 * Each quirk of the real extracts, and what a build does with it: what is read, mended, told or
 * refused. `docs/parity.md` lists them.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import gdal from 'gdal-async';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, type BuildResult } from './build/build.ts';
import { findLayer } from './datasets/index.ts';
import { readNpmTable } from './datasets/npm-codes-postaux.ts';
import { CORRECTIONS, Corrector, readCorrections } from './normalise/corrections.ts';
import type { MemberReport, SourceReport } from './normalise/report.ts';
import { EXTRACTS, EXTRACTS_SOURCES, haveExtracts } from './testing/extracts.ts';

type Row = Readonly<Record<string, unknown>>;

function rowsIn(path: string): Row[] {
  const dataset = gdal.open(path);
  try {
    return dataset.layers.get(0).features.map((feature) => feature.fields.toObject() as Row);
  } finally {
    dataset.close();
  }
}

function csv(path: string): Record<string, string>[] {
  return parse(readFileSync(join(EXTRACTS, path), 'utf8'), { columns: true, bom: true });
}

describe.skipIf(!haveExtracts('the quirks of the real extracts'))('the quirks of the real extracts', () => {
  let root: string;
  let result: BuildResult;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'carto-quirks-'));
    const place = { directory: join(root, 'dist'), work: join(root, 'work') };
    result = await build({ sources: EXTRACTS_SOURCES, ...place });
  }, 1_200_000);

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function publishedRows(
    { manifest }: BuildResult,
    directory: string,
    layer: string,
    partition: string,
  ): Row[] {
    const file = manifest.layers[layer]?.partitions.find(({ id }) => id === partition)?.file;
    return rowsIn(join(directory, file?.path ?? ''));
  }

  /** The published rows of a layer and partition. */
  function rows(layer: string, partition = 'france'): Row[] {
    return publishedRows(result, join(root, 'dist'), layer, partition);
  }

  function sourceOf(path: string): SourceReport {
    const report = result.report.sources.find((source) => source.path.endsWith(path));
    if (report === undefined) throw new Error(`no source ${path}`);
    return report;
  }

  function member(source: string, name: string): MemberReport {
    const found = sourceOf(source).members.find((report) => report.member.endsWith(name));
    if (found === undefined) throw new Error(`no member ${name}`);
    return found;
  }

  /** Builds some extracts alone. */
  async function buildAlone(
    entry: Record<string, unknown>,
    folder = mkdtempSync(join(root, 'alone-')),
  ): Promise<BuildResult> {
    const sources = join(folder, 'sources.json');
    writeFileSync(sources, JSON.stringify({ territory: 'essai', sources: [entry] }));
    return build({ sources, directory: join(folder, 'dist'), work: join(folder, 'work') });
  }

  describe('EDIGEO', () => {
    it('repeats the commune in each of eight sheets: one is kept', () => {
      expect(result.report.layers['cadastre/commune']).toMatchObject({ in: 9, out: 2, duplicates: 7 });
      expect(rows('cadastre/commune', '25')).toEqual([
        expect.objectContaining({ nom_com: 'Luxiol', code_dep: '25', code_insee: '25354' }),
      ]);
    });

    it('has no département in its identifiers, and areas in SUPF: both are read', () => {
      const [first, ...others] = rows('cadastre/parcelle', '25');
      expect(first?.['idu']).toMatch(/^25354000[A-Z]{2}\d{4}$/);
      expect(
        [first, ...others].every((row) => Number(row?.['contenance']) > 0 && row?.['feuille'] === 1),
      ).toBe(true);
    });

    it('has an archive that ends in a lone block of zeros: all of its sheet is read', () => {
      const sheet = sourceOf('cadastre_edigeo').members.filter((report) => report.member.includes('AB01'));
      expect(sheet.map(({ layer, out }) => [layer, out])).toEqual([
        ['cadastre/commune', 1],
        ['cadastre/feuille', 1],
        ['cadastre/parcelle', 14],
      ]);
    });
  });

  describe('INAO', () => {
    it('has features twice in one file: one is kept', () => {
      const duplicates = result.report.duplicates.find(({ layer }) => layer === 'aoc/appellation-viticole');
      expect(duplicates?.features.map(({ id }) => id)).toContain('41/68161/68161');
      expect(result.report.layers['aoc/appellation-viticole']).toMatchObject({ in: 850, out: 837 });
    });

    it('keeps several values in one text, Corsican codes, and nulls of recent appellations', () => {
      const byId = new Map(rows('aoc/appellation-viticole').map((row) => [String(row['id_denom']), row]));
      expect(byId.get('41')?.['categorie']).toMatch(/^Vin de sélection de grains nobles, Vin de vendanges/);
      expect(byId.get('41')?.['cvi']).toMatch(/^1B039D10, 1B039D11, /);
      expect(byId.get('1389')).toMatchObject({
        insee: '2A041',
        id_uni: expect.stringMatching(/^1-\d+-2A041$/) as string,
      });
      expect(byId.get('2917')).toMatchObject({ crinao: null, grp_name1: null, segment: '1' });
    });

    it('has double quotes in a category: they stay', () => {
      const quoted = rows('aoc/appellation-viticole').filter((row) =>
        String(row['categorie']).includes('"Crémant"'),
      );
      expect(quoted.length).toBeGreaterThan(0);
    });

    it('is read in both generations of columns, told apart', () => {
      const generation = (file: string): string | undefined => sourceOf(file).members[0]?.drift.generation;
      expect(generation('delim-parcellaire-aoc.bourgogne.shp')).toBe('INAO 2019');
      expect(generation('delim-parcellaire-aoc.shp')).toBe('INAO 2023');
    });

    it('has a polygon that crosses itself: it is made valid, and told', () => {
      const { repairs } = member('delim-parcellaire-aoc.bourgogne.shp', '.shp');
      expect(repairs.filter(({ what }) => what === 'invalid geometry: made valid')).toHaveLength(1);
    });

    it('has one denomination of a commune twice: both are kept, and told', () => {
      const repeated = result.report.repeated.find(({ layer }) => layer === 'aoc/appellation-viticole');
      expect(repeated?.features.map(({ id }) => id)).toEqual(expect.arrayContaining(['806/21166/21166']));
    });

    it('has errors that others found: each is corrected', () => {
      const lines = readCorrections(CORRECTIONS, (name) => findLayer(name) !== null);
      const patches = csv('aoc_inao/open-wine-map.inao-shapefile-patch.csv');
      expect(patches.length).toBeGreaterThan(0);
      for (const { field = '', current_value = '', proposed_value, ...row } of patches) {
        const values = new Map<string, string>([...Object.entries(row), [field, current_value]]);
        if (field === 'insee2011') values.set('insee', row['insee'] ?? '');
        new Corrector(lines, 'aoc/appellation-viticole').correct(values, () => undefined);
        expect(values.get(field), row['note']).toBe(proposed_value);
      }
    });

    it('in an archive of raw GeoJSON is not read: the shapefile rebuilt from it is', async () => {
      const path = join(EXTRACTS, 'aoc_inao/bourgogne-wine-map.raw-geojson.tar.gz');
      await expect(buildAlone({ dataset: 'aoc', format: 'inao', path })).rejects.toMatchObject({
        code: 'BadSchema',
        message: expect.stringContaining('no member that inao knows') as string,
      });
    });
  });

  describe('postal codes', () => {
    it.each([
      ['laposte_hexasmal.csv', 39_192, 35_600, 'La Poste 2019'],
      ['20250619094120-datanova.csv', 39_201, 35_513, 'La Poste 2023'],
    ])(
      'of %s have a row for each lieu-dit and another header: a row a pair is kept',
      (file, read, out, generation) => {
        expect(sourceOf(file).members[0]).toMatchObject({ in: read, out, drift: { generation, added: [] } });
      },
    );

    it('of npm have arrondissements and the producer’s own corrections', () => {
      const table = readNpmTable(join(EXTRACTS, 'codes_postaux/codes-postaux-4.1.2.json'));
      const pairs = new Set(table.map(({ codePostal, codeCommune }) => `${codePostal}/${codeCommune}`));
      const added = csv('codes_postaux/ban-add-list.csv');
      expect(added.every((row) => pairs.has(`${row['codePostal'] ?? ''}/${row['codeCommune'] ?? ''}`))).toBe(
        true,
      );
      expect(pairs.has('17133/17299')).toBe(false);
      expect([pairs.has('75116/75116'), pairs.has('75016/75056')]).toEqual([true, false]);
      expect(result.report.layers['codes-postaux/communes']?.out).toBe(table.length);
    });
  });

  describe('cadastre', () => {
    it('of Etalab lacks a contenance here and there: null, not nought', () => {
      const without = rows('cadastre/parcelle', '73').filter(({ contenance }) => contenance === null);
      expect(without).toHaveLength(2);
      expect(rows('cadastre/parcelle', '91').some(({ contenance }) => contenance === 0)).toBe(false);
    });

    it('of Etalab has sections of one letter and trimmed numbers: given back in full width', () => {
      const parcelles = rows('cadastre/parcelle', '73');
      expect(
        parcelles.every(
          ({ section, numero }) => /^\w{2}$/.test(String(section)) && /^\w{4}$/.test(String(numero)),
        ),
      ).toBe(true);
      expect(parcelles.some(({ section }) => section === '0A')).toBe(true);
      expect(
        parcelles.every(
          (row) =>
            row['idu'] === `73253${String(row['com_abs'])}${String(row['section'])}${String(row['numero'])}`,
        ),
      ).toBe(true);
    });

    it('of Etalab has sheets in another file: each parcel is given its own', async () => {
      const alone = mkdtempSync(join(root, 'alone-'));
      const folder = join(alone, 'etalab');
      mkdirSync(folder);
      for (const layer of ['feuilles', 'parcelles.2019']) {
        const file = join(EXTRACTS, 'cadastre_etalab', `cadastre-73253-${layer}.json.gz`);
        copyFileSync(file, join(folder, basename(file)));
      }
      const entry = { dataset: 'cadastre', format: 'etalab', departement: '73', path: folder };
      const built = await buildAlone(entry, alone);
      expect(built.report.sources[0]?.consulted).toEqual(['cadastre-73253-feuilles.json.gz']);
      const parcelles = publishedRows(built, join(alone, 'dist'), 'cadastre/parcelle', '73');
      const sheets = new Set(
        parcelles.map(({ section, feuille }) => `${String(section)} ${String(feuille)}`),
      );
      expect(parcelles.filter(({ feuille }) => feuille === null)).toEqual([]);
      // A section has several: where each parcel lies decides.
      expect(sheets.size).toBeGreaterThan(new Set(parcelles.map(({ section }) => section)).size);
    });

    it('of Etalab has arrondissements for communes: under their parent, as IGN’s', () => {
      const [parcelle] = rows('cadastre/parcelle', '75');
      expect(parcelle).toMatchObject({
        code_com: '056',
        code_arr: '118',
        code_insee: '75056',
        nom_com: 'Paris',
      });
      expect(parcelle?.['idu']).toMatch(/^75118/);
    });

    it('of the bundler has identifiers of three digits: the département comes from the source', () => {
      expect(rows('cadastre/commune', '72')).toEqual([
        expect.objectContaining({ code_dep: '72', code_insee: '72181', nom_com: 'Le Mans' }),
      ]);
    });

    it('of BD Parcellaire has endings in capitals, no .cpg, no identifier: read, and its columns known', () => {
      expect(member('35238_Rennes', 'PARCELLE.SHP')).toMatchObject({
        in: 626,
        out: 626,
        drift: { missing: [], added: [] },
      });
      const [parcelle] = rows('cadastre/parcelle-bdp', '35');
      expect(Object.keys(parcelle ?? {})).not.toContain('idu');
      expect(parcelle).toMatchObject({ code_insee: '35238', code_arr: '000' });
    });
  });

  describe('planning documents', () => {
    it('have altitudes: dropped, and told feature by feature', () => {
      const { repairs } = member('30014_PLU_20171013', '30014_ZONE_URBA_20171013.shp');
      expect(repairs.filter(({ what }) => what === 'a third dimension: dropped')).toHaveLength(90);
    });

    it('have a .cpg that says 1252, or none over UTF-8, or texts in neither: the bytes decide', () => {
      expect(member('30014_PLU_20171013', '30014_ZONE_URBA_20171013.shp').encoding).toBe('windows-1252');
      expect(member('41175_PLU_20140603', 'ZONE_URBA.shp').encoding).toBe('utf-8');
      const texts = rows('gpu/zone-urba').map((row) => String(row['libelong']));
      expect(texts.some((text) => /[éèà]/.test(text))).toBe(true);
      expect(texts.filter((text) => /[ÃÂ\u0080-\u009f\ufffd]/.test(text))).toEqual([]);
    });

    it('have columns of numbers for codes of two digits: told as another type', () => {
      const { drift } = member('30014_PLU_20171013', '30014_PRESCRIPTION_LIN_20171013.shp');
      expect(drift.retyped).toEqual([{ column: 'typepsc', expected: 'text', found: 'number' }]);
      const lines = rows('gpu/prescription-lin').filter(({ partition }) => partition === 'DU_30014');
      expect(new Set(lines.map(({ typepsc }) => typepsc))).toEqual(new Set(['15']));
    });

    it.each([
      ['241800432_PLUi_20200128', 'ZONE_URBA_20200128.shp'],
      ['19182_CC_20150517', 'SECTEUR_CC_20150517.TAB'],
      ['gml_56118_PLU', 'PRESCRIPTION_SURF.gml'],
      ['tab_latin1', 'ZONE_URBA_41003.TAB'],
      ['AS1_37_csv', 'AS1_ASSIETTE_SUP_S.csv'],
    ])('of %s cross themselves: made valid, and told', (source, name) => {
      const { repairs, in: read, out } = member(source, name);
      expect(repairs.some(({ what }) => what === 'invalid geometry: made valid')).toBe(true);
      expect(out).toBe(read);
    });

    it('have tables and pieces that no layer needs: listed as unused', () => {
      expect(sourceOf('30014_PLU_20171013').unused).toEqual(
        expect.arrayContaining([
          '30014_DOC_URBA_20171013.DBF',
          'Pieces_ecrites/4_Annexes/ce_fichier_nest_pas_prevu.csv',
        ]),
      );
    });

    it('have an empty collection: let pass where it is said that it may be', () => {
      expect(
        sourceOf('gml_56118_PLU').members.find(({ member: name }) => name === 'INFO_LIN.gml')?.in ?? 0,
      ).toBe(0);
      expect(sourceOf('gml_56118_PLU').unused).toEqual(['DOC_URBA.gml', 'DOC_URBA_COM.gml']);
    });

    it('have controls of Latin-1 for apostrophes: mended, and told', () => {
      const mended = member('gml_56118_PLU', 'ZONE_URBA.gml').repairs.filter(({ what }) =>
        what.includes('mended'),
      );
      expect(mended).toHaveLength(2);
      expect(rows('gpu/zone-urba').some(({ libelong }) => String(libelong).includes('d’équipements'))).toBe(
        true,
      );
    });

    it('are the same in four encodings: the identical points are kept once', () => {
      const duplicates = result.report.duplicates.find(({ layer }) => layer === 'gpu/prescription-pct');
      expect(duplicates?.features.length).toBeGreaterThanOrEqual(59);
      const encodings = ['shp_latin1', 'shp_utf8', 'tab_latin1', 'tab_utf8'].map((source) => {
        return sourceOf(source).members.find(({ layer }) => layer === 'gpu/prescription-pct')?.encoding;
      });
      expect(encodings).toEqual(['windows-1252', 'utf-8', 'windows-1252', 'utf-8']);
    });

    it('have a file named after another table: refused, until the source says what it holds', async () => {
      const entry = {
        dataset: 'gpu',
        format: 'cnig',
        path: join(EXTRACTS, 'gpu_plu/geometry_csv_59'),
        crs: 'EPSG:4326',
      };
      await expect(buildAlone({ ...entry, partition: 'DU_59000' })).rejects.toMatchObject({
        code: 'BadSchema',
        where: { member: 'SECTEUR_CC.csv', layer: 'gpu/secteur-cc' },
      });
      expect(member('geometry_csv_59', 'SECTEUR_CC.csv').layer).toBe('gpu/prescription-surf');
    });
  });

  describe('servitudes', () => {
    it('have columns in mixed case and identifiers with decimals: read as one', () => {
      const pm3 = rows('gpu/acte-sup').filter(({ partition }) => partition === '110068012_SUP_28_PM3');
      expect(pm3.map(({ idacte }) => idacte).sort()).toEqual(['35', '36', '37']);
      const ac1 = rows('gpu/generateur-sup-s').filter(({ suptype }) => suptype === 'ac1');
      expect(ac1.every(({ idsup, idgen }) => idsup !== null && idgen !== null)).toBe(true);
    });

    it('have their names in another table: joined', () => {
      const named = rows('gpu/assiette-sup-s').filter(({ suptype }) => suptype === 'ac1');
      expect(named.length).toBe(206);
      expect(named.filter(({ nomsuplitt }) => nomsuplitt !== null).length).toBeGreaterThan(200);
      expect(sourceOf('AC1_2A_20180130').consulted).toContain('Donnees_geographiques/AC1_SERVITUDE.dbf');
    });

    it('have lost their accents for good: kept as they came, each told', () => {
      const garbled = member('AS1_37_csv', 'AS1_ASSIETTE_SUP_S.csv').garbled;
      expect(garbled.length).toBeGreaterThan(200);
      expect(garbled.every(({ what }) => what.includes('\ufffd'))).toBe(true);
    });

    it('have a table in Latin-1 alone: its accents are right', () => {
      expect(member('ACTE_SUP.latin1.dbf', '.dbf').encoding).toBe('windows-1252');
      const references = rows('gpu/acte-sup').filter(({ partition }) => partition === 'SUP_41');
      expect(references.some(({ reference }) => String(reference).startsWith('Décret'))).toBe(true);
    });
  });

  describe('what no layer of API Carto is made of', () => {
    const cnig = { dataset: 'gpu', format: 'cnig', partition: 'X' };
    const etalab = { dataset: 'cadastre', format: 'etalab', departement: '21' };

    it.each([
      ['a SCoT', 'gpu_plu/200078244_SCOT_20180218', cnig],
      ['a table of documents', 'gpu_plu/DOC_URBA_50_csv', cnig],
      ['a table of servitudes alone', 'gpu_sup/SERVITUDE_041_tab', cnig],
      ['the parcels of farmers', 'rpg', cnig],
      ['limits of communes', 'admin', etalab],
      ['the geographic code of INSEE', 'cog/insee-2024', etalab],
    ])('%s is refused by name: %s', async (_, path, entry) => {
      await expect(buildAlone({ ...entry, path: join(EXTRACTS, path) })).rejects.toMatchObject({
        code: 'BadSchema',
        message: expect.stringContaining(`no member that ${entry.format} knows`) as string,
      });
    });
  });
});
