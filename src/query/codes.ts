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
  /** The alternatives that `value` asks for; without it, the field of the same name equals it. */
  readonly anyOf?: ((value: string) => Filter['anyOf']) | undefined;
}

/** Codes as a caller gives them. */
export type CodesOf<P> = { readonly [name in keyof P]?: string | undefined };

const code = (form: RegExp, rule: string, anyOf?: Parameter['anyOf']): Parameter => ({ form, rule, anyOf });

/** Tests that fields equal `values`. */
const equal = (values: Readonly<Record<string, string>>): Test[] =>
  Object.entries(values).map(([field, equals]) => ({ field, equals }));

/** 96, 98, 99, 00 and 20 begin no commune of the cadastre: Corsica is 2A and 2B. */
const insee = code(/^(?!9[689]|[02]0)(\d\d|2[AB])\d{3}$/, 'an INSEE code of 5 characters, such as 2A004');

/** Two characters of département and three of commune, overseas too: 97 and 411. */
const parts = (code: string): { code_dep: string; code_com: string } => ({
  code_dep: code.slice(0, 2),
  code_com: code.slice(2),
});

/** Of the layers whose features carry the commune in two parts. */
function communes(code: string): Test[][] {
  const parent = parentOf(code);
  const itself = parts(code);
  const all = [itself, ...(parent ? [{ ...parts(parent), code_arr: itself.code_com }] : [])];
  return all.map(equal);
}

const code_dep = code(/^(\d\d|2[AB])$/, 'exactly 2 characters, such as 2A; 97 overseas');
const code_com = code(/^\d{3}$/, 'the 3 digits after those of the département');

export const COMMUNE = {
  code_insee: {
    ...insee,
    anyOf: (value) => [value, ...arrondissementsOf(value)].map((code_insee) => equal({ code_insee })),
  },
  code_dep,
  code_com: { ...code_com, anyOf: (value) => [[{ field: 'code_insee', endsWith: value }]] },
} satisfies Record<string, Parameter>;

const THREE = code(/^\d{3}$/, 'exactly 3 digits');

/** Divisions and sheets. */
export const FEUILLE = {
  code_insee: { ...insee, anyOf: (value) => communes(value) },
  code_dep,
  code_com,
  section: code(/^[0-9A-Z]{2}$/, 'exactly 2 letters or digits, padded with 0: 0A'),
  code_arr: THREE,
  com_abs: THREE,
} satisfies Record<string, Parameter>;

/** Parcels and localisants of BD Parcellaire. */
export const PARCELLE_BDP = {
  ...FEUILLE,
  numero: code(/^.{4}$/, 'exactly 4 characters, padded with 0: 0075'),
} satisfies Record<string, Parameter>;

export const PARCELLE = {
  ...PARCELLE_BDP,
  idu: code(
    /^(\d\d|2[AB])\d{6}[0-9A-Z]{2}.{4}$/,
    '14 characters: commune (5), com_abs (3), section (2), numero (4)',
  ),
} satisfies Record<string, Parameter>;

export const MUNICIPALITY = { insee } satisfies Record<string, Parameter>;

/** Servitudes: the category is the type of the servitude, which the layer writes in lower case. */
export const SERVITUDE = {
  categorie: code(/^\w+$/, 'a category of servitude, such as AC1', (value) => [
    equal({ suptype: value.toLowerCase() }),
  ]),
} satisfies Record<string, Parameter>;

/**
 * The département that codes name, as partitions are called: `21`, `2A`, `974`, or `97`
 * for all overseas; `null` when they name none.
 */
export function departementOf(codes: Readonly<Record<string, unknown>>): string | null {
  const { code_insee, idu, code_dep = '', code_com } = codes as Record<string, string | undefined>;
  const code = (code_insee ?? idu ?? (code_dep && code_dep + (code_com ?? ''))).toUpperCase();
  return code.slice(0, code.startsWith('97') ? 3 : 2) || null;
}
