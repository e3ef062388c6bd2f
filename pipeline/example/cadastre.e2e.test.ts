/** The cadastre and its neighbours, opened as their readers open them: IGN, Etalab, INAO, La Poste. */
import gdal from 'gdal-async';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BDP, PCI } from './cadastre-schemas.ts';
import { CURRENT, OLD } from './inao-schemas.ts';
import { namesOf } from './fields.ts';
import { isSameCrs, one, open, Written } from './testing/written.ts';

let written: Written;

beforeAll(async () => {
  written = await Written.write();
});

afterAll(() => {
  written.remove();
});

describe('INAO', () => {
  it.each([
    ['aoc/2026-03-01-delim-parcellaire-aoc-shp.zip', '2026-03-01_delim-parcellaire-aoc-shp', CURRENT],
    ['aoc/delimitation_inao_EPSG2154.zip', 'delimitation_parcellaire_aoc_viticoles_inao', OLD],
  ])('%s holds one shapefile in Lambert-93, as expected', async (source, stem, fields) => {
    const { root, members } = await written.unpack(source);
    expect(members).toEqual(['cpg', 'dbf', 'prj', 'shp', 'shx'].map((extension) => `${stem}.${extension}`));
    const prj = readFileSync(join(root, `${stem}.prj`), 'utf8');
    expect(prj).not.toMatch(/AUTHORITY|EPSG/);
    const expected = written.expected('aoc/appellation-viticole', source);
    const found = open(join(root, `${stem}.shp`));
    expect(isSameCrs(found.srs, 2154)).toBe(true);
    expect(found).toMatchObject({ count: expected.rows, fields: namesOf(fields), invalid: expected.invalid });
    expect(found.empty).toBe(expected.rejected['no-geometry'] ?? 0);
  });

  it('holds a delimitation of more than a megabyte of vertices', async () => {
    const { root, members } = await written.unpack('aoc/2026-03-01-delim-parcellaire-aoc-shp.zip');
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
    const { root, members } = await written.unpack(source);
    const tree = new RegExp(
      `^PARCELLAIRE-EXPRESS_1-1__SHP_${zone}_2026-03-01/PARCELLAIRE-EXPRESS/1_DONNEES_LIVRAISON_[-\\d]+/PEPCI_1-1_SHP_${zone}/[A-Z_]+\\.(SHP|SHX|DBF|PRJ|CPG)$`,
    );
    for (const member of members) expect(member).toMatch(tree);
    expect(members.some((member) => member.endsWith('/ARRONDISSEMENT.SHP'))).toBe(departement === '69');
    for (const layer of ['COMMUNE', 'FEUILLE', 'LOCALISANT', 'PARCELLE'] as const) {
      const expected = written.expected(`cadastre/${layer.toLowerCase()}`, source);
      const found = open(join(root, one(members, new RegExp(`/${layer}\\.SHP$`))));
      expect(isSameCrs(found.srs, epsg)).toBe(true);
      expect(found).toMatchObject({
        count: expected.rows,
        fields: namesOf(PCI[layer]),
        invalid: expected.invalid,
      });
      if (layer === 'PARCELLE') expect(found.first['IDU']).toMatch(new RegExp(`^${codeInsee}000\\w{6}$`));
    }
  });

  it('has localisants where a sheet is an image, and no parcelle there', async () => {
    const { root, members } = await written.unpack(
      'cadastre/PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01.7z',
    );
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
    const { root, members } = await written.unpack(
      'cadastre/PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D069_2026-03-01.7z',
    );
    const { first } = open(join(root, one(members, /\/PARCELLE\.SHP$/)));
    expect(first).toMatchObject({ CODE_DEP: '69', CODE_COM: '123', CODE_ARR: '381', NOM_COM: 'Deux-Rives' });
  });
});

describe('BD Parcellaire', () => {
  it('is Latin-1 without a .cpg', async () => {
    const source = 'cadastre/BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D021_2017-03-03.7z';
    const { root, members } = await written.unpack(source);
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
      expect(found.fields).toEqual(namesOf(BDP[layer]));
      expect(found.count).toBe(written.expected(`cadastre/${served}`, source).rows);
    }
  });
});

describe("Etalab's cadastre", () => {
  it('has sections and numbers without leading zeros', () => {
    const source = 'cadastre/etalab-cadastre/2026-03-01/geojson/communes/01/01004';
    const bytes = readFileSync(written.path(source, 'cadastre-01004-parcelles.json.gz'));
    const { features } = JSON.parse(gunzipSync(bytes).toString()) as {
      features: { id: string; properties: Record<string, string> }[];
    };
    expect(features).toHaveLength(written.expected('cadastre/parcelle', source).rows);
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
    const current = readFileSync(written.path('codes-postaux/019HexaSmal.csv'));
    expect(current.toString('latin1')).toMatch(/^#Code_commune_INSEE;.*;Libellé_d_acheminement;Ligne_5\r\n/);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(current)).toThrow();
    const old = readFileSync(written.path('codes-postaux/laposte_hexasmal.csv'), 'utf8');
    expect(old).toMatch(/^Code_commune_INSEE;Nom_commune;.*;coordonnees_gps\n01004;RIVE D ALBINE;/);
    expect(old).not.toContain('\r');
  });
});
