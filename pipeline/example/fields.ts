/**
 * Field tables: what a producer's layer is made of, in the producer's order and
 * widths. One table a layer, data and nothing else.
 */

export type FieldKind = 'text' | 'integer' | 'real' | 'boolean' | 'datetime';

export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  /** Characters; absent where the format has no widths. */
  readonly width?: number;
  /** Digits after the point. */
  readonly decimals?: number;
}

export type FieldTable = readonly FieldSpec[];

export type Value = string | number | boolean | null;

/** Values by field name; a field without a value is null. */
export type Values = Readonly<Record<string, Value>>;

export function text(name: string, width?: number): FieldSpec {
  return width === undefined ? { name, kind: 'text' } : { name, kind: 'text', width };
}

export function integer(name: string, width?: number): FieldSpec {
  return width === undefined ? { name, kind: 'integer' } : { name, kind: 'integer', width };
}

/** A number that may pass 2^31, or have decimals. */
export function real(name: string, width?: number, decimals = 0): FieldSpec {
  return width === undefined ? { name, kind: 'real' } : { name, kind: 'real', width, decimals };
}

export function flag(name: string): FieldSpec {
  return { name, kind: 'boolean' };
}

export function datetime(name: string): FieldSpec {
  return { name, kind: 'datetime' };
}

/** Texts without a width, from their names. */
export function texts(names: string): FieldTable {
  return names.split(/\s+/).map((name) => text(name));
}

export function namesOf(fields: FieldTable): string[] {
  return fields.map((field) => field.name);
}
