/**
 * IGN's shapefiles of the cadastre, Parcellaire Express and BD Parcellaire: codes in their
 * full width, arrondissements under their parent. Rejects a row of another département than
 * the one that its source is said to cover.
 */
import { Reject } from '../normalise/reject.ts';
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { schema, type Schema } from './columns.ts';
import { cadastralCommune, type CadastralCommune } from './communes.ts';
import { assertDepartement } from './departement.ts';
import type { MemberContext, MemberRule } from './dataset.ts';

/** A code that must be there, in its full width. */
function code(row: Row, column: string, width: number): string {
  return row.required(column).padStart(width, '0');
}

/**
 * The code INSEE in five characters, of an arrondissement too. Overseas `97` and `410`, or `974`
 * and `10`, or `974` and `410`: the département is said once, by two or three digits.
 */
function codeInseeOf(row: Row): string {
  const codeDep = code(row, 'code_dep', 2);
  const rest = row.text('code_com');
  if (rest === null) {
    const whole = row.text('code_insee');
    if (whole === null) throw new Reject('no code_com');
    return whole;
  }
  const codeCom = rest.padStart(3, '0');
  return codeDep.length === 3 ? codeDep.slice(0, 2) + codeDep.slice(2) + codeCom.slice(1) : codeDep + codeCom;
}

/** What parcels, sheets and localisants of IGN's products share. */
function placed(row: Row, context: MemberContext): CadastralCommune & Record<string, Properties[string]> {
  const codeInsee = codeInseeOf(row);
  assertDepartement(codeInsee, context.source);
  const commune = cadastralCommune(codeInsee);
  const codeArr = row.text('code_arr')?.padStart(3, '0') ?? '000';
  return {
    ...commune,
    gid: row.integer('gid'),
    feuille: row.integer('feuille'),
    section: code(row, 'section', 2),
    nom_com: row.text('nom_com') ?? commune.nom_com,
    com_abs: row.text('com_abs')?.padStart(3, '0') ?? '000',
    code_arr: codeArr === '000' ? commune.code_arr : codeArr,
  };
}

const IDU_LENGTH = 14;

/** `dep + com + com_abs + section + numero`; arrondissements stand in place of their parent. */
function iduOf(row: Row, place: ReturnType<typeof placed>, numero: string): string {
  const told = row.text('idu');
  if (told !== null && told.length !== IDU_LENGTH) {
    throw new Reject(`IDU of ${IDU_LENGTH} characters expected, found "${told}"`);
  }
  const commune = place.code_arr === '000' ? place.code_com : place.code_arr;
  const parts = [place.code_dep, commune, place['com_abs'], place['section'], numero];
  return told ?? parts.map(String).join('');
}

function parcelle(row: Row, context: MemberContext): Properties {
  const place = placed(row, context);
  const numero = code(row, 'numero', 4);
  return { ...place, numero, idu: iduOf(row, place, numero), contenance: row.integer('contenance') };
}

function feuille(row: Row, context: MemberContext): Properties {
  return { ...placed(row, context), echelle: row.text('echelle'), edition: row.isoDate('edition') };
}

/** Arrondissements as they are: this layer has them and not their parent. */
function commune(row: Row, context: MemberContext): Properties {
  const codeInsee = row.text('code_insee') ?? codeInseeOf(row);
  assertDepartement(codeInsee, context.source);
  const codeDep = codeInsee.slice(0, 2);
  return { gid: row.integer('gid'), nom_com: row.text('nom_com'), code_dep: codeDep, code_insee: codeInsee };
}

function division(row: Row, context: MemberContext): Properties {
  return { ...placed(row, context), echelle: row.text('echelle'), edition: row.integer('edition') };
}

const PLACE = [['code_dep'], ['code_com'], ['section'], ['feuille']];

const SHEET = 'feuille:number section code_dep nom_com code_com com_abs code_arr';

/** Some deliveries have what the WFS adds. */
const ADDED = 'gid:number code_insee';

const SCHEMAS = {
  express: {
    COMMUNE: schema({ 'Parcellaire Express 1.1': 'nom_com code_dep code_insee' }, 'gid:number code_com'),
    FEUILLE: schema({ 'Parcellaire Express 1.1': `${SHEET} echelle:any edition:any` }, ADDED),
    PARCELLE: schema(
      {
        'Parcellaire Express, depuis octobre 2022': `${SHEET} numero idu contenance:number`,
        'Parcellaire Express 1.0': `${SHEET} numero idu`,
      },
      ADDED,
    ),
    LOCALISANT: schema({ 'Parcellaire Express 1.1': `${SHEET} numero idu` }, ADDED),
  },
  bdp: {
    COMMUNE: schema({ 'BD Parcellaire 1.2': 'nom_com code_dep' }, 'code_insee code_com'),
    DIVCAD: schema({ 'BD Parcellaire 1.2': `${SHEET} echelle:any edition:number` }, ADDED),
    PARCELLE: schema({ 'BD Parcellaire 1.2': `${SHEET} numero` }, ADDED),
    LOCALISANT: schema({ 'BD Parcellaire 1.2': `${SHEET} numero` }, ADDED),
  },
} as const satisfies Record<string, Record<string, Schema>>;

interface Theme {
  readonly theme: string;
  readonly layer: string;
  readonly schema: Schema;
  readonly properties: MemberRule['properties'];
  /** Fields that the WFS gives and the files do not. */
  readonly missing: readonly string[];
}

function rule({ theme, layer, properties, ...rest }: Theme): MemberRule {
  const isCommune = theme === 'COMMUNE';
  const numbered = theme === 'PARCELLE' || theme === 'LOCALISANT' ? [['numero']] : [];
  return {
    layer: `cadastre/${layer}`,
    member: new RegExp(`^${theme}\\.shp$`, 'i'),
    required: isCommune ? [['nom_com'], ['code_dep']] : [...PLACE, ...numbered],
    properties,
    ...rest,
  };
}

const { express, bdp } = SCHEMAS;
const missing = ['gid'];

export const parcellaireExpressRules: readonly MemberRule[] = [
  rule({ theme: 'COMMUNE', layer: 'commune', schema: express.COMMUNE, properties: commune, missing }),
  rule({ theme: 'FEUILLE', layer: 'feuille', schema: express.FEUILLE, properties: feuille, missing }),
  rule({ theme: 'PARCELLE', layer: 'parcelle', schema: express.PARCELLE, properties: parcelle, missing }),
  rule({
    theme: 'LOCALISANT',
    layer: 'localisant',
    schema: express.LOCALISANT,
    properties: parcelle,
    missing,
  }),
];

export const bdParcellaireRules: readonly MemberRule[] = [
  rule({ theme: 'COMMUNE', layer: 'commune-bdp', schema: bdp.COMMUNE, properties: commune, missing: [] }),
  rule({ theme: 'DIVCAD', layer: 'division', schema: bdp.DIVCAD, properties: division, missing: [] }),
  rule({ theme: 'PARCELLE', layer: 'parcelle-bdp', schema: bdp.PARCELLE, properties: parcelle, missing: [] }),
  rule({
    theme: 'LOCALISANT',
    layer: 'localisant-bdp',
    schema: bdp.LOCALISANT,
    properties: parcelle,
    missing: [],
  }),
];
