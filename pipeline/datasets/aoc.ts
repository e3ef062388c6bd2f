/**
 * AOC: INAO's parcel delimitation of vineyards, all generations of its columns.
 * Open data hold the exact zones only (segment 1), not FranceAgriMer's communes.
 */
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { schema } from './columns.ts';
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
    // Not unique after mergers of communes, nor in INAO's own file.
    identifier: ['id_denom', 'insee', 'old_insee'],
    maxRepeats: 0.05,
    // Releases have lost appellations without a word.
    maxDrop: 0.01,
    keys: [],
    ids: null,
  },
];

/** FranceAgriMer's code of Sable de Camargue, the only appellation for which INAO must be asked. */
const SABLE_DE_CAMARGUE = '1022';

const CODE_INSEE = /^\d[\dAB]\d{3}$/;

/** What is no code INSEE is told, and kept as it came: `data/corrections/aoc.csv` is where it is put right. */
function codeInsee(row: Row, { note }: MemberContext, ...columns: string[]): string | null {
  const told = row.text(...columns);
  // A code of five digits that was kept as a number.
  const code = told !== null && /^\d{4}$/.test(told) ? `0${told}` : told;
  if (code !== told) note(`${columns.join('/')}: its leading zero given back`);
  if (code !== null && !CODE_INSEE.test(code)) note(`${columns.join('/')} is no code INSEE: "${code}"`);
  return code;
}

function properties(row: Row, context: MemberContext): Properties {
  const insee = codeInsee(row, context, 'insee', 'new_insee');
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
    old_insee: codeInsee(row, context, 'insee2011', 'old_insee'),
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

const SINCE_2020 = `dt type_prod categorie type_denom id_app:any app id_denom:any denom insee nomcom insee2011
  nomcom2011 id_aire:any crinao grp_name1 grp_name2`;
const TO_2019 = `type_ig id_app:any appellatio id_denom:any denominati new_insee new_nomcom old_insee old_nomcom
  crinao`;

const INAO = schema(
  {
    'INAO 2023': `${SINCE_2020} signe cvi`,
    'INAO 2020': `${SINCE_2020} type_ig`,
    'INAO 2019': `${TO_2019} type_prod categorie type_denom id_aire:any dt`,
    'INAO 2018': TO_2019,
  },
  'id:any',
);

/** FranceAgriMer's base of today is not open: https://apicarto.ign.fr says what its segments are. */
const SEGMENTS =
  'les lignes à l’échelle de la commune (segments 3 et 4 : AOC, IGP, VSIG) de FranceAgriMer, qui ne sont pas ouvertes';

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
        schema: INAO,
        missing: [],
        properties,
      },
    ],
    lacks: SEGMENTS,
  },
];
