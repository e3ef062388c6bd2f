import { describe, expect, it } from 'vitest';
import { layers } from './index.ts';

/** What API Carto's answers hold, route by route; `contains` and `area` are of the query, not of the data. */
const PARCELLE = 'numero feuille section code_dep nom_com code_com com_abs code_arr code_insee';
const FEUILLE = 'feuille section code_dep nom_com code_com com_abs echelle edition code_arr code_insee';
const COMMUNE = 'nom_com code_dep code_insee';
const DOCUMENT = 'gid gpu_doc_id gpu_status gpu_timestamp partition';
const NATURE = 'nature symbole';
const PRESCRIPTION = `${DOCUMENT} libelle txt typepsc stypepsc nomfic urlfic insee datappro datvalid idurba idpsc lib_idpsc ${NATURE}`;
const INFO = `${DOCUMENT} libelle txt typeinf stypeinf typep stypep nomfic urlfic insee idurba datvalid idinfo lib_idinfo ${NATURE}`;
const SUP = `${DOCUMENT} suptype fichier nomsuplitt nomreg urlreg`;
const ASSIETTE = `${SUP} idass idgen nomass typeass modegeoass paramcalc srcgeoass datesrcass h href`;
const GENERATEUR = `${SUP} idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext adresse type`;

const PROPERTIES: Readonly<Record<string, string>> = {
  'aoc/appellation-viticole': `appellation denomination idapp id_denom id_uni insee nomcom old_insee old_nomcom new_insee
    new_nomcom segment granularite instruction_obligatoire type_prod categorie type_denom signe id_aire crinao cvi
    grp_name1 grp_name2 dt`,
  'cadastre/commune': `gid ${COMMUNE}`,
  'cadastre/feuille': `gid ${FEUILLE}`,
  'cadastre/parcelle': `gid ${PARCELLE} idu contenance`,
  'cadastre/localisant': `gid ${PARCELLE} idu`,
  'cadastre/division': FEUILLE,
  'cadastre/commune-bdp': COMMUNE,
  'cadastre/parcelle-bdp': PARCELLE,
  'cadastre/localisant-bdp': PARCELLE,
  'gpu/municipality': 'insee name is_rnu is_deleted is_coastline',
  'gpu/document': `${DOCUMENT} id grid_name grid_title name du_type`,
  'gpu/zone-urba': `${DOCUMENT} libelle libelong typezone destdomi nomfic urlfic insee datappro datvalid idurba idzone
    lib_idzone formdomi destoui destcdt destnon symbole`,
  'gpu/secteur-cc': `${DOCUMENT} libelle libelong typesect fermreco destdomi nomfic urlfic insee datappro datvalid idurba
    lib_idzone symbole`,
  'gpu/prescription-pct': `${PRESCRIPTION} angle`,
  'gpu/prescription-lin': PRESCRIPTION,
  'gpu/prescription-surf': PRESCRIPTION,
  'gpu/info-pct': INFO,
  'gpu/info-lin': INFO,
  'gpu/info-surf': INFO,
  'gpu/acte-sup': `${DOCUMENT} idacte nomacte reference typeacte fichier decision datedecis datepub aplan`,
  'gpu/assiette-sup-p': ASSIETTE,
  'gpu/assiette-sup-l': ASSIETTE,
  'gpu/assiette-sup-s': `${ASSIETTE} angle1 angle2 rayon xdebut xfinal ydebut yfinal largeur`,
  'gpu/generateur-sup-p': `${GENERATEUR} tension`,
  'gpu/generateur-sup-l': `${GENERATEUR} tension diametre croisement type_gest type_voie`,
  'gpu/generateur-sup-s': `${GENERATEUR} id_gaspar code_alea croisement type_gest type_voie url_grisq url_grisk`,
};

const GEOMETRIES: Readonly<Record<string, string | null>> = {
  'cadastre/localisant': 'MultiPoint',
  'cadastre/localisant-bdp': 'MultiPoint',
  'gpu/prescription-pct': 'MultiPoint',
  'gpu/prescription-lin': 'MultiLineString',
  'gpu/info-pct': 'MultiPoint',
  'gpu/info-lin': 'MultiLineString',
  'gpu/acte-sup': null,
  'gpu/assiette-sup-p': 'MultiPoint',
  'gpu/assiette-sup-l': 'MultiLineString',
  'gpu/generateur-sup-p': 'MultiPoint',
  'gpu/generateur-sup-l': 'MultiLineString',
};

/** Columns that are no texts, wherever they stand. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ gid: 'integer', feuille: 'integer', contenance: 'integer', angle: 'integer', angle1: 'integer' },
  ...{ angle2: 'integer', rayon: 'integer', largeur: 'integer', paramcalc: 'integer', tension: 'integer' },
  ...{
    diametre: 'integer',
    h: 'number',
    xdebut: 'number',
    xfinal: 'number',
    ydebut: 'number',
    yfinal: 'number',
  },
  ...{
    is_rnu: 'boolean',
    is_deleted: 'boolean',
    is_coastline: 'boolean',
    instruction_obligatoire: 'boolean',
  },
};

describe('the layers', () => {
  it('are the routes of API Carto, and BD Parcellaire’s variants', () => {
    expect(layers.map(({ name }) => name).sort()).toEqual(Object.keys(PROPERTIES).sort());
  });

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s has the properties of API Carto',
    (name, layer) => {
      const expected = (PROPERTIES[name] ?? '').trim().split(/\s+/).sort();
      expect(layer.fields.map((field) => field.name).sort()).toEqual(expected);
      for (const field of layer.fields) {
        // Divisions date from when an edition was a number.
        const known =
          name === 'cadastre/division' && field.name === 'edition' ? 'integer' : TYPES[field.name];
        expect(field.type, field.name).toBe(known ?? 'string');
      }
    },
  );

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s has its geometry and identifier',
    (name, layer) => {
      expect(layer.geometry).toBe(name in GEOMETRIES ? GEOMETRIES[name] : 'MultiPolygon');
      expect(layer.geometryName).toBe(layer.module === 'gpu' ? 'the_geom' : 'geom');
      expect(layer.module).toBe(name.split('/')[0]);
      const names = layer.fields.map((field) => field.name);
      expect(layer.identifier.filter((property) => !names.includes(property))).toEqual([]);
    },
  );

  it.each(layers.map((layer) => [layer.name, layer] as const))(
    '%s is ordered and looked up by texts of its own',
    (_, layer) => {
      const texts = layer.fields.filter(({ type }) => type === 'string').map(({ name }) => name);
      const named = [...layer.keys, ...(layer.ids ?? [])];
      expect(named.filter((property) => !texts.includes(property))).toEqual([]);
    },
  );

  it('are looked up by what names one feature or a few', () => {
    const looked = layers.flatMap(({ name, ids }) => (ids === null ? [] : [[name, ids.join(' ')]]));
    expect(Object.fromEntries(looked)).toEqual({
      'cadastre/commune': 'code_insee',
      'cadastre/parcelle': 'code_dep code_com section numero',
      'cadastre/localisant': 'code_dep code_com section numero',
      'cadastre/commune-bdp': 'code_insee',
      'cadastre/parcelle-bdp': 'code_dep code_com section numero',
      'cadastre/localisant-bdp': 'code_dep code_com section numero',
      'gpu/municipality': 'insee',
      'gpu/document': 'partition',
    });
  });
});
