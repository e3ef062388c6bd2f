/**
 * Columns of values in a unit's JSON: an array of one value a row, or the one value that
 * all rows have. Refuses arrays of another length and values that are no values.
 */
import { corrupt } from './corrupt.ts';
import type { Value } from './feature-values.ts';

/** As it stands in JSON. */
export type Column = Value | readonly Value[];

export function encodeColumn(values: readonly Value[]): Column {
  const [first] = values;
  return first !== undefined && values.every((value) => Object.is(value, first)) ? first : values;
}

function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The `n` values of a column. @throws CartoError `CorruptFile`. */
export function decodeColumn(json: unknown, n: number, name: string): readonly Value[] {
  if (isValue(json)) return new Array<Value>(n).fill(json);
  const isColumn = Array.isArray(json) && json.length === n && json.every(isValue);
  return isColumn ? json : corrupt(name, 'column');
}

/** The `n` whole numbers of a column. @throws CartoError `CorruptFile`. */
export function decodeCounts(json: unknown, n: number, name: string): readonly number[] {
  const values = decodeColumn(json, n, name);
  const areCounts = values.every((value) => Number.isSafeInteger(value) && Number(value) >= 0);
  return areCounts ? (values as readonly number[]) : corrupt(name, 'column');
}

/** The columns of rows of `width` values, each encoded. */
export function encodeColumns(rows: readonly (readonly Value[])[], width: number): Column[] {
  return Array.from({ length: width }, (_, column) =>
    encodeColumn(
      rows.map((row) => {
        const value = row[column];
        if (value === undefined || row.length !== width) throw new RangeError(`a row of ${row.length}`);
        return value;
      }),
    ),
  );
}

/** The `n` rows of `width` columns. @throws CartoError `CorruptFile`. */
export function decodeColumns(json: unknown, width: number, n: number, name: string): Value[][] {
  if (!Array.isArray(json) || json.length !== width) return corrupt(name, 'columns');
  const columns = json.map((column) => decodeColumn(column, n, name));
  return Array.from({ length: n }, (_, row) => columns.map((column) => column[row] ?? null));
}
