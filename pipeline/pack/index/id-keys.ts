/** The keys by which a feature is found in the buckets. */
import { keyOf, keyOfIdu } from '../../../src/format/bucket.ts';
import type { Field } from '../../../src/format/catalogue.ts';
import type { Value } from '../../../src/format/feature-values.ts';

/** Of a feature's values. */
export type IdKeys = (values: readonly Value[]) => string[];

/**
 * That of the fields `ids`; and that of `idu` where the layer has one and it says something else:
 * a parcel of an arrondissement has the parts of its commune, and a producer may err.
 */
export function idKeysOf(fields: readonly Field[], ids: readonly string[]): IdKeys {
  const columnOf = (name: string): number => fields.findIndex((field) => field.name === name);
  const [columns, idu] = [ids.map(columnOf), columnOf('idu')];
  return (values) => {
    const keys = [keyOf(columns.map((column) => values[column] ?? null))];
    const own = values[idu] ?? null;
    return own === null ? keys : [...new Set([...keys, keyOfIdu(String(own))])];
  };
}
