import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import type { Member } from '../sources/workspace.ts';
import { useFolder } from '../testing/folder.ts';
import { square, writeLayer, type LayerRow } from '../testing/layer-file.ts';
import type { Encoding } from './encoding.ts';
import { namesOf, valuesOf } from './layer-columns.ts';
import { openMember, primaryMembers } from './read.ts';
import { Row } from './row.ts';

const folder = useFolder();
const WHERE = { source: 'zones' };

interface Read {
  readonly encoding: Encoding | null;
  readonly texts: readonly (string | null)[];
}

function member(path: string): Member {
  return { path, name: basename(path) };
}

/** The texts of column `libelle` of the member at `path`. */
function read(path: string, encoding?: Encoding): Read {
  const scratch = dirname(folder.path('scratch', 'file'));
  const opened = openMember(member(path), { encoding, scratch, where: WHERE });
  try {
    const layer = opened.dataset.layers.get(0);
    const names = namesOf(layer);
    const texts = layer.features.map((feature) => new Row(valuesOf(feature, names)).text('libelle'));
    return { encoding: opened.encoding, texts };
  } finally {
    opened.dataset.close();
  }
}

function rowsOf(...texts: string[]): LayerRow[] {
  return texts.map((libelle, i) => ({ values: { libelle }, wkt: square(850_000 + 10 * i, 6_700_000, 5) }));
}

const TEXTS = ['Bâtiment agricole', 'Œuilly', 'plain'];

/** A shapefile whose texts are in `encoding`, without a .cpg to tell. */
function shapefile(encoding: 'UTF-8' | 'CP1252', texts = TEXTS): string {
  const path = folder.path('ZONE_URBA.shp');
  writeLayer({
    path,
    epsg: 2154,
    columns: 'libelle',
    rows: rowsOf(...texts),
    options: [`ENCODING=${encoding}`],
  });
  rmSync(path.replace('.shp', '.cpg'), { force: true });
  return path;
}

describe('a shapefile', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    ['CP1252', 'windows-1252'],
  ] as const)('of %s texts is read without a .cpg', (written, encoding) => {
    expect(read(shapefile(written))).toEqual({ encoding, texts: TEXTS });
  });

  it.each([
    ['UTF-8', 'ISO-8859-1', 'utf-8'],
    ['CP1252', 'UTF-8', 'windows-1252'],
  ] as const)('of %s texts is read in spite of a .cpg that says %s', (written, lie, encoding) => {
    const path = shapefile(written);
    writeFileSync(path.replace('.shp', '.cpg'), lie);
    expect(read(path)).toEqual({ encoding, texts: TEXTS });
  });

  it('of texts of DOS is read', () => {
    const texts = ['Bâtiment à réhabiliter', 'Forêt', 'plain'];
    const path = shapefile('UTF-8', ['B#timent % r@habiliter', 'For&t', 'plain']);
    const table = path.replace('.shp', '.dbf');
    const bytes = readFileSync(table, 'latin1');
    writeFileSync(
      table,
      bytes
        .replace('B#t', 'B\u0083t')
        .replace('%', '\u0085')
        .replace('@', '\u0082')
        .replace('r&t', 'r\u0088t'),
      'latin1',
    );
    expect(read(path)).toEqual({ encoding: 'ibm850', texts });
  });

  it('of texts in another encoding than the declared one is refused', () => {
    expect(() => read(shapefile('CP1252'), 'utf-8')).toThrow(/not utf-8/);
  });

  it('leaves no encoding behind for the next one', () => {
    read(shapefile('CP1252'));
    expect(gdal.config.get('SHAPE_ENCODING')).toBeNull();
    expect(read(shapefile('UTF-8')).texts).toEqual(TEXTS);
  });

  it('is found with upper-case endings', () => {
    const path = shapefile('UTF-8');
    const renamed = readdirSync(dirname(path)).filter((name) => name.startsWith('ZONE_URBA'));
    for (const name of renamed) {
      writeFileSync(join(dirname(path), name.toUpperCase()), readFileSync(join(dirname(path), name)));
      rmSync(join(dirname(path), name));
    }
    expect(read(path.replace('.shp', '.SHP')).texts).toEqual(TEXTS);
  });

  it('is found with its files in several spellings, none of which GDAL would find', () => {
    const path = shapefile('CP1252');
    const folderOf = dirname(path);
    for (const [from, to] of [
      ['.shx', 'Zone_Urba.SHX'],
      ['.dbf', 'zone_urba.Dbf'],
      ['.prj', 'ZONE_URBA.Prj'],
    ] as const) {
      renameSync(path.replace('.shp', from), join(folderOf, to));
    }
    const before = readdirSync(folderOf);
    expect(read(path)).toEqual({ encoding: 'windows-1252', texts: TEXTS });
    expect(readdirSync(folderOf)).toEqual([...before, 'scratch'].sort());
    renameSync(path, path.replace('.shp', '.Shp'));
    expect(read(path.replace('.shp', '.Shp')).texts).toEqual(TEXTS);
  });

  it('takes the table of its very name, where another differs by case', () => {
    const path = shapefile('UTF-8');
    folder.write('zone_urba.DBF', 'another');
    folder.write('AAA.dbf', 'another');
    expect(read(path).texts).toEqual(TEXTS);
  });

  it('without its .shx is refused, and so is one with that of another shapefile', () => {
    const path = shapefile('UTF-8');
    const index = path.replace('.shp', '.shx');
    const bytes = readFileSync(index);
    // Of two shapes: GDAL would read two of the three.
    const older = bytes.subarray(0, 100 + 2 * 8);
    older.writeInt32BE(older.length / 2, 24);
    writeFileSync(index, older);
    expect(() => read(path)).toThrow(/2 shapes in the \.shx, 3 rows in the \.dbf: they are not of one/);
    rmSync(index);
    expect(() => read(path)).toThrow(/the \.shx is missing/);
  });

  it('leaves out the rows that are marked as deleted, and counts them', () => {
    const path = shapefile('UTF-8');
    const table = path.replace('.shp', '.dbf');
    const bytes = readFileSync(table);
    bytes.write('*', bytes.readUInt16LE(8) + bytes.readUInt16LE(10));
    writeFileSync(table, bytes);
    expect(read(path).texts).toEqual([TEXTS[0], TEXTS[2]]);
    const scratch = dirname(folder.path('scratch', 'file'));
    const { dataset, rows } = openMember(member(path), { encoding: undefined, scratch, where: WHERE });
    expect([dataset.layers.get(0).features.count(), rows]).toEqual([3, 2]);
    dataset.close();
  });

  it.each(['.shp', '.dbf'])('whose %s is cut short is refused, with both lengths', (ending) => {
    const path = shapefile('UTF-8');
    const cut = path.replace('.shp', ending);
    const { length } = readFileSync(cut);
    // GDAL ends a .dbf by a byte that no header counts.
    truncateSync(cut, length - 2);
    expect(() => read(path)).toThrow(
      expect.objectContaining({
        code: 'BadSchema',
        where: WHERE,
        message: expect.stringMatching(/cut short: \d+ bytes expected, \d+ found/) as string,
      }),
    );
  });

  it.each([
    ['.shp', 60],
    ['.shp', 0],
    ['.shx', 60],
    ['.shx', 0],
    ['.dbf', 20],
    ['.dbf', 0],
  ])('whose %s has %i bytes is refused', (ending, length) => {
    const path = shapefile('UTF-8');
    truncateSync(path.replace('.shp', ending), length);
    expect(() => read(path)).toThrow(expect.objectContaining({ code: 'BadSchema', where: WHERE }));
  });

  it.each(['.dbf', '.shx'])('without its %s is refused', (ending) => {
    const path = shapefile('UTF-8');
    rmSync(path.replace('.shp', ending));
    expect(() => read(path)).toThrow(expect.objectContaining({ code: 'BadSchema' }));
  });
});

describe('a MapInfo table', () => {
  const COLUMNS = 'libelle numero:integer surface:real';

  /** The bytes of a whole number there are 0x81 0x8d 0 0: no text in any encoding. */
  const NUMERO = 0x8d81;

  function table(encoding: 'CP1252' | 'UTF-8'): string {
    const rows = rowsOf(...TEXTS).map((row) => ({
      ...row,
      values: { ...row.values, numero: NUMERO, surface: 1.1 },
    }));
    const path = folder.path('ZONE_URBA.tab');
    return writeLayer({ path, epsg: 2154, columns: COLUMNS, rows, options: [`ENCODING=${encoding}`] });
  }

  function rename(path: string, charset: string): void {
    const tab = readFileSync(path, 'latin1');
    writeFileSync(path, tab.replaceAll(/WindowsLatin1|Neutral|UTF-8/g, charset), 'latin1');
  }

  it('of Latin texts is read by its charset, its binary numbers set aside', () => {
    expect(read(table('CP1252'))).toEqual({ encoding: 'windows-1252', texts: TEXTS });
  });

  it('of Latin texts is read when it names no charset, and stays as it was', () => {
    const path = table('CP1252');
    rename(path, 'Neutral');
    const before = readFileSync(path);
    expect(read(path)).toEqual({ encoding: 'windows-1252', texts: TEXTS });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('of UTF-8 texts is read when it names no charset', () => {
    const path = table('UTF-8');
    rename(path, 'Neutral');
    expect(read(path)).toEqual({ encoding: 'utf-8', texts: TEXTS });
  });

  it('of UTF-8 texts that says Latin is refused', () => {
    const path = table('UTF-8');
    rename(path, 'WindowsLatin1');
    expect(() => read(path)).toThrow(/the .TAB says WindowsLatin1, its texts are UTF-8/);
  });

  it('without its .dat, or with a part of it, is refused', () => {
    const path = table('CP1252');
    const data = path.replace('.tab', '.dat');
    truncateSync(data, readFileSync(data).length - 20);
    expect(() => read(path)).toThrow(/cut short/);
    rmSync(data);
    expect(() => read(path)).toThrow(/the \.dat is missing/);
  });
});

describe('other members', () => {
  it('a CSV is read in UTF-8 and in Windows-1252, and never changed', () => {
    const text = `libelle,WKT\n${TEXTS.map((libelle) => `${libelle},"POINT(4 47)"`).join('\n')}\n`;
    const utf8 = folder.write('utf8.csv', text);
    const latin = folder.write('latin.csv', Buffer.from(text.replace('Œ', '\u008c'), 'latin1'));
    expect(read(utf8)).toEqual({ encoding: 'utf-8', texts: TEXTS });
    expect(read(latin)).toEqual({ encoding: 'windows-1252', texts: TEXTS });
    expect(readdirSync(dirname(utf8)).sort()).toEqual(['latin.csv', 'scratch', 'utf8.csv']);
  });

  it('a GML keeps its codes as texts, and gets no .gfs beside it', () => {
    const rows = [{ values: { libelle: '01004' }, wkt: 'POINT(5 47)' }];
    const path = writeLayer({
      path: folder.path('gml', 'ZONE_URBA.gml'),
      epsg: 4326,
      columns: 'libelle',
      rows,
    });
    rmSync(path.replace('.gml', '.xsd'));
    expect(read(path).texts).toEqual(['01004']);
    expect(readdirSync(dirname(path))).toEqual(['ZONE_URBA.gml']);
  });

  it('a GeoJSON is read through gzip, lists in it as the producers write them', () => {
    const feature = { type: 'Feature', properties: { libelle: ['AA', 'AB'] }, geometry: null };
    const text = JSON.stringify({ type: 'FeatureCollection', features: [feature] });
    expect(read(folder.write('zones.json.gz', gzipSync(text))).texts).toEqual(['AA,AB']);
  });

  it('an arc is read as the lines that GDAL strokes it with', () => {
    const arc = 'CURVEPOLYGON(CIRCULARSTRING(4 47,4.5 47.5,5 47,4.5 46.5,4 47))';
    const path = folder.write('arcs.csv', `libelle,WKT\ncercle,"${arc}"\n`);
    const opened = openMember(member(path), { encoding: undefined, scratch: dirname(path), where: WHERE });
    const geometry = opened.dataset.layers.get(0).features.first().getGeometry();
    expect(geometry?.wkbType).toBe(gdal.wkbPolygon);
    opened.dataset.close();
  });

  it.each(['zones.gpkg', 'zones.json', 'zones.gml', 'zones.tab'])(
    'what is no %s is refused, and said so',
    (name) => {
      folder.write('zones.dat', '');
      const path = folder.write(name, '<!DOCTYPE html><title>Maintenance</title>');
      expect(() => read(path)).toThrow(expect.objectContaining({ code: 'BadSchema', where: WHERE }));
    },
  );
});

describe('the members that are layers or tables of their own', () => {
  it('are a shapefile once, and a .dbf that is no part of one', () => {
    const names = [
      'A.shp',
      'A.shx',
      'a.DBF',
      'A.prj',
      'ACTE_SUP.dbf',
      'B.TAB',
      'B.DAT',
      'C.tab',
      'C.dbf',
      'lisez-moi.pdf',
    ];
    const found = primaryMembers(names.map((name) => member(folder.path(name))));
    expect(found.map(({ name }) => name)).toEqual(['A.shp', 'ACTE_SUP.dbf', 'B.TAB', 'C.tab']);
  });

  it('are a .dbf though there is a shapefile of its name in another folder', () => {
    const names = ['annexes/ACTE_SUP.dbf', 'donnees/ACTE_SUP.shp', 'donnees/ACTE_SUP.dbf'];
    const found = primaryMembers(names.map((name) => ({ path: `/source/${name}`, name })));
    expect(found.map(({ name }) => name)).toEqual(names.slice(0, 2));
  });

  it('are found in every format that is read', () => {
    const names = [
      'a.SHP',
      'b.tab',
      'c.gml',
      'd.csv',
      'e.gpkg',
      'f.THF',
      'g.geojson',
      'h.json',
      'i.json.gz',
      'j.dbf',
    ];
    expect(primaryMembers(names.map((name) => member(folder.path(name))))).toHaveLength(names.length);
  });
});
