/**
 * Codes and dates of deposits as the CNIG writes them, when a spreadsheet or a table of numbers has
 * written them otherwise. What can only mean one thing is put right and told; what is no date is
 * told, and kept as it came.
 */
import type { Properties } from '../pack/properties.ts';

type Writable = Record<string, Properties[string]>;
type Note = (repair: string) => void;

/** Codes that are all digits, by their width; a code INSEE with a letter has lost nothing. */
const WIDTHS: Readonly<Record<string, number>> = {
  typepsc: 2,
  stypepsc: 2,
  typeinf: 2,
  stypeinf: 2,
  typesect: 2,
  insee: 5,
};

const DATES = ['datappro', 'datvalid', 'datedecis', 'datepub', 'datesrcass', 'datesrcgen'];

/** `1004`, and `1004.0` where nulls beside it made decimals of whole numbers. */
const WHOLE = /^(\d+)(?:\.0+)?$/;

/** Gives the codes of `properties` the zero back that a number has lost in front. */
export function giveZerosBack(properties: Writable, note: Note): void {
  for (const [name, width] of Object.entries(WIDTHS)) {
    const code = properties[name];
    const digits = typeof code === 'string' ? (WHOLE.exec(code)?.[1] ?? '') : '';
    const value = digits.padStart(width, '0');
    if (digits.length < width - 1 || value === code) continue;
    properties[name] = value;
    note(value === digits ? `${name}: decimals of a code left out` : `${name}: its leading zero given back`);
  }
}

const EXCEL_EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
/** Days of Excel from 1927 to 2064: no year, and no YYYYMMDD. */
const EXCEL_DAY = /^[1-5]\d{4}$/;

/** `20200128` of a day that there is. */
function written(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  return exists ? date.toISOString().slice(0, 10).replaceAll('-', '') : null;
}

/** The day that a text means, as YYYYMMDD; `null` where it means none for certain. */
function dayIn(text: string): string | null {
  const whole = WHOLE.exec(text)?.[1] ?? text;
  const part = (match: RegExpExecArray, i: number): number => Number(match[i]);
  const yearFirst = /^(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)([T ].*)?$/.exec(whole);
  if (yearFirst !== null) return written(part(yearFirst, 1), part(yearFirst, 2), part(yearFirst, 3));
  const dayFirst = /^(\d\d?)[-/.](\d\d?)[-/.](\d{4})([T ].*)?$/.exec(whole);
  if (dayFirst !== null) return written(part(dayFirst, 3), part(dayFirst, 2), part(dayFirst, 1));
  if (!EXCEL_DAY.test(whole)) return null;
  const date = new Date(EXCEL_EPOCH + Number(whole) * DAY);
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}

/** A year, or a month of a year, which the standard lets pass for sources of geometries. */
const PARTIAL = /^\d{4}(0[1-9]|1[0-2])?$/;

/** Writes the dates of `properties` as YYYYMMDD. */
export function writeDates(properties: Writable, note: Note): void {
  for (const name of DATES) {
    const text = properties[name];
    if (typeof text !== 'string' || PARTIAL.test(text)) continue;
    const day = dayIn(text);
    if (day === null) note(`${name} is no date: "${text.slice(0, 40)}"`);
    else if (day !== text) {
      properties[name] = day;
      note(`${name}: written YYYYMMDD, as the CNIG does`);
    }
  }
}
