import { describe, expect, it } from 'vitest';
import type { Source } from '../sources/sources-file.ts';
import type { MemberRule } from './dataset.ts';
import { findFormat, findLayer } from './index.ts';

type Format = Source['format'];

function rulesOf(format: Format): readonly MemberRule[] {
  const spec = findFormat({ format } as Source);
  if (spec === null) throw new Error(`${format} has no rules`);
  return spec.rules;
}

/** The layers that a member of this name feeds. */
function layersOf(format: Format, member: string): string[] {
  return rulesOf(format)
    .filter((rule) => rule.member.test(member))
    .map((rule) => rule.layer);
}

describe('members are recognised by name', () => {
  it.each<[Format, string, string[]]>([
    ['inao', '2026-09-21_delim-parcellaire-aoc-shp.shp', ['aoc/appellation-viticole']],
    ['inao', '00564.geojson', ['aoc/appellation-viticole']],
    ['inao', 'lisez-moi.csv', []],
    ['parcellaire-express', 'PARCELLE.SHP', ['cadastre/parcelle']],
    ['parcellaire-express', 'FEUILLE.shp', ['cadastre/feuille']],
    ['parcellaire-express', 'COMMUNE.SHP', ['cadastre/commune']],
    ['parcellaire-express', 'LOCALISANT.SHP', ['cadastre/localisant']],
    ['parcellaire-express', 'BORNE_PARCELLE.DBF', []],
    ['parcellaire-express', 'BATIMENT.SHP', []],
    ['parcellaire-express', 'SUBDIVISION_FISCALE.SHP', []],
    ['bd-parcellaire', 'PARCELLE.SHP', ['cadastre/parcelle-bdp']],
    ['bd-parcellaire', 'DIVCAD.SHP', ['cadastre/division']],
    ['bd-parcellaire', 'COMMUNE.SHP', ['cadastre/commune-bdp']],
    ['bd-parcellaire', 'ARRONDISSEMENT.SHP', []],
    ['etalab', 'cadastre-73253-parcelles.2019.json.gz', ['cadastre/parcelle']],
    ['etalab', 'cadastre-2A-parcelles.json', ['cadastre/parcelle']],
    ['etalab', 'cadastre-73253-feuilles.json.gz', ['cadastre/feuille']],
    ['etalab', 'cadastre-21-communes.json.gz', ['cadastre/commune']],
    ['etalab', 'pci-72181-commune.json.gz', ['cadastre/commune']],
    ['etalab', 'cadastre-73253-sections.json.gz', []],
    ['etalab', 'cadastre-21-prefixes_sections.json.gz', []],
    ['edigeo', 'E000AK01.THF', ['cadastre/commune', 'cadastre/feuille', 'cadastre/parcelle']],
    ['extraction', 'wfs_du.zone_urba.gpkg', ['gpu/zone-urba']],
    ['extraction', 'wfs_sup.assiette_sup_s.gpkg', ['gpu/assiette-sup-s']],
    ['extraction', 'wfs_du.municipality.gpkg', ['gpu/municipality']],
    ['extraction', 'wfs_sup.servitude_acte_sup.gpkg', []],
    ['extraction', 'wfs_du.doc_urba.gpkg', []],
    ['extraction', 'wfs_du.habillage_surf.gpkg', []],
    ['extraction', 'wfs_scot.perimetre_scot.gpkg', []],
    ['extraction', 'schema_20260829.zone_urba.gpkg', ['gpu/zone-urba']],
    ['extraction', 'ZONE_URBA.gpkg', ['gpu/zone-urba']],
    ['extraction', 'wfs_du.old_zone_urba.gpkg', []],
    ['cnig', 'ZONE_URBA.shp', ['gpu/zone-urba']],
    ['cnig', '30014_ZONE_URBA_20171013.shp', ['gpu/zone-urba']],
    ['cnig', 'ZONE_URBA_41003.TAB', ['gpu/zone-urba']],
    ['cnig', 'zone_urba.gml', ['gpu/zone-urba']],
    ['cnig', '30014_PRESCRIPTION_SURF_20171013.shp', ['gpu/prescription-surf']],
    ['cnig', 'PRESCRIPTION_PCT.tab', ['gpu/prescription-pct']],
    ['cnig', 'INFO_LIN.gml', ['gpu/info-lin']],
    ['cnig', '19182_SECTEUR_CC_20150517.TAB', ['gpu/secteur-cc']],
    ['cnig', 'ACTE_SUP.latin1.dbf', ['gpu/acte-sup']],
    ['cnig', 'ACTE_SUP_028.dbf', ['gpu/acte-sup']],
    ['cnig', 'AC1_ACTE_SUP.dbf', ['gpu/acte-sup']],
    ['cnig', 'PM3_ASSIETTE_SUP_S_028.shp', ['gpu/assiette-sup-s']],
    ['cnig', 'AS1_GENERATEUR_SUP_P.csv', ['gpu/generateur-sup-p']],
    ['cnig', 'SERVITUDE_ACTE_SUP_028.dbf', []],
    ['cnig', 'AC1_SERVITUDE_ACTE_SUP.dbf', []],
    ['cnig', 'SERVITUDE_ACTE_SUP.csv', []],
    ['cnig', 'SERVITUDE_041.TAB', []],
    ['cnig', 'AC1_GESTIONNAIRE_SUP.dbf', []],
    ['cnig', '30014_DOC_URBA_COM_20171013.DBF', []],
    ['cnig', 'HABILLAGE_SURF.shp', []],
    ['cnig', '200078244_PERIMETRE_SCOT_20180218.shp', []],
    ['cnig', '30014_titres_pieces_ecrites_20171013.csv', []],
    ['cnig', 'ZONE_URBA.pdf', []],
    ['cnig', 'ZONE_URBANISEE.shp', []],
    ['cnig', 'BIZONE_URBA.shp', []],
  ])('%s: %s', (format, member, expected) => {
    expect(layersOf(format, member)).toEqual(expected);
  });

  it('every rule feeds a layer that exists', () => {
    const formats: Format[] = [
      'inao',
      'parcellaire-express',
      'bd-parcellaire',
      'etalab',
      'edigeo',
      'extraction',
      'cnig',
    ];
    for (const rule of formats.flatMap((format) => rulesOf(format))) {
      expect(findLayer(rule.layer)?.name).toBe(rule.layer);
    }
  });
});
