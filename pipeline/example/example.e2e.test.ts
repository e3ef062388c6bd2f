/**
 * The whole example: written twice, taken apart with the tools that its readers use,
 * and held against its own counts.
 */
import gdal from 'gdal-async';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTool } from '../tool.ts';
import { BDP, PCI } from './cadastre-schemas.ts';
import { DEFECTS } from './defects.ts';
import { EXTRACTION, servedLayer } from './gpu-columns.ts';
import { writeExample, type Example } from './index.ts';
import { CURRENT, OLD } from './inao-schemas.ts';

let folder = '';
let example: Example;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'example-'));
  example = await writeExample(join(folder, 'one'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

function digests(root: string): Record<string, string> {
  const names = filesUnder(root);
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

/** Unpacks an archive of the example, and gives the folder and the names of its members. */
async function unpack(path: string): Promise<{ root: string; members: string[] }> {
  const root = mkdtempSync(join(folder, 'unpacked-'));
  await runTool('7zz', ['x', '-bd', '-bso0', `-o${root}`, join(folder, 'one', path)]);
  return { root, members: filesUnder(root) };
}

interface Opened {
  readonly count: number;
  readonly fields: string[];
  readonly invalid: number;
  readonly empty: number;
  readonly srs: gdal.SpatialReference | null;
  readonly first: Record<string, unknown>;
}

/** What GDAL finds in the one layer of a file. */
function open(path: string): Opened {
  const dataset = gdal.open(path);
  const layer = dataset.layers.get(0);
  const fields = layer.fields.getNames();
  const { srs } = layer;
  const features = [...layer.features];
  const geometries = features.map((feature) => feature.getGeometry());
  const placed = geometries.filter((geometry) => geometry !== null && !geometry.isEmpty());
  const opened = {
    count: features.length,
    fields,
    invalid: placed.filter((geometry) => geometry?.isValid() === false).length,
    empty: geometries.length - placed.length,
    srs,
    first: (features[0]?.fields.toObject() ?? {}) as Record<string, unknown>,
  };
  dataset.close();
  return opened;
}

/** The axes of WGS84 are stored longitude first, which `isSame` counts as another system. */
function isSameCrs(srs: gdal.SpatialReference | null, epsg: number): boolean {
  if (epsg === 4326) return srs?.getAuthorityCode('GEOGCS') === '4326';
  return srs?.isSame(gdal.SpatialReference.fromEPSG(epsg)) ?? false;
}

function expectedOf(layer: string, source: string): Example['expected']['layers'][string] {
  const counts = example.expected.layers[layer]?.sources[source];
  if (!counts) throw new Error(`nothing is expected of ${layer} in ${source}`);
  return { ...counts, sources: {} };
}

function one(names: readonly string[], pattern: RegExp): string {
  const found = names.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`expected one ${String(pattern)} among ${names.join(', ')}`);
  return found[0] ?? '';
}

const names = (fields: readonly { readonly name: string }[]): string[] => fields.map((field) => field.name);

describe('the example as a whole', () => {
  it('is the same to the byte in another folder', async () => {
    await writeExample(join(folder, 'elsewhere', 'two'));
    expect(digests(join(folder, 'elsewhere', 'two'))).toEqual(digests(join(folder, 'one')));
  });

  it('replaces an earlier example and leaves nothing beside it', async () => {
    const parent = join(folder, 'replaced');
    await writeExample(join(parent, 'example'), { seed: 2 });
    const before = digests(join(parent, 'example'));
    await writeExample(join(parent, 'example'));
    expect(digests(join(parent, 'example'))).not.toEqual(before);
    expect(readdirSync(parent)).toEqual(['example']);
  });

  it('refuses a folder that holds something else, and leaves it alone', async () => {
    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    await expect(writeExample(foreign)).rejects.toThrow(
      'expected no folder, an empty one or an earlier example',
    );
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
  });

  it('refuses a scale below 1', async () => {
    await expect(writeExample(join(folder, 'none'), { scale: 0 })).rejects.toThrow(RangeError);
  });

  it('stays under 40 MB', () => {
    const root = join(folder, 'one');
    const bytes = filesUnder(root).reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
    expect(bytes).toBeLessThan(40e6);
  });

  it('names sources that exist, by paths of its own', () => {
    const { sources } = JSON.parse(readFileSync(example.sources, 'utf8')) as { sources: { path?: string }[] };
    for (const { path } of sources) {
      if (path !== undefined) expect(relative(path, join(folder, 'one', path))).not.toBe('');
      if (path !== undefined) expect(statSync(join(folder, 'one', path)).size).toBeGreaterThan(0);
    }
    expect(sources.length).toBeGreaterThan(10);
  });

  it('says in expected.json what it returned', () => {
    expect(JSON.parse(readFileSync(join(folder, 'one', 'expected.json'), 'utf8'))).toEqual(example.expected);
  });

  it('writes every known defect, and says where', () => {
    const placed = new Set(example.expected.defects.map((defect) => defect.name));
    expect([...placed].sort()).toEqual(Object.keys(DEFECTS).sort());
  });

  it('has rows in every layer that API Carto serves', () => {
    const served = Object.keys(EXTRACTION).map((table) => servedLayer(table as keyof typeof EXTRACTION));
    const gpu = served.filter((layer) => layer !== null);
    const cadastre = ['commune', 'feuille', 'parcelle', 'localisant', 'division'];
    const bdp = ['commune-bdp', 'parcelle-bdp', 'localisant-bdp'];
    const all = [...cadastre, ...bdp].map((layer) => `cadastre/${layer}`);
    const wanted = [...all, ...gpu, 'aoc/appellation-viticole', 'codes-postaux/communes'];
    expect(gpu).toHaveLength(17);
    expect(Object.keys(example.expected.layers).sort()).toEqual(wanted.sort());
  });
});

describe('INAO', () => {
  it.each([
    ['aoc/2026-03-01-delim-parcellaire-aoc-shp.zip', '2026-03-01_delim-parcellaire-aoc-shp', CURRENT],
    ['aoc/delimitation_inao_EPSG2154.zip', 'delimitation_parcellaire_aoc_viticoles_inao', OLD],
  ])('%s holds one shapefile in Lambert-93, as expected', async (source, stem, fields) => {
    const { root, members } = await unpack(source);
    expect(members).toEqual(['cpg', 'dbf', 'prj', 'shp', 'shx'].map((extension) => `${stem}.${extension}`));
    const prj = readFileSync(join(root, `${stem}.prj`), 'utf8');
    expect(prj).not.toMatch(/AUTHORITY|EPSG/);
    const expected = expectedOf('aoc/appellation-viticole', source);
    const found = open(join(root, `${stem}.shp`));
    expect(isSameCrs(found.srs, 2154)).toBe(true);
    expect(found).toMatchObject({ count: expected.rows, fields: names(fields), invalid: expected.invalid });
    expect(found.empty).toBe(expected.rejected['no-geometry'] ?? 0);
  });

  it('holds a delimitation of more than a megabyte of vertices', async () => {
    const { root, members } = await unpack('aoc/2026-03-01-delim-parcellaire-aoc-shp.zip');
    const dataset = gdal.open(join(root, one(members, /shp$/)));
    const heaviest = Math.max(
      ...[...dataset.layers.get(0).features].map((feature) => feature.getGeometry()?.toWKB().length ?? 0),
    );
    dataset.close();
    expect(heaviest).toBeGreaterThan(70_000 * 16);
  });
});

describe('Parcellaire Express', () => {
  it.each([
    ['21', 'LAMB93_D021', 2154, '21901'],
    ['2A', 'LAMB93_D02A', 2154, '2A904'],
    ['69', 'LAMB93_D069', 2154, '69381'],
    ['974', 'RGR92UTM40S_D974', 2975, '97490'],
  ])('of %s opens in its own CRS with the expected counts', async (departement, zone, epsg, codeInsee) => {
    const source = `cadastre/PARCELLAIRE-EXPRESS_1-1__SHP_${zone}_2026-03-01.7z`;
    const { root, members } = await unpack(source);
    const tree = new RegExp(
      `^PARCELLAIRE-EXPRESS_1-1__SHP_${zone}_2026-03-01/PARCELLAIRE-EXPRESS/1_DONNEES_LIVRAISON_[-\\d]+/PEPCI_1-1_SHP_${zone}/[A-Z_]+\\.(SHP|SHX|DBF|PRJ|CPG)$`,
    );
    for (const member of members) expect(member).toMatch(tree);
    expect(members.some((member) => member.endsWith('/ARRONDISSEMENT.SHP'))).toBe(departement === '69');
    for (const layer of ['COMMUNE', 'FEUILLE', 'LOCALISANT', 'PARCELLE'] as const) {
      const expected = expectedOf(`cadastre/${layer.toLowerCase()}`, source);
      const found = open(join(root, one(members, new RegExp(`/${layer}\\.SHP$`))));
      expect(isSameCrs(found.srs, epsg)).toBe(true);
      expect(found).toMatchObject({
        count: expected.rows,
        fields: names(PCI[layer]),
        invalid: expected.invalid,
      });
      if (layer === 'PARCELLE') expect(found.first['IDU']).toMatch(new RegExp(`^${codeInsee}000\\w{6}$`));
    }
  });

  it('has localisants where a sheet is an image, and no parcelle there', async () => {
    const { root, members } = await unpack('cadastre/PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01.7z');
    const idus = (layer: string): Set<string> => {
      const dataset = gdal.open(join(root, one(members, new RegExp(`/${layer}\\.SHP$`))));
      const found = new Set([...dataset.layers.get(0).features].map((one) => String(one.fields.get('IDU'))));
      dataset.close();
      return found;
    };
    const parcelles = idus('PARCELLE');
    const alone = [...idus('LOCALISANT')].filter((idu) => !parcelles.has(idu));
    expect(alone.filter((idu) => idu.startsWith('21904000')).length).toBeGreaterThan(10);
  });

  it('gives parcelles of an arrondissement the codes of the whole commune', async () => {
    const { root, members } = await unpack('cadastre/PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D069_2026-03-01.7z');
    const { first } = open(join(root, one(members, /\/PARCELLE\.SHP$/)));
    expect(first).toMatchObject({ CODE_DEP: '69', CODE_COM: '123', CODE_ARR: '381', NOM_COM: 'Deux-Rives' });
  });
});

describe('BD Parcellaire', () => {
  it('is Latin-1 without a .cpg', async () => {
    const source = 'cadastre/BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D021_2017-03-03.7z';
    const { root, members } = await unpack(source);
    expect(members.filter((member) => extname(member) === '.CPG')).toEqual([]);
    const table = readFileSync(join(root, one(members, /\/COMMUNE\.DBF$/)));
    expect(table.includes(Buffer.from('Échelle-la-Façon', 'latin1'))).toBe(true);
    for (const [layer, served] of [
      ['PARCELLE', 'parcelle-bdp'],
      ['LOCALISANT', 'localisant-bdp'],
      ['COMMUNE', 'commune-bdp'],
      ['DIVCAD', 'division'],
    ] as const) {
      const found = open(join(root, one(members, new RegExp(`/${layer}\\.SHP$`))));
      expect(found.fields).toEqual(names(BDP[layer]));
      expect(found.count).toBe(expectedOf(`cadastre/${served}`, source).rows);
    }
  });
});

describe("Etalab's cadastre", () => {
  it('has sections and numbers without leading zeros', () => {
    const source = 'cadastre/etalab-cadastre/2026-03-01/geojson/communes/01/01004';
    const bytes = readFileSync(join(folder, 'one', source, 'cadastre-01004-parcelles.json.gz'));
    const { features } = JSON.parse(gunzipSync(bytes).toString()) as {
      features: { id: string; properties: Record<string, string> }[];
    };
    expect(features).toHaveLength(expectedOf('cadastre/parcelle', source).rows);
    for (const { id, properties } of features) {
      const { commune, prefixe, section, numero } = properties;
      expect(
        `${String(commune)}${String(prefixe)}${section?.padStart(2, '0') ?? ''}${numero?.padStart(4, '0') ?? ''}`,
      ).toBe(id);
      expect(numero).not.toMatch(/^0/);
    }
  });
});

describe('postal codes', () => {
  it('come in Windows-1252 with CRLF, and in UTF-8 with LF', () => {
    const current = readFileSync(join(folder, 'one/codes-postaux/019HexaSmal.csv'));
    expect(current.toString('latin1')).toMatch(/^#Code_commune_INSEE;.*;Libellé_d_acheminement;Ligne_5\r\n/);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(current)).toThrow();
    const old = readFileSync(join(folder, 'one/codes-postaux/laposte_hexasmal.csv'), 'utf8');
    expect(old).toMatch(/^Code_commune_INSEE;Nom_commune;.*;coordonnees_gps\n01004;RIVE D ALBINE;/);
    expect(old).not.toContain('\r');
  });
});

describe('the extraction of the GPU', () => {
  const tables = Object.keys(EXTRACTION) as (keyof typeof EXTRACTION)[];

  it.each(tables)('has %s in WGS84 with its columns and the expected counts', (table) => {
    const found = open(join(folder, `one/gpu/extraction/${table}.gpkg`));
    const served = servedLayer(table);
    expect(found.fields).toEqual(names(EXTRACTION[table]));
    expect(isSameCrs(found.srs, 4326)).toBe(true);
    expect(found.count).toBeGreaterThan(0);
    if (served === null) return;
    const expected = expectedOf(served, 'gpu/extraction');
    expect(found.count).toBe(expected.rows);
    // Without an area, a polygon is invalid too.
    expect(found.invalid).toBe(expected.invalid + (expected.rejected['no-area'] ?? 0));
    if (served !== 'gpu/acte-sup') expect(found.empty).toBe(expected.rejected['no-geometry'] ?? 0);
  });

  it('names geometry and row number as the producer does, and has true booleans', async () => {
    const path = join(folder, 'one/gpu/extraction/wfs_du.municipality.gpkg');
    const { stdout: text } = await runTool('ogrinfo', ['-so', '-al', path]);
    expect(text).toContain('Geometry Column = the_geom');
    expect(text).toContain('FID Column = fid_extract');
    expect(text).toContain('is_rnu: Integer(Boolean)');
  });

  it('has a manifest whose MD5 are those of the files', () => {
    const manifest = readFileSync(join(folder, 'one/gpu/extraction/download-latest.xml'), 'utf8');
    const entries = [
      ...manifest.matchAll(/<link href="[^"]*\/([^/"]+)"[^>]*>\s*<content type="text">(\w+)</g),
    ];
    expect(entries).toHaveLength(tables.length + 1);
    for (const [, name = '', md5] of entries) {
      const bytes = readFileSync(join(folder, 'one/gpu/extraction', name));
      expect(createHash('md5').update(bytes).digest('hex')).toBe(md5);
    }
  });

  it('puts longitude first', () => {
    const dataset = gdal.open(join(folder, 'one/gpu/extraction/wfs_du.zone_urba.gpkg'));
    const { minX, minY } = dataset.layers.get(0).getExtent();
    dataset.close();
    expect(minX).toBeLessThan(10);
    expect(minY).toBeGreaterThan(40);
  });
});

describe('deposits', () => {
  it('hold a PLU of shapefiles with altitudes, in Windows-1252', async () => {
    const source = 'gpu/depots/01004_PLU_20230615.zip';
    const { root, members } = await unpack(source);
    const zones = one(members, /01004_ZONE_URBA_20230615\.shp$/);
    expect(zones).toMatch(/^01004_PLU_20230615\/Donnees_geographiques\//);
    expect(readFileSync(join(root, zones.replace(/shp$/, 'cpg')), 'utf8')).toBe('1252');
    // œ is a letter of Windows-1252 that Latin-1 lacks.
    expect(
      readFileSync(join(root, zones.replace(/shp$/, 'dbf'))).includes(Buffer.from([0x63, 0x9c, 0x75, 0x72])),
    ).toBe(true);
    const found = open(join(root, zones));
    expect(found).toMatchObject({ count: expectedOf('gpu/zone-urba', source).rows, invalid: 0 });
    const { layers } = gdal.open(join(root, zones));
    expect(layers.get(0).geomType).toBe(gdal.wkbPolygon25D);
  });

  it('hold a carte communale in MapInfo', () => {
    const source = 'gpu/depots/2A904_CC_20190322';
    const path = join(folder, 'one', source, 'Donnees_geographiques/2A904_SECTEUR_CC_20190322.TAB');
    const expected = expectedOf('gpu/secteur-cc', source);
    const found = open(path);
    expect(isSameCrs(found.srs, 2154)).toBe(true);
    expect(found).toMatchObject({ count: expected.rows, invalid: expected.invalid });
    expect(JSON.stringify(found.first)).toContain('Secteur ouvert à la construction');
  });

  it('hold a PLU in GML, in the CRS of La Réunion, with an empty layer', () => {
    const source = 'gpu/depots/97490_PLU_20210708';
    // GDAL writes a .gfs beside the GML it opens: open a copy.
    const copy = join(folder, 'zone.gml');
    writeFileSync(copy, readFileSync(join(folder, 'one', source, 'ZONE_URBA.gml')));
    const found = open(copy);
    expect(isSameCrs(found.srs, 2975)).toBe(true);
    expect(found).toMatchObject({ count: expectedOf('gpu/zone-urba', source).rows, invalid: 0 });
    const empty = readFileSync(join(folder, 'one', source, 'INFO_LIN.gml'), 'utf8');
    expect(empty).toMatch(/numberReturned="0"\/>\n$/);
  });

  it('hold servitudes whose identifiers are whole in shapefiles and have decimals in tables', () => {
    const root = join(folder, 'one/gpu/depots/130099923_PM3_69_20200115/Donnees_geographiques');
    const table = readFileSync(join(root, 'SERVITUDE_069.dbf'), 'latin1');
    expect(table).toContain('35.00');
    expect(open(join(root, 'PM3_GENERATEUR_SUP_S_069.shp')).first).toMatchObject({ IdSup: 35 });
    expect(readdirSync(root).filter((name) => name.endsWith('.cpg'))).toEqual([]);
  });

  it('hold servitudes in CSV with the geometry in WKT', () => {
    const source = 'gpu/depots/130099924_AS1_01_20180514';
    const found = open(join(folder, 'one', source, 'AS1_ASSIETTE_SUP_S.csv'));
    expect(found).toMatchObject({
      count: expectedOf('gpu/assiette-sup-s', source).rows,
      invalid: 0,
      empty: 0,
    });
    expect(found.fields).toContain('WKT');
  });
});

describe('the example as a load', () => {
  it('multiplies the parcelles and leaves the territory itself as it is', async () => {
    const root = join(folder, 'load');
    const { expected } = await writeExample(root, { scale: 2 });
    const [before, after] = [example, { expected }].map(
      (one) => one.expected.layers['cadastre/parcelle']?.rows ?? 0,
    );
    expect(after).toBeGreaterThanOrEqual(2 * (before ?? 0));
    expect(after).toBeLessThan(2.5 * (before ?? 0));
    const kept = Object.entries(digests(join(folder, 'one'))).filter(([name]) => !name.endsWith('.json'));
    expect(digests(root)).toMatchObject(Object.fromEntries(kept));
    expect(expected.layers['gpu/zone-urba']).toEqual(example.expected.layers['gpu/zone-urba']);
  });
});
