/**
 * The codes of API Carto: their forms, and what each asks of a feature. A layer knows those
 * that its fields can tell. Refuses nothing by itself; `parameters.ts` applies the forms.
 */
import { arrondissementsOf, parentOf } from './arrondissements.ts';
import type { Filter, Test } from './filter.ts';

/** Whether the layer has such a field. */
type Has = (field: string) => boolean;

export interface Code {
  /** Of the value in upper case. */
  readonly form: RegExp;
  /** The form in words, as a refusal says it. */
  readonly rule: string;
  /** The alternatives that `value` asks for; without it, the field of the same name equals it. */
  readonly anyOf?: ((value: string, has: Has) => Filter['anyOf']) | undefined;
}

const code = (form: RegExp, rule: string, anyOf?: Code['anyOf']): Code => ({ form, rule, anyOf });

/** Tests that fields equal `values`. */
const equal = (values: Readonly<Record<string, string>>): Test[] =>
  Object.entries(values).map(([field, equals]) => ({ field, equals }));

/** Two characters of département and three of commune, overseas too: 97 and 411. */
const parts = (value: string): { code_dep: string; code_com: string } => ({
  code_dep: value.slice(0, 2),
  code_com: value.slice(2),
});

/** A commune, by itself and in the commune of which it is an arrondissement. */
function communes(value: string): Test[][] {
  const parent = parentOf(value);
  const itself = parts(value);
  return [itself, ...(parent ? [{ ...parts(parent), code_arr: itself.code_com }] : [])].map(equal);
}

/** 96, 98, 99, 00 and 20 begin no commune of the cadastre: Corsica is 2A and 2B. */
const insee = (anyOf?: Code['anyOf']): Code =>
  code(/^(?!9[689]|[02]0)(\d\d|2[AB])\d{3}$/, 'an INSEE code such as 2A004', anyOf);

const three = (anyOf?: Code['anyOf']): Code => code(/^\d{3}$/, 'exactly 3 digits', anyOf);

export const CODES = {
  insee: insee(),
  // Layers of communes have no parts of a commune's code, all others have.
  code_insee: insee((value, has) =>
    has('code_com')
      ? communes(value)
      : [value, ...arrondissementsOf(value)].map((code_insee) => equal({ code_insee })),
  ),
  code_dep: code(/^(\d\d|2[AB])$/, '2 characters such as 2A, 97 overseas'),
  code_com: three((value, has) =>
    has('code_com') ? [equal({ code_com: value })] : [[{ field: 'code_insee', endsWith: value }]],
  ),
  code_arr: three(),
  /** Of a commune absorbed by another. */
  com_abs: three(),
  section: code(/^[0-9A-Z]{2}$/, '2 letters or digits, padded with 0: 0A'),
  numero: code(/^.{4}$/, 'exactly 4 characters, padded with 0: 0075'),
  idu: code(/^(\d\d|2[AB])\d{6}[0-9A-Z]{2}.{4}$/, '14 characters such as 212310000A0075'),
  /** Of a servitude: its type, which the layer writes in lower case. */
  categorie: code(/^\w+$/, 'a category such as AC1', (value) => [equal({ suptype: value.toLowerCase() })]),
} satisfies Record<string, Code>;

const ALL = new Map<string, Code>(Object.entries(CODES));

/** The code `name`, and what `value` in upper case asks of it, if a layer's fields can tell. */
export function codeOf(
  name: string,
  value: string,
  has: Has,
): { readonly code: Code; readonly anyOf: Filter['anyOf'] } | undefined {
  const known = ALL.get(name);
  if (known === undefined) return undefined;
  const anyOf = known.anyOf?.(value, has) ?? [equal({ [name]: value })];
  return anyOf.flat().every(({ field }) => has(field)) ? { code: known, anyOf } : undefined;
}

/**
 * The département that codes name, as partitions are called: `21`, `2A`, `974`, or `97`
 * for all overseas; `null` when they name none.
 */
export function departementOf(codes: Readonly<Record<string, unknown>>): string | null {
  const { code_insee, idu, code_dep = '', code_com } = codes as Record<string, string | undefined>;
  const value = (code_insee ?? idu ?? (code_dep && code_dep + (code_com ?? ''))).toUpperCase();
  return value.slice(0, value.startsWith('97') ? 3 : 2) || null;
}
