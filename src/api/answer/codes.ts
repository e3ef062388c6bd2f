/**
 * The codes of places in a question, put as the library asks for them: the parts of an
 * INSEE code together, former codes with those that replaced them, and the identifier of
 * a parcel in its parts where a layer has no such field.
 */
import { textOf } from '../validate/rules.ts';

/** Values by the name of an attribute or a parameter of the library. */
export type Filters = Readonly<Record<string, unknown>>;

/**
 * By a former INSEE code, those that stand for it now: of 5 characters, or of 8 where its
 * parcels kept its number, which is their `com_abs`: `49001` is `49050001`.
 */
export type Aliases = Readonly<Record<string, readonly string[]>>;

const NOWHERE = '000';

function heirsOf(code: string, aliases: Aliases): readonly string[] {
  const key = code.toUpperCase();
  return Object.hasOwn(aliases, key) ? (aliases[key] ?? []) : [];
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

/** A parcel by its identifier, and by those that it has where its commune is now. */
function identifiersOf(idu: string, aliases: Aliases): string[] {
  const [commune, prefix, rest] = [idu.slice(0, 5), idu.slice(5, 8), idu.slice(8)];
  const heirs = heirsOf(commune, aliases).map((heir) => {
    const kept = prefix === NOWHERE ? heir.slice(5) : prefix;
    return heir.slice(0, 5) + (kept || NOWHERE) + rest;
  });
  return [...new Set([idu, ...heirs])];
}

/** A commune with the prefix of its parcels that is asked for, if any; and where both are now. */
function communesOf(
  code: string,
  prefix: string | undefined,
  hasPrefixes: boolean,
  aliases: Aliases,
): Filters[] {
  const itself = { code_insee: code, ...(prefix !== undefined && { com_abs: prefix }) };
  const heirs = heirsOf(code, aliases).map((heir) => {
    const kept = prefix === undefined || prefix === NOWHERE ? heir.slice(5) || prefix : prefix;
    return { code_insee: heir.slice(0, 5), ...(hasPrefixes && kept !== undefined && { com_abs: kept }) };
  });
  return [itself, ...heirs];
}

/** The alternatives of `code_insee` and `com_abs`, which former codes tie to each other. */
function placesOf(values: Map<string, unknown[]>, hasPrefixes: boolean, aliases: Aliases): Filters[][] {
  const codes = values.get('code_insee');
  if (codes === undefined) return [];
  const prefixes = values.get('com_abs')?.map(textOf) ?? [undefined];
  values.delete('code_insee');
  values.delete('com_abs');
  const places = codes
    .map(textOf)
    .flatMap((code) => prefixes.flatMap((prefix) => communesOf(code, prefix, hasPrefixes, aliases)));
  return [distinct(places)];
}

/** Each of `alternatives` once. */
export function distinct(alternatives: readonly Filters[]): Filters[] {
  return [...new Map(alternatives.map((filters) => [JSON.stringify(filters), filters])).values()];
}

/** The alternatives of a condition that is not about a place of the cadastre. */
function alternativesOf(
  name: string,
  items: readonly unknown[],
  fields: readonly string[],
  aliases: Aliases,
): Filters[] {
  if (name === 'idu') {
    const ids = items.flatMap((item) => identifiersOf(textOf(item), aliases));
    return ids.map((idu) => (fields.includes('idu') ? { idu } : partsOfIdu(idu)));
  }
  if (name !== 'insee') return items.map((item) => ({ [name]: item }));
  const codes = items.map(textOf);
  return codes
    .flatMap((code) => communesOf(code, undefined, false, aliases))
    .map(({ code_insee: insee }) => ({ insee }));
}

/** For each condition, the filters of which one must hold. */
export function codesAsked(
  given: ReadonlyMap<string, unknown[]>,
  fields: readonly string[],
  aliases: Aliases,
): Filters[][] {
  const values = new Map(given);
  joinCodes(values);
  const places = placesOf(values, fields.includes('com_abs'), aliases);
  const others = [...values].map(([name, items]) => distinct(alternativesOf(name, items, fields, aliases)));
  return [...places, ...others];
}
