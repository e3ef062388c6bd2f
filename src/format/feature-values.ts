/** A value of a property. */
export type Value = string | number | boolean | null;
