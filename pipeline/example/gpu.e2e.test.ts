/** What the Géoportail de l'urbanisme publishes and what is deposited there, opened as their readers open them. */
import gdal from 'gdal-async';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTool } from '../tool.ts';
import { namesOf } from './fields.ts';
import { EXTRACTION, servedLayer } from './gpu-columns.ts';
import { isSameCrs, one, open, Written } from './testing/written.ts';

let written: Written;

beforeAll(async () => {
  written = await Written.write();
});

afterAll(() => {
  written.remove();
});

describe('the extraction of the GPU', () => {
  const tables = Object.keys(EXTRACTION) as (keyof typeof EXTRACTION)[];

  it.each(tables)('has %s in WGS84 with its columns and the expected counts', (table) => {
    const found = open(written.path(`gpu/extraction/${table}.gpkg`));
    const served = servedLayer(table);
    expect(found.fields).toEqual(namesOf(EXTRACTION[table]));
    expect(isSameCrs(found.srs, 4326)).toBe(true);
    expect(found.count).toBeGreaterThan(0);
    if (served === null) return;
    const expected = written.expected(served, 'gpu/extraction');
    expect(found.count).toBe(expected.rows);
    // Without an area, a polygon is invalid too.
    expect(found.invalid).toBe(expected.invalid + (expected.rejected['no-area'] ?? 0));
    if (served !== 'gpu/acte-sup') expect(found.empty).toBe(expected.rejected['no-geometry'] ?? 0);
  });

  it('names geometry and row number as the producer does, and has true booleans', async () => {
    const path = written.path('gpu/extraction/wfs_du.municipality.gpkg');
    const { stdout: text } = await runTool('ogrinfo', ['-so', '-al', path]);
    expect(text).toContain('Geometry Column = the_geom');
    expect(text).toContain('FID Column = fid_extract');
    expect(text).toContain('is_rnu: Integer(Boolean)');
  });

  it('has a manifest whose MD5 are those of the files', () => {
    const manifest = readFileSync(written.path('gpu/extraction/download-latest.xml'), 'utf8');
    const entries = [
      ...manifest.matchAll(/<link href="[^"]*\/([^/"]+)"[^>]*>\s*<content type="text">(\w+)</g),
    ];
    expect(entries).toHaveLength(tables.length + 1);
    for (const [, name = '', md5] of entries) {
      const bytes = readFileSync(written.path('gpu/extraction', name));
      expect(createHash('md5').update(bytes).digest('hex')).toBe(md5);
    }
  });

  it('puts longitude first', () => {
    const dataset = gdal.open(written.path('gpu/extraction/wfs_du.zone_urba.gpkg'));
    const { minX, minY } = dataset.layers.get(0).getExtent();
    dataset.close();
    expect(minX).toBeLessThan(10);
    expect(minY).toBeGreaterThan(40);
  });
});

describe('deposits', () => {
  it('hold a PLU of shapefiles with altitudes, in Windows-1252', async () => {
    const source = 'gpu/depots/01004_PLU_20230615.zip';
    const { root, members } = await written.unpack(source);
    const zones = one(members, /01004_ZONE_URBA_20230615\.shp$/);
    expect(zones).toMatch(/^01004_PLU_20230615\/Donnees_geographiques\//);
    expect(readFileSync(join(root, zones.replace(/shp$/, 'cpg')), 'utf8')).toBe('1252');
    // œ is a letter of Windows-1252 that Latin-1 lacks.
    expect(
      readFileSync(join(root, zones.replace(/shp$/, 'dbf'))).includes(Buffer.from([0x63, 0x9c, 0x75, 0x72])),
    ).toBe(true);
    const found = open(join(root, zones));
    expect(found).toMatchObject({ count: written.expected('gpu/zone-urba', source).rows, invalid: 0 });
    const { layers } = gdal.open(join(root, zones));
    expect(layers.get(0).geomType).toBe(gdal.wkbPolygon25D);
  });

  it('hold a carte communale in MapInfo', () => {
    const source = 'gpu/depots/2A904_CC_20190322';
    const path = written.path(source, 'Donnees_geographiques/2A904_SECTEUR_CC_20190322.TAB');
    const expected = written.expected('gpu/secteur-cc', source);
    const found = open(path);
    expect(isSameCrs(found.srs, 2154)).toBe(true);
    expect(found).toMatchObject({ count: expected.rows, invalid: expected.invalid });
    expect(JSON.stringify(found.first)).toContain('Secteur ouvert à la construction');
  });

  it('hold a PLU in GML, in the CRS of La Réunion, with an empty layer', () => {
    const source = 'gpu/depots/97490_PLU_20210708';
    // GDAL writes a .gfs beside the GML it opens: open a copy.
    const copy = join(written.folder, 'zone.gml');
    writeFileSync(copy, readFileSync(written.path(source, 'ZONE_URBA.gml')));
    const found = open(copy);
    expect(isSameCrs(found.srs, 2975)).toBe(true);
    expect(found).toMatchObject({ count: written.expected('gpu/zone-urba', source).rows, invalid: 0 });
    const empty = readFileSync(written.path(source, 'INFO_LIN.gml'), 'utf8');
    expect(empty).toMatch(/numberReturned="0"\/>\n$/);
  });

  it('hold servitudes whose identifiers are whole in shapefiles and have decimals in tables', () => {
    const root = written.path('gpu/depots/130099923_PM3_69_20200115/Donnees_geographiques');
    const table = readFileSync(join(root, 'SERVITUDE_069.dbf'), 'latin1');
    expect(table).toContain('35.00');
    expect(open(join(root, 'PM3_GENERATEUR_SUP_S_069.shp')).first).toMatchObject({ IdSup: 35 });
    expect(readdirSync(root).filter((name) => name.endsWith('.cpg'))).toEqual([]);
  });

  it('hold servitudes in CSV with the geometry in WKT', () => {
    const source = 'gpu/depots/130099924_AS1_01_20180514';
    const found = open(written.path(source, 'AS1_ASSIETTE_SUP_S.csv'));
    expect(found).toMatchObject({
      count: written.expected('gpu/assiette-sup-s', source).rows,
      invalid: 0,
      empty: 0,
    });
    expect(found.fields).toContain('WKT');
  });
});
