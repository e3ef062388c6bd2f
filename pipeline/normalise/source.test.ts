import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { readSpool } from '../pack/read-spool.ts';
import { encodeKey } from '../pack/sort-key.ts';
import { readSourcesFile } from '../sources/sources-file.ts';
import { useFolder } from '../testing/folder.ts';
import { square, writeLayer, type LayerRow } from '../testing/layer-file.ts';
import { zip } from '../testing/zip.ts';
import {
  CADASTRE,
  EXTRACTION,
  parcelles,
  writeExtraction,
  writeParcelles,
  writeSources,
  type TestSource,
} from '../testing/territory.ts';
import type { Correction } from './corrections.ts';
import { normaliseSource, type NormalisedSource } from './source.ts';

const folder = useFolder();
const PLU: TestSource = { dataset: 'gpu', format: 'cnig', path: '21231_PLU_20200101' };

function root(): string {
  return dirname(folder.path('x'));
}

function target(): string {
  const path = folder.path('out');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Normalises the one source of a sources file, as the build does. */
async function normalise(
  entry: TestSource,
  corrections: readonly Correction[] = [],
): Promise<NormalisedSource> {
  const [source] = readSourcesFile(writeSources(root(), [entry])).sources;
  if (source === undefined) throw new Error('no source');
  return normaliseSource(source, { folder: target(), corrections });
}

/** Writes a table of the document, and gives its path. */
function writeTable(
  name: string,
  columns: string,
  rows: readonly LayerRow[],
  options: readonly string[] = [],
): string {
  const path = folder.path(PLU.path ?? '', 'Donnees_geographiques', name);
  return writeLayer({
    path,
    epsg: 2154,
    columns,
    rows,
    options,
    geometry: gdal.wkbPolygon,
  });
}

function zones(...rows: NonNullable<LayerRow['values']>[]): LayerRow[] {
  return rows.map((values, i) => ({ values, wkt: square(853_500 + 200 * i, 6_692_500, 100) }));
}

/** The parcels, `bad` of them of no section. */
function withBad(count: number, bad: number): LayerRow[] {
  return parcelles(count).map((row, i) =>
    i < bad ? { ...row, values: { ...row.values, section: '' } } : row,
  );
}

function single({ report }: NormalisedSource): NormalisedSource['report']['members'][number] {
  const [member, ...others] = report.members;
  if (member === undefined || others.length > 0) throw new Error(`${report.members.length} members`);
  return member;
}

describe('a source', () => {
  it('is spooled by layer and partition, its members reported one by one', async () => {
    writeParcelles(root());
    writeLayer({
      path: folder.path('D021', 'COMMUNE.shp'),
      epsg: 2154,
      columns: 'nom_com code_dep code_insee',
      rows: zones({ nom_com: 'Dijon', code_dep: '21', code_insee: '21231' }),
    });
    folder.write('D021/lisez-moi.txt', 'x');
    writeLayer({
      path: folder.path('D021', 'BATIMENT.shp'),
      epsg: 2154,
      columns: 'type',
      rows: zones({ type: '01' }),
    });
    const { report, spools } = await normalise({ ...CADASTRE, vintage: '2026-03-01' });
    expect(spools).toEqual([
      { layer: 'cadastre/commune', partition: '21', file: 'cadastre.commune@21.spool', features: 1 },
      { layer: 'cadastre/parcelle', partition: '21', file: 'cadastre.parcelle@21.spool', features: 30 },
    ]);
    expect(report).toMatchObject({
      dataset: 'cadastre',
      path: 'D021',
      vintage: '2026-03-01',
      unused: ['BATIMENT.shp'],
    });
    expect(report.members.map(({ member, in: read, out }) => [member, read, out])).toEqual([
      ['COMMUNE.shp', 1, 1],
      ['PARCELLE.shp', 30, 30],
    ]);
    expect(readdirSync(target()).sort()).toEqual(['cadastre.commune@21.spool', 'cadastre.parcelle@21.spool']);
  });

  it('passes over tables beside its places, and tells of them', async () => {
    writeExtraction(root());
    rmSync(folder.path('extraction', 'download-latest.xml'));
    const path = folder.path('extraction', 'wfs_du.zone_urba.gpkg');
    const dataset = gdal.open(path, 'r+');
    const styles = dataset.layers.create('layer_styles', null, gdal.wkbNone);
    styles.fields.add(new gdal.FieldDefn('styleqml', gdal.OFTString));
    styles.features.add(new gdal.Feature(styles));
    dataset.close();
    const { report } = await normalise(EXTRACTION);
    expect(report.members.map(({ layer, in: read }) => [layer, read])).toEqual([
      ['gpu/secteur-cc', 1],
      ['gpu/zone-urba', 1],
    ]);
    expect(report.unused).toEqual(['wfs_du.zone_urba.gpkg › layer_styles']);
  });

  it('tells of archives in it that were not opened, and of files of formats that are not read', async () => {
    writeParcelles(root());
    const inner = zip([{ name: 'COMMUNE.shp', content: 'x' }]);
    folder.write('D021/autres.zip', zip([{ name: 'COMMUNE.zip', content: inner }]));
    folder.write('D021/reste.rar', 'x');
    folder.write('D021/FEUILLE.mif', 'x');
    const { report } = await normalise(CADASTRE);
    expect(report.unused).toEqual(['FEUILLE.mif', 'autres.zip/COMMUNE.zip', 'reste.rar']);
  });

  it('never says an edition that it was not told', async () => {
    writeParcelles(root());
    expect((await normalise(CADASTRE)).report.vintage).toBe('non précisé');
  });

  it('spools each feature under its identifier, with its keys and its box in degrees', async () => {
    writeParcelles(root(), parcelles(1));
    await normalise(CADASTRE);
    const [entry] = readSpool(join(target(), 'cadastre.parcelle@21.spool'));
    expect(entry?.id).toBe('21231000AB0001');
    const place = { code_dep: '21', code_com: '231', com_abs: '000', section: 'AB' };
    expect(entry?.key).toEqual(encodeKey(Object.keys(place), place));
    const [west = NaN, south = NaN, east = NaN, north = NaN] = entry?.box ?? [];
    expect(west).toBeGreaterThan(5);
    expect(north).toBeLessThan(47.4);
    expect(east - west).toBeCloseTo(0.0013, 3);
    expect(north - south).toBeCloseTo(0.0009, 3);
  });

  it('keeps members of one layer together, in the order of their names', async () => {
    writeTable('ZONE_URBA.shp', 'libelle typezone', zones({ libelle: 'b', typezone: 'U' }));
    writeTable('A_ZONE_URBA.shp', 'libelle typezone', zones({ libelle: 'a', typezone: 'U' }));
    const { spools, report } = await normalise(PLU);
    expect(spools.map(({ layer, features }) => [layer, features])).toEqual([['gpu/zone-urba', 2]]);
    expect(report.members.map(({ member }) => member)).toEqual([
      'Donnees_geographiques/A_ZONE_URBA.shp',
      'Donnees_geographiques/ZONE_URBA.shp',
    ]);
  });

  it('leaves nothing beside itself', async () => {
    const path = writeTable('ZONE_URBA.tab', 'libelle typezone', zones({ libelle: 'é', typezone: 'U' }), [
      'ENCODING=CP1252',
    ]);
    writeFileSync(path, readFileSync(path, 'latin1').replaceAll('WindowsLatin1', 'Neutral'), 'latin1');
    const before = readdirSync(dirname(path));
    await normalise(PLU);
    expect(readdirSync(dirname(path))).toEqual(before);
    expect(readdirSync(target())).toEqual(['gpu.zone-urba@france.spool']);
  });
});

describe('every row is out, or a reject with its reason', () => {
  it('counts both, and names the reject by its row where it has no identifier', async () => {
    writeParcelles(root(), withBad(30, 1));
    const member = single(await normalise(CADASTRE));
    expect(member).toMatchObject({ in: 30, out: 29, rejects: [{ id: '#1', what: 'no section' }] });
  });

  it('counts no row that its producer has deleted, and not yet packed', async () => {
    const table = writeParcelles(root()).replace('.shp', '.dbf');
    const bytes = readFileSync(table);
    bytes.write('*', bytes.readUInt16LE(8) + 4 * bytes.readUInt16LE(10));
    writeFileSync(table, bytes);
    expect(single(await normalise(CADASTRE))).toMatchObject({ in: 29, out: 29, rejects: [] });
  });

  it('rejects a row without a geometry', async () => {
    const [first, ...others] = parcelles(30);
    writeParcelles(root(), [...others, { values: first?.values ?? {} }]);
    const member = single(await normalise(CADASTRE));
    expect(member.rejects).toEqual([{ id: '21231000AB0001', what: 'has no geometry' }]);
  });

  it.each([
    [1, 0],
    [2, 1],
    [9, 4],
    [10, 5],
    [30, 5],
    [100, 5],
    [200, 10],
  ])('of %i lets %i go unasked, and not one more', async (count, allowed) => {
    writeParcelles(root(), withBad(count, allowed));
    expect(single(await normalise(CADASTRE)).rejects).toHaveLength(allowed);
    writeParcelles(root(), withBad(count, allowed + 1));
    await expect(normalise(CADASTRE)).rejects.toMatchObject({
      code: 'TooManyRejects',
      message: expect.stringMatching(`${allowed + 1} of ${count} features rejected: no section$`) as string,
    });
  });

  it.each([
    [0, 0],
    [0.1, 3],
    [1, 30],
  ])('lets as many go as a declared share of %f allows', async (maxRejects, allowed) => {
    writeParcelles(root(), withBad(30, allowed));
    expect(single(await normalise({ ...CADASTRE, maxRejects })).rejects).toHaveLength(allowed);
    if (allowed === 30) return;
    writeParcelles(root(), withBad(30, allowed + 1));
    await expect(normalise({ ...CADASTRE, maxRejects })).rejects.toMatchObject({ code: 'TooManyRejects' });
  });

  it('tells repairs once a feature, texts mended, and texts whose bytes are lost', async () => {
    const bowTie = 'POLYGON((853500 6692500,853600 6692600,853600 6692500,853500 6692600,853500 6692500))';
    const values = { libelle: 'Ã©tang', libelong: 'P\ufffdrim\ufffdtre', typezone: 'N' };
    writeTable('ZONE_URBA.shp', 'libelle libelong typezone', [{ values, wkt: bowTie }], ['ENCODING=UTF-8']);
    const member = single(await normalise(PLU));
    expect(member.repairs).toEqual([
      { id: '#1', what: 'libelle: a wrong decoding mended' },
      { id: '#1', what: 'invalid geometry: made valid' },
    ]);
    expect(member.garbled).toEqual([{ id: '#1', what: 'libelong: P\ufffdrim\ufffdtre' }]);
  });
});

describe('a known error of the producer', () => {
  const line = { at: 'plu.csv:2', layer: 'gpu/zone-urba', reason: 'mal saisi', where: {} };

  it('is put right before anything is read from the row, told with the feature and counted', async () => {
    const rows = zones({ libelle: 'UA', typezone: 'V' }, { libelle: 'N', typezone: 'N' });
    writeTable('ZONE_URBA.shp', 'libelle typezone', rows);
    const member = single(
      await normalise(PLU, [{ ...line, column: 'typezone', found: 'V', corrected: 'U' }]),
    );
    expect(member.corrections).toEqual({ 'plu.csv:2': 1 });
    expect(member.repairs).toEqual([{ id: '#1', what: 'typezone: "V" corrected to "U" (plu.csv:2)' }]);
  });

  it('of another layer or another text changes nothing', async () => {
    writeTable('ZONE_URBA.shp', 'libelle typezone', zones({ libelle: 'UA', typezone: 'U' }));
    const others = [
      { ...line, layer: 'gpu/secteur-cc', column: 'typezone', found: 'U', corrected: 'N' },
      { ...line, column: 'typezone', found: 'V', corrected: 'N' },
    ];
    expect(single(await normalise(PLU, others)).corrections).toEqual({});
  });
});

describe('a source that must be refused', () => {
  it('for an empty member, unless it is said that it may be', async () => {
    writeTable('ZONE_URBA.shp', 'libelle typezone', zones({ libelle: 'a', typezone: 'U' }));
    writeTable('INFO_SURF.shp', 'libelle typeinf', []);
    await expect(normalise(PLU)).rejects.toMatchObject({
      code: 'EmptySource',
      where: { source: PLU.path, member: 'Donnees_geographiques/INFO_SURF.shp', layer: 'gpu/info-surf' },
    });
    const { report } = await normalise({ ...PLU, mayBeEmpty: ['INFO_SURF.shp'] });
    expect(report.members.map(({ in: read }) => read)).toEqual([0, 1]);
  });

  it('for a sentinel that stands in a column that no property takes', async () => {
    writeTable(
      'ZONE_URBA.shp',
      'libelle typezone remarque',
      zones({ libelle: 'a', typezone: 'U', remarque: 'Échelle' }),
    );
    await expect(normalise({ ...PLU, sentinel: 'Échelle' })).rejects.toMatchObject({ code: 'BadEncoding' });
    await expect(normalise({ ...PLU, sentinel: 'a' })).resolves.toBeDefined();
  });

  it('for two columns of one name, unless nobody reads them', async () => {
    const etalab: TestSource = {
      dataset: 'cadastre',
      format: 'etalab',
      departement: '21',
      path: 'cadastre-21231-parcelles.json',
    };
    const write = (extra: Readonly<Record<string, string>>): void => {
      const properties = {
        ...extra,
        id: '21231000AB0012',
        commune: '21231',
        prefixe: '000',
        section: 'AB',
        numero: '12',
      };
      const coordinates = [
        [
          [5, 47.3],
          [5.001, 47.3],
          [5.001, 47.301],
          [5, 47.3],
        ],
      ];
      const feature = { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } };
      folder.write(etalab.path ?? '', JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    };
    write({ Numero: '9999' });
    await expect(normalise(etalab)).rejects.toMatchObject({
      code: 'BadSchema',
      where: { member: etalab.path, layer: 'cadastre/parcelle' },
      message: expect.stringMatching(/several columns of one name: Numero, numero$/) as string,
    });
    write({ Lettre: 'a', lettre: 'b' });
    await normalise(etalab);
    expect([...readSpool(join(target(), 'cadastre.parcelle@21.spool'))].map(({ id }) => id)).toEqual([
      '21231000AB0012',
    ]);
  });

  it('for JSON that is no UTF-8, of which GDAL would make texts without accents', async () => {
    const properties = '"app":"Côte","denom":"Côte","id_app":1,"id_denom":1,"insee":"21001"';
    const feature = `{"type":"Feature","properties":{${properties}},"geometry":null}`;
    const text = `{"type":"FeatureCollection","features":[${feature}]}`;
    folder.write('aoc.geojson', Buffer.from(text, 'latin1'));
    await expect(normalise({ dataset: 'aoc', format: 'inao', path: 'aoc.geojson' })).rejects.toMatchObject({
      code: 'BadEncoding',
      where: { source: 'aoc.geojson', member: 'aoc.geojson' },
    });
  });

  it('for a MapInfo table of which a part is cut, and GDAL would read the rest', async () => {
    const rows = zones(...Array.from({ length: 400 }, (_, i) => ({ libelle: `U${i}`, typezone: 'U' })));
    const path = writeTable('ZONE_URBA.tab', 'libelle typezone', rows);
    const files = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
    const [map = '', id = ''] = ['.map', '.id'].map((end) => files.find((file) => file.endsWith(end)));
    const [wholeMap, wholeId] = [readFileSync(map), readFileSync(id)];
    writeFileSync(map, wholeMap.subarray(0, Math.ceil(wholeMap.length / 2)));
    await expect(normalise(PLU)).rejects.toMatchObject({
      code: expect.stringMatching(/^(CountMismatch|ToolFailed)$/) as string,
    });
    writeFileSync(map, wholeMap);
    writeFileSync(id, wholeId.subarray(0, wholeId.length / 2));
    await expect(normalise(PLU)).rejects.toMatchObject({
      code: 'BadSchema',
      message: expect.stringMatching(/200 places in the \.id, 400 rows in the \.dat$/) as string,
    });
    writeFileSync(id, wholeId);
    expect(single(await normalise(PLU))).toMatchObject({ in: 400, out: 400 });
  });

  it('for a collection of no feature, unless it is said that it may be', async () => {
    const path = 'cadastre-21231-parcelles.json';
    const etalab: TestSource = { dataset: 'cadastre', format: 'etalab', departement: '21', path };
    folder.write(path, '{"type":"FeatureCollection","features":[]}');
    await expect(normalise(etalab)).rejects.toMatchObject({ code: 'EmptySource', where: { member: path } });
    const { report } = await normalise({ ...etalab, mayBeEmpty: [path] });
    expect(report.members).toMatchObject([{ member: path, in: 0, out: 0 }]);
  });

  it('for an archive in an archive, with what to do', async () => {
    const inner = zip([{ name: 'PARCELLE.shp', content: 'x' }]);
    folder.write('D021.zip', zip([{ name: 'inner.zip', content: inner }]));
    await expect(normalise({ ...CADASTRE, path: 'D021.zip' })).rejects.toMatchObject({
      code: 'BadSchema',
      message: expect.stringMatching(/found inner\.zip; unpack the archive among them first$/) as string,
    });
  });

  it('for a member that is misnamed, until the source says what it is', async () => {
    writeTable('SECTEUR_CC.shp', 'libelle typepsc', zones({ libelle: 'a', typepsc: '05' }));
    await expect(normalise(PLU)).rejects.toMatchObject({
      code: 'BadSchema',
      where: { layer: 'gpu/secteur-cc' },
    });
    const { spools } = await normalise({ ...PLU, members: { 'SECTEUR_CC.shp': 'gpu/prescription-surf' } });
    expect(spools.map(({ layer }) => layer)).toEqual(['gpu/prescription-surf']);
  });

  it('leaves nothing open, and its temporary folders are gone', async () => {
    writeTable('ZONE_URBA.shp', 'libelle typezone', zones({ libelle: 'a', typezone: 'U' }));
    writeTable('PRESCRIPTION_SURF.shp', 'libelle autre', zones({ libelle: 'a', autre: 'b' }));
    // Only Linux tells what is open.
    const open = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
    const before = open();
    await expect(normalise(PLU)).rejects.toMatchObject({ code: 'BadSchema' });
    expect(open()).toBeLessThanOrEqual(before);
    expect(readdirSync(target()).filter((name) => name.startsWith('open-'))).toEqual([]);
  });
});
