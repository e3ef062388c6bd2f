/**
 * AOC: INAO's parcel delimitation of vineyards, both generations of its columns.
 * Open data hold the exact zones only (segment 1), not FranceAgriMer's communes.
 */
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { fields, LICENCE_OUVERTE, type FormatSpec, type LayerSpec, type MemberContext } from './dataset.ts';

export const aocLayers: readonly LayerSpec[] = [
  {
    name: 'aoc/appellation-viticole',
    module: 'aoc',
    title: 'Appellations viticoles : délimitation parcellaire des AOC (INAO)',
    geometry: 'MultiPolygon',
    geometryName: 'geom',
    fields: fields(`appellation denomination idapp id_denom id_uni insee nomcom old_insee old_nomcom
      new_insee new_nomcom segment granularite instruction_obligatoire:boolean type_prod categorie
      type_denom signe id_aire crinao cvi grp_name1 grp_name2 dt`),
    identifier: ['id_denom', 'insee'],
    keys: [],
    ids: null,
  },
];

/** FranceAgriMer's code of Sable de Camargue, the only appellation for which INAO must be asked. */
const SABLE_DE_CAMARGUE = '1022';

/** The literal `ok` stands where a checker left it instead of a code. */
function codeInsee(row: Row, ...columns: string[]): string | null {
  const code = row.text(...columns);
  return code?.toLowerCase() === 'ok' ? null : code;
}

/** The commune of today and of 2011; each stands in for the other where it is missing. */
function communes(row: Row, { note }: MemberContext): { insee: string | null; oldInsee: string | null } {
  const today = codeInsee(row, 'insee', 'new_insee');
  const of2011 = codeInsee(row, 'insee2011', 'old_insee');
  if (today === null && of2011 !== null) note('no usable insee: the one of 2011 taken');
  if (of2011 === null && today !== null) note('no usable insee2011: the one of today taken');
  const insee = today ?? of2011;
  if (insee?.includes(',') === true) note('several codes in insee: kept as they are');
  return { insee, oldInsee: of2011 ?? today };
}

function properties(row: Row, context: MemberContext): Properties {
  const { insee, oldInsee } = communes(row, context);
  const idapp = row.text('id_app');
  const nomcom = row.text('nomcom', 'new_nomcom');
  return {
    appellation: row.text('app', 'appellatio'),
    denomination: row.text('denom', 'denominati'),
    idapp,
    id_denom: row.text('id_denom'),
    id_uni: `1-${idapp ?? ''}-${insee ?? ''}`,
    insee,
    nomcom,
    old_insee: oldInsee,
    old_nomcom: row.text('nomcom2011', 'old_nomcom'),
    new_insee: insee,
    new_nomcom: nomcom,
    segment: '1',
    granularite: 'exacte',
    instruction_obligatoire: idapp === SABLE_DE_CAMARGUE,
    type_prod: row.text('type_prod'),
    categorie: row.text('categorie'),
    type_denom: row.text('type_denom'),
    signe: row.text('signe', 'type_ig'),
    id_aire: row.text('id_aire'),
    crinao: row.text('crinao'),
    cvi: row.text('cvi'),
    grp_name1: row.text('grp_name1'),
    grp_name2: row.text('grp_name2'),
    dt: row.text('dt'),
  };
}

export const aocFormats: readonly FormatSpec[] = [
  {
    format: 'inao',
    provenance: {
      producer: "INAO (Institut national de l'origine et de la qualité)",
      licence: LICENCE_OUVERTE,
      attribution: 'INAO – Délimitation parcellaire des AOC viticoles',
    },
    // No AOC vineyard lies overseas.
    bounds: () => 'FXX',
    partition: () => 'france',
    covers: 'bounds',
    members: 'one',
    rules: [
      {
        layer: 'aoc/appellation-viticole',
        member: /\.(shp|geojson)$/i,
        required: [
          ['app', 'appellatio'],
          ['denom', 'denominati'],
          ['id_app'],
          ['id_denom'],
          ['insee', 'new_insee'],
        ],
        properties,
      },
    ],
  },
];
