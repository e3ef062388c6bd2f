/**
 * The rules that values of parameters must keep, as API Carto applies them: some to each
 * value of a list, some to the whole. A rule answers what is wrong, or nothing.
 */

export interface Fault {
  /** The value that is shown: of a list, the one that is wrong. */
  readonly value: unknown;
  readonly message: string;
}

export type Rule = (value: unknown) => Fault | null;

const INVALID = 'Invalid value';

/** The text that a value of JSON is compared as. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? '[object Object]' : `${value as string | number | boolean}`;
}

/** A rule for the text of a value, and of each value in a list. */
export function each(holds: (text: string) => boolean, message = INVALID): Rule {
  return (value) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const wrong = items.findIndex((item) => !holds(textOf(item)));
    return wrong < 0 ? null : { value: items[wrong], message };
  };
}

/** A rule for the value as it came; `check` answers what is wrong with it. */
export function whole(check: (value: unknown) => string | null): Rule {
  return (value) => {
    const message = check(value);
    return message === null ? null : { value, message };
  };
}

/** Two that are counted as one: a character and what selects its form, the halves of a surrogate pair. */
const PAIRS = [/[^\uFE0F\uFE0E][\uFE0F\uFE0E]/g, /[\uD800-\uDBFF][\uDC00-\uDFFF]/g];

function lengthOf(text: string): number {
  return PAIRS.reduce((length, pair) => length - (text.match(pair)?.length ?? 0), text.length);
}

export const exists = whole((value) => (value === undefined ? INVALID : null));
export const isString = whole((value) => (typeof value === 'string' ? null : INVALID));
export const isAlphanumeric = each((text) => /^[0-9A-Z]+$/i.test(text));
export const isNumeric = each((text) => /^[+-]?([0-9]*\.)?[0-9]+$/.test(text));

export function hasLength(least: number, most: number, message?: string): Rule {
  return each((text) => lengthOf(text) >= least && lengthOf(text) <= most, message);
}

export function matches(form: RegExp, message?: string): Rule {
  return each((text) => form.test(text), message);
}

/** For parameters that are no more: nothing is right. */
export function refused(message: string): Rule {
  return whole(() => message);
}

/** Prefixes of no commune: Corsica is 2A and 2B, 96 to 99 are no départements of the cadastre. */
const NO_DEPARTEMENTS = ['96', '98', '99', '00', '20'];

function faultInCodeInsee(value: unknown): string | null {
  // Upstream asks for the length of whatever it is given.
  if (value === null) return "Cannot read properties of null (reading 'length')";
  if (typeof value !== 'string' || value.length !== 5) return 'INSEE code must have 5 characters';
  const departement = value.slice(0, 2).toUpperCase();
  const isKnown = /^(\d\d|2[AB])$/.test(departement) && !NO_DEPARTEMENTS.includes(departement);
  return isKnown && /^\d{3}$/.test(value.slice(2)) ? null : 'Invalid INSEE code';
}

/** Of one commune. */
export const isCodeInsee = whole(faultInCodeInsee);

/** `rule`, or a list of values that each keep it: `25349,21231`, or the name given twice. */
export function orList(rule: Rule): Rule {
  return (value) => {
    const items = itemsOf(value);
    return items.length > 1 && items.every((item) => rule(item) === null) ? null : rule(value);
  };
}

/** The values that a list asks for. */
export function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  return typeof value === 'string' && value.includes(',')
    ? value.split(',').map((item) => item.trim())
    : [value];
}
