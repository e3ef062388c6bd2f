/**
 * A parameter of API Carto: its rules, in the order in which they are applied, and what
 * the documentation says of it. The same table drives validation and OpenAPI.
 */
import type { Checked } from '../validate/chain.ts';
import { isGeojson } from '../validate/geojson.ts';
import { isCodeInsee, isNumeric, orList } from '../validate/rules.ts';

/** JSON Schema of a value. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter extends Checked {
  readonly description: string;
  readonly schema: Schema;
  /** Known only to be refused, with the name that replaced it. */
  readonly isFormer?: boolean;
}

export const TEXT: Schema = { type: 'string' };

export function text(pattern: string, example: string): Schema {
  return { type: 'string', pattern, examples: [example] };
}

export const geom: Parameter = {
  name: 'geom',
  rules: [isGeojson],
  description: 'GeoJSON in longitude and latitude: features that share a point with it, borders included.',
  schema: { type: 'object', required: ['type'], properties: { type: TEXT } },
};

export function codeInsee(name: string): Parameter {
  return {
    name,
    rules: [orList(isCodeInsee)],
    description: 'INSEE code of a commune; several, separated by commas.',
    schema: text('^(?!96|98|99|00|20)(\\d{2}|2[AaBb])\\d{3}(,(\\d{2}|2[AaBb])\\d{3})*$', '25349'),
  };
}

function whole(name: string, description: string): Parameter {
  return { name, rules: [isNumeric], description, schema: { type: 'integer', minimum: 0 } };
}

export const limit = whole('_limit', 'The most features to answer.');
export const start = whole('_start', 'How many features to pass over.');
