/**
 * The parameters of API Carto that are not plain attributes: their forms, and what
 * each asks of a feature. Refuses nothing by itself; `parameters.ts` applies the forms.
 */
import { arrondissementsOf, parentOf } from './arrondissements.ts';
import type { Filter, Test } from './filter.ts';

export interface Parameter {
  /** Of the value in upper case. */
  readonly form: RegExp;
  /** The form in words, as a refusal says it. */
  readonly rule: string;
  /** The alternatives that `value` asks for. */
  readonly anyOf: (value: string) => Filter['anyOf'];
}

/** Codes as a caller gives them. */
export type CodesOf<P> = { readonly [name in keyof P]?: string | undefined };

const parameter = (form: RegExp, rule: string, anyOf: Parameter['anyOf']): Parameter => ({
  form,
  rule,
  anyOf,
});

const equal = (field: string, equals: string): Test => ({ field, equals });

const plain = (field: string, form: RegExp, rule: string): Parameter =>
  parameter(form, rule, (value) => [[equal(field, value)]]);

/** 96, 98, 99, 00 and 20 begin no commune of the cadastre: Corsica is 2A and 2B. */
const INSEE = /^(?!96|98|99|00|20)(\d{2}|2[AB])\d{3}$/;
const INSEE_RULE = 'an INSEE code of 5 characters, such as 21231, 2A004 or 97411';
const THREE = /^\d{3}$/;
const COM_RULE = 'the 3 digits after those of the département';

/** Two characters of département and three of commune, overseas too: 97 and 411. */
const communeTests = (code: string): Test[] => [
  equal('code_dep', code.slice(0, 2)),
  equal('code_com', code.slice(2)),
];

/** Of the layers whose features carry the commune in two parts. */
function communes(code: string): Test[][] {
  const parent = parentOf(code);
  const itself = communeTests(code);
  return parent === undefined
    ? [itself]
    : [itself, [...communeTests(parent), equal('code_arr', code.slice(2))]];
}

const codeDep = plain('code_dep', /^(\d{2}|2[AB])$/, 'exactly 2 characters, such as 21, 2A or, overseas, 97');

export const COMMUNE = {
  code_insee: parameter(INSEE, INSEE_RULE, (value) =>
    [value, ...arrondissementsOf(value)].map((code) => [equal('code_insee', code)]),
  ),
  code_dep: codeDep,
  code_com: parameter(THREE, COM_RULE, (value) => [[{ field: 'code_insee', endsWith: value }]]),
} satisfies Record<string, Parameter>;

/** Divisions and sheets. */
export const FEUILLE = {
  code_insee: parameter(INSEE, INSEE_RULE, communes),
  code_dep: codeDep,
  code_com: plain('code_com', THREE, COM_RULE),
  section: plain('section', /^[0-9A-Z]{2}$/, 'exactly 2 letters or digits, padded with 0: 0A'),
  code_arr: plain('code_arr', THREE, 'exactly 3 digits, such as 107'),
  com_abs: plain('com_abs', THREE, 'exactly 3 digits, 000 for most communes'),
} satisfies Record<string, Parameter>;

/** Parcels and localisants of BD Parcellaire. */
export const PARCELLE_BDP = {
  ...FEUILLE,
  numero: plain('numero', /^.{4}$/, 'exactly 4 characters, padded with 0: 0075'),
} satisfies Record<string, Parameter>;

export const PARCELLE = {
  ...PARCELLE_BDP,
  /** Its parts are what the index is kept by: an arrondissement's are its commune's. */
  idu: parameter(
    /^(\d{2}|2[AB])\d{6}[0-9A-Z]{2}.{4}$/,
    '14 characters: commune (5), com_abs (3), section (2), numero (4)',
    (value) =>
      communes(value.slice(0, 5)).map((commune) => [
        equal('idu', value),
        ...commune,
        equal('section', value.slice(8, 10)),
        equal('numero', value.slice(10)),
      ]),
  ),
} satisfies Record<string, Parameter>;

export const MUNICIPALITY = { insee: plain('insee', INSEE, INSEE_RULE) } satisfies Record<string, Parameter>;

/** Servitudes: the category is the type of the servitude, which the layer writes in lower case. */
export const SERVITUDE = {
  categorie: parameter(/^[0-9A-Z_]+$/, 'a category of servitude, such as AC1', (value) => [
    [equal('suptype', value.toLowerCase())],
  ]),
} satisfies Record<string, Parameter>;

/**
 * The département that codes name, as partitions are called: `21`, `2A`, `974`, or `97`
 * for all overseas; `null` when they name none.
 */
export function departementOf(codes: Readonly<Record<string, unknown>>): string | null {
  const { code_insee, idu, code_dep, code_com = '' } = codes as Record<string, string | undefined>;
  const code = (code_insee ?? idu ?? (code_dep === undefined ? '' : code_dep + code_com)).toUpperCase();
  return code === '' ? null : code.slice(0, code.startsWith('97') ? 3 : 2);
}
