/**
 * A row of a producer: its columns by name in any case, its values as the text,
 * number or truth that a field asks for. Codes stay strings: a reader that took
 * `01004` for a number has already lost, so GDAL is told to keep texts where it can.
 */
import { mendText } from './mojibake.ts';
import { Reject } from './reject.ts';

/** A date as gdal-async gives it. */
interface GdalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** GDAL's flag: 100 is UTC and each step a quarter of an hour; 0 and 1 tell nothing. */
  readonly timezone?: number;
}

const UTC_FLAG = 100;

export type RawValue = string | number | boolean | null | GdalDate;

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, '0');
}

function dateParts(value: GdalDate): [string, string, string] {
  return [pad(value.year, 4), pad(value.month), pad(value.day)];
}

function isDate(value: RawValue): value is GdalDate {
  return typeof value === 'object' && value !== null;
}

/** The decimal number that a text is; not what JavaScript takes for one (`0x10`). */
function numberIn(text: string): number {
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : NaN;
}

export class Row {
  readonly #values: ReadonlyMap<string, RawValue>;
  readonly #note: (repair: string) => void;

  /** `values` by column name in lower case; `note` is told each repair of a value that is asked for. */
  constructor(values: ReadonlyMap<string, RawValue>, note: (repair: string) => void = () => undefined) {
    this.#values = values;
    this.#note = note;
  }

  has(column: string): boolean {
    return this.#values.has(column.toLowerCase());
  }

  /** The first of `columns` that holds something, texts trimmed; blank ones hold nothing. */
  #first(columns: readonly string[]): RawValue {
    for (const column of columns) {
      const raw = this.#values.get(column.toLowerCase()) ?? null;
      const value = typeof raw === 'string' ? this.#mended(raw, column).trim() : raw;
      if (typeof value === 'object' && value !== null && !('year' in value)) {
        // Bytes, or a time of day.
        throw new Reject(`${column} holds neither a text, a number nor a date`);
      }
      if (value !== null && value !== '') return value;
    }
    return null;
  }

  /** Before blanks are trimmed: `Ã` and the one after it are an `à`. */
  #mended(raw: string, column: string): string {
    const text = mendText(raw);
    if (text !== raw) this.#note(`${column}: a wrong decoding mended`);
    return text;
  }

  /** A text; dates as YYYYMMDD, as the CNIG writes them. */
  text(...columns: string[]): string | null {
    const value = this.#first(columns);
    if (value === null) return null;
    return isDate(value) ? dateParts(value).join('') : String(value);
  }

  /** The text of a column without which the row is nothing. */
  required(column: string): string {
    const value = this.text(column);
    if (value === null) throw new Reject(`no ${column}`);
    return value;
  }

  /** A date as YYYY-MM-DD, whether it came as one, as that text or as YYYYMMDD. */
  isoDate(...columns: string[]): string | null {
    const value = this.#first(columns);
    if (value !== null && isDate(value)) return dateParts(value).join('-');
    return this.text(...columns)?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') ?? null;
  }

  /** A date and time as YYYY-MM-DDTHH:MM:SSZ; taken for UTC where it does not say. */
  timestamp(...columns: string[]): string | null {
    const value = this.#first(columns);
    if (value === null || !isDate(value)) return this.text(...columns);
    const { year, month, day, hour = 0, minute = 0, second = 0, timezone = 0 } = value;
    const minutesAhead = timezone > 1 ? (timezone - UTC_FLAG) * 15 : 0;
    const time = new Date(Date.UTC(year, month - 1, day, hour, minute - minutesAhead, second));
    return `${time.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`;
  }

  /** A number, from a number or a text of digits; a decimal comma is understood. */
  number(...columns: string[]): number | null {
    const value = this.#first(columns);
    if (value === null) return null;
    const number = typeof value === 'string' ? numberIn(value) : Number(value);
    if (isDate(value) || !Number.isFinite(number)) {
      throw new Reject(`${columns.join('/')} is no number: ${JSON.stringify(value)}`);
    }
    return number;
  }

  integer(...columns: string[]): number | null {
    const number = this.number(...columns);
    if (number !== null && !Number.isSafeInteger(number)) {
      throw new Reject(`${columns.join('/')} is no whole number: ${String(number)}`);
    }
    return number;
  }

  /** A truth, in the spellings that producers use. */
  boolean(...columns: string[]): boolean | null {
    const value = this.#first(columns);
    if (value === null) return null;
    const word = isDate(value) ? '' : String(value).toLowerCase();
    if (['1', 'true', 't', 'oui', 'o'].includes(word)) return true;
    if (['0', 'false', 'f', 'non', 'n'].includes(word)) return false;
    throw new Reject(`${columns.join('/')} is neither true nor false: ${word}`);
  }
}
