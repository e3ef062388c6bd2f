/**
 * A row of a producer: its columns by name in any case, its values as the text,
 * number or truth that a field asks for. Codes stay strings: a reader that took
 * `01004` for a number has already lost, so GDAL is told to keep texts where it can.
 */
import { Reject } from './reject.ts';

/** A date as gdal-async gives it. */
interface GdalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
}

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

export class Row {
  readonly #values: ReadonlyMap<string, RawValue>;

  /** `values` by column name in lower case. */
  constructor(values: ReadonlyMap<string, RawValue>) {
    this.#values = values;
  }

  has(column: string): boolean {
    return this.#values.has(column.toLowerCase());
  }

  /** The first of `columns` that holds something; blank texts hold nothing. */
  #first(columns: readonly string[]): RawValue {
    for (const column of columns) {
      const value = this.#values.get(column.toLowerCase()) ?? null;
      if (value !== null && value !== '') return value;
    }
    return null;
  }

  /** A text; dates as YYYYMMDD, as the CNIG writes them. */
  text(...columns: string[]): string | null {
    const value = this.#first(columns);
    if (value === null) return null;
    return isDate(value) ? dateParts(value).join('') : String(value).trim() || null;
  }

  /** A date as YYYY-MM-DD, whatever column type it came in. */
  isoDate(...columns: string[]): string | null {
    const value = this.#first(columns);
    return value !== null && isDate(value) ? dateParts(value).join('-') : this.text(...columns);
  }

  /** A date and time as YYYY-MM-DDTHH:MM:SSZ. */
  timestamp(...columns: string[]): string | null {
    const value = this.#first(columns);
    if (value === null || !isDate(value)) return this.text(...columns);
    const time = [value.hour ?? 0, value.minute ?? 0, Math.floor(value.second ?? 0)].map((part) => pad(part));
    return `${dateParts(value).join('-')}T${time.join(':')}Z`;
  }

  /** A number, from a number or a text of digits; a decimal comma is understood. */
  number(...columns: string[]): number | null {
    const value = this.#first(columns);
    if (value === null) return null;
    const number = typeof value === 'string' ? Number(value.trim().replace(',', '.')) : Number(value);
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
