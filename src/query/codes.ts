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

const equal = (field: string, equals: string): Test => ({ field, equals });

function plain(field: string, form: RegExp, rule: string): Parameter {
  return { form, rule, anyOf: (value) => [[equal(field, value)]] };
}

/** 96, 98, 99, 00 and 20 begin no commune of the cadastre: Corsica is 2A and 2B. */
const CODE_INSEE = {
  form: /^(?!96|98|99|00|20)(\d{2}|2[AB])\d{3}$/,
  rule: 'an INSEE code of 5 characters, such as 21231, 2A004 or 97411',
};

/** Two characters of département and three of commune, overseas too: 97 and 411. */
function codeInseeTests(codeInsee: string): Test[] {
  return [equal('code_dep', codeInsee.slice(0, 2)), equal('code_com', codeInsee.slice(2))];
}

/** Of the layers whose features carry the commune in two parts. */
const codeInsee: Parameter = {
  ...CODE_INSEE,
  anyOf: (value) => {
    const parent = parentOf(value);
    const itself = codeInseeTests(value);
    if (parent === undefined) return [itself];
    return [itself, [...codeInseeTests(parent), equal('code_arr', value.slice(2))]];
  },
};

const codeInseeOfCommune: Parameter = {
  ...CODE_INSEE,
  anyOf: (value) => [value, ...arrondissementsOf(value)].map((code) => [equal('code_insee', code)]),
};

const CODE_COM = { form: /^\d{3}$/, rule: 'the 3 digits after those of the département' };

const codeComOfCommune: Parameter = {
  ...CODE_COM,
  anyOf: (value) => [[{ field: 'code_insee', endsWith: value }]],
};

const codeDep = plain('code_dep', /^(\d{2}|2[AB])$/, 'exactly 2 characters, such as 21, 2A or, overseas, 97');

export const COMMUNE = {
  code_insee: codeInseeOfCommune,
  code_dep: codeDep,
  code_com: codeComOfCommune,
} satisfies Record<string, Parameter>;

/** Divisions and sheets. */
export const FEUILLE = {
  code_insee: codeInsee,
  code_dep: codeDep,
  code_com: plain('code_com', CODE_COM.form, CODE_COM.rule),
  section: plain('section', /^[0-9A-Z]{2}$/, 'exactly 2 letters or digits, padded with 0: 0A'),
  code_arr: plain('code_arr', /^\d{3}$/, 'exactly 3 digits, such as 107'),
  com_abs: plain('com_abs', /^\d{3}$/, 'exactly 3 digits, 000 for most communes'),
} satisfies Record<string, Parameter>;

/** Parcels and localisants of BD Parcellaire. */
export const PARCELLE_BDP = {
  ...FEUILLE,
  numero: plain('numero', /^.{4}$/, 'exactly 4 characters, padded with 0: 0075'),
} satisfies Record<string, Parameter>;

/** The parts of an `idu` are what the index is kept by: an arrondissement's are its commune's. */
const idu: Parameter = {
  form: /^(\d{2}|2[AB])\d{6}[0-9A-Z]{2}.{4}$/,
  rule: '14 characters: commune (5), com_abs (3), section (2), numero (4)',
  anyOf: (value) =>
    codeInsee
      .anyOf(value.slice(0, 5))
      .map((commune) => [
        equal('idu', value),
        ...commune,
        equal('section', value.slice(8, 10)),
        equal('numero', value.slice(10)),
      ]),
};

export const PARCELLE = { ...PARCELLE_BDP, idu } satisfies Record<string, Parameter>;

export const MUNICIPALITY = {
  insee: plain('insee', CODE_INSEE.form, CODE_INSEE.rule),
} satisfies Record<string, Parameter>;

/** Servitudes: the category is the type of the servitude, which the layer writes in lower case. */
export const SERVITUDE = {
  categorie: {
    form: /^[0-9A-Z_]+$/,
    rule: 'a category of servitude, such as AC1',
    anyOf: (value: string) => [[equal('suptype', value.toLowerCase())]],
  },
} satisfies Record<string, Parameter>;

/**
 * The département that codes name, as partitions are called: `21`, `2A`, `974`, or `97`
 * for all overseas; `null` when they name none.
 */
export function departementOf(codes: Readonly<Record<string, unknown>>): string | null {
  const { code_insee, idu: id, code_dep, code_com = '' } = codes as Record<string, string | undefined>;
  const code = (code_insee ?? id ?? (code_dep === undefined ? '' : code_dep + code_com)).toUpperCase();
  return code === '' ? null : code.slice(0, code.startsWith('97') ? 3 : 2);
}
