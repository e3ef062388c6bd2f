/**
 * The codes of places in a question, put as the library asks for them: the parts of an
 * INSEE code together, former codes with those that replaced them, and the identifier of
 * a parcel in its parts where a layer has no such field.
 */

import { textOf } from '../validate/rules.ts';

/** Values by the name of an attribute or a parameter of the library. */
export type Filters = Readonly<Record<string, unknown>>;

/** By a former INSEE code, those that stand for it now. */
export type Aliases = Readonly<Record<string, readonly string[]>>;

function replaced(code: string, aliases: Aliases): string[] {
  const key = code.toUpperCase();
  return [code, ...(Object.hasOwn(aliases, key) ? (aliases[key] ?? []) : [])];
}

function joined(departements: readonly unknown[], communes: readonly unknown[]): string[] {
  return departements.flatMap((dep) => communes.map((com) => textOf(dep) + textOf(com)));
}

/** `code_dep` and `code_com` give way to `code_insee`, and together are one. */
function joinCodes(values: Map<string, unknown[]>): void {
  const [dep, com] = [values.get('code_dep'), values.get('code_com')];
  const isJoined = dep !== undefined && com !== undefined;
  if (isJoined && !values.has('code_insee')) values.set('code_insee', joined(dep, com));
  if (!values.has('code_insee')) return;
  values.delete('code_dep');
  values.delete('code_com');
}

function partsOfIdu(idu: string): Filters {
  return {
    code_insee: idu.slice(0, 5),
    com_abs: idu.slice(5, 8),
    section: idu.slice(8, 10),
    numero: idu.slice(10),
  };
}

/** For each condition, the filters of which one must hold. */
export function codesAsked(
  given: ReadonlyMap<string, unknown[]>,
  fields: readonly string[],
  aliases: Aliases,
): Filters[][] {
  const values = new Map(given);
  joinCodes(values);
  return Array.from(values, ([name, items]) => {
    if (name === 'idu' && !fields.includes('idu')) return items.map((item) => partsOfIdu(textOf(item)));
    const isCode = name === 'code_insee' || name === 'insee';
    const asked = isCode ? items.flatMap((item) => replaced(textOf(item), aliases)) : items;
    return [...new Set(asked)].map((item) => ({ [name]: item }));
  });
}
