/**
 * EDIGEO, the exchange format of DGFiP's cadastral plan: one archive a sheet. Its
 * identifiers start at the commune; the département comes from the source entry.
 */
import type { Row } from '../normalise/row.ts';
import { Reject } from '../normalise/reject.ts';
import type { Properties } from '../pack/properties.ts';
import { schema } from './columns.ts';
import { cadastralCommune } from './communes.ts';
import { codeDepOf } from './departement.ts';
import type { MemberContext, MemberRule } from './dataset.ts';

/** `354 000 AK 0231` (a parcel), `354 000 AK 01` (a sheet) or `354` (a commune). */
interface Idu {
  readonly codeInsee: string;
  readonly comAbs: string;
  readonly section: string;
  readonly numero: string;
}

function parseIdu(row: Row, { source }: MemberContext, length: number): Idu {
  const idu = row.text('idu') ?? '';
  if (idu.length !== length) throw new Reject(`IDU of ${length} characters expected, found "${idu}"`);
  return {
    codeInsee: codeDepOf(source) + idu.slice(0, 3),
    comAbs: idu.slice(3, 6),
    section: idu.slice(6, 8),
    numero: idu.slice(8),
  };
}

/** The sheet's number ends the name of its exchange file: `E000AK01.THF`. */
function sheetNumber(member: string): number | null {
  const digits = /(\d{2})\.thf$/i.exec(member)?.[1];
  return digits === undefined ? null : Number(digits);
}

function parcelle(row: Row, context: MemberContext): Properties {
  const idu = parseIdu(row, context, 12);
  const commune = cadastralCommune(idu.codeInsee);
  return {
    ...commune,
    com_abs: idu.comAbs,
    section: idu.section,
    numero: idu.numero,
    feuille: sheetNumber(context.member),
    idu: idu.codeInsee + idu.comAbs + idu.section + idu.numero,
    contenance: row.integer('supf'),
  };
}

function feuille(row: Row, context: MemberContext): Properties {
  const idu = parseIdu(row, context, 10);
  return {
    ...cadastralCommune(idu.codeInsee),
    com_abs: idu.comAbs,
    section: idu.section,
    feuille: Number(idu.numero),
    echelle: row.text('eor'),
    edition: row.isoDate('update_date'),
  };
}

function commune(row: Row, context: MemberContext): Properties {
  const { codeInsee } = parseIdu(row, context, 3);
  return {
    nom_com: cadastralCommune(codeInsee).nom_com ?? row.text('tex2'),
    code_dep: codeInsee.slice(0, 2),
    code_insee: codeInsee,
  };
}

const OBJECT = 'object_rid idu creat_date:any update_date:any';

const SCHEMAS = {
  COMMUNE: schema({ 'PCI vecteur': `${OBJECT} tex2` }),
  SUBDSECT: schema(
    { 'PCI vecteur': `${OBJECT} eor:any` },
    'copl:any dedi:any dis:any dred:any icl:any inp:any qupl:any',
  ),
  PARCELLE: schema({ 'PCI vecteur': `${OBJECT} supf:number` }, 'coar:any indp:any tex'),
};

function rule(layer: string, object: keyof typeof SCHEMAS, properties: MemberRule['properties']): MemberRule {
  return {
    layer: `cadastre/${layer}`,
    member: /\.thf$/i,
    inner: new RegExp(`^${object}_id$`, 'i'),
    required: [['idu']],
    schema: SCHEMAS[object],
    missing: ['gid'],
    properties,
  };
}

export const edigeoRules: readonly MemberRule[] = [
  rule('commune', 'COMMUNE', commune),
  rule('feuille', 'SUBDSECT', feuille),
  rule('parcelle', 'PARCELLE', parcelle),
];
