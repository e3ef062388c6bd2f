/** The columns of a layer as GDAL opened it, and what stands in them row by row. */
import gdal, { type Feature, type Layer } from 'gdal-async';
import type { ColumnKind, Columns } from '../datasets/columns.ts';
import type { RawValue } from './row.ts';

const KINDS: Readonly<Record<string, ColumnKind>> = {
  [gdal.OFTInteger]: 'number',
  [gdal.OFTInteger64]: 'number',
  [gdal.OFTReal]: 'number',
  [gdal.OFTString]: 'text',
  [gdal.OFTDate]: 'date',
  [gdal.OFTDateTime]: 'date',
};

/** The columns' names in lower case, each in its place: one name may stand twice. */
export function namesOf({ fields }: Layer): string[] {
  return fields.map(({ name }) => name.toLowerCase());
}

/** The columns of a layer by their names in lower case, in their order; of one name the first. */
export function columnsOf(layer: Layer): Columns {
  const kinds = new Map<string, ColumnKind>();
  const names = namesOf(layer);
  layer.fields.forEach(({ type }, i) => {
    const name = names[i] ?? '';
    if (!kinds.has(name)) kinds.set(name, KINDS[type] ?? 'any');
  });
  return kinds;
}

/** Names that stand more than once, in whatever case: `Numero` and `numero`. */
export function repeatedNames(layer: Layer): string[] {
  const names = namesOf(layer);
  return [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
}

/** A feature's columns, `names` in the order of its layer; of one name the first. */
export function valuesOf(feature: Feature, names: readonly string[]): Map<string, RawValue> {
  const values = new Map<string, RawValue>();
  names.forEach((name, i) => {
    if (values.has(name)) return;
    const value = feature.fields.get(i) as RawValue | unknown[];
    // A list, of which GeoJSON has some, as the producers' tables write it.
    values.set(name, Array.isArray(value) ? value.join(',') : value);
  });
  return values;
}
