/**
 * Columns of values in a unit's JSON: an array of one value a row, or the one value that
 * all rows have. Refuses arrays of another length.
 */
import { times } from './byte-reader.ts';
import { must } from './corrupt.ts';
import type { Value } from './feature-values.ts';

/** As it stands in JSON. */
export type Column = Value | readonly Value[];

export function encodeColumn(values: readonly Value[]): Column {
  const [first] = values;
  return first !== undefined && values.every((value) => Object.is(value, first)) ? first : values;
}

/** The `n` values of a column. @throws RangeError for an array of another length. */
export function decodeColumn(json: unknown, n: unknown): readonly Value[] {
  const values = Array.isArray(json) ? (json as Value[]) : new Array<Value>(n as number).fill(json as Value);
  must(values.length === n, 'column');
  return values;
}

/** The `n` whole numbers of a column. @throws RangeError for any other value. */
export function decodeCounts(json: unknown, n: unknown): readonly number[] {
  const counts = decodeColumn(json, n) as readonly number[];
  must(
    counts.every((value) => Number.isSafeInteger(value) && value >= 0),
    'number',
  );
  return counts;
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

/**
 * The `n` rows of some columns of whole numbers and of `width` columns of values, as
 * `Row`, which lists one after the other.
 * @throws RangeError for any other number of either.
 */
export function decodeRows<Row extends readonly unknown[]>(
  numbers: readonly unknown[],
  values: unknown,
  width: number,
  n: number,
): Row[] {
  const columns: (readonly unknown[])[] = [
    ...numbers.map((json) => decodeCounts(json, n)),
    ...(values as readonly unknown[]).map((json) => decodeColumn(json, n)),
  ];
  must(columns.length === numbers.length + width, 'columns');
  return times(n, (row) => columns.map((column) => column[row]) as unknown as Row);
}
