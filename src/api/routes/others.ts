/** The parameters of the routes of appellations and of postal codes. */
import { isGeojson } from '../validate/geojson.ts';
import { exists, matches } from '../validate/rules.ts';
import { geom, TEXT, text, type Parameter, type Schema } from './parameter.ts';

function required(name: string, description: string, schema: Schema): Parameter {
  return { name, required: true, rules: [exists], description, schema };
}

export const AOC: readonly Parameter[] = [
  { ...geom, required: true, rules: [exists, isGeojson] },
  required('source', 'The base of FranceAgriMer that upstream asks: prd or qlf. Not used here.', {
    type: 'string',
    enum: ['prd', 'qlf'],
  }),
  required('apikey', 'The key that upstream asks for. Not used here.', TEXT),
];

export const CODE_POSTAL: Parameter = {
  name: 'codePostal',
  required: true,
  rules: [matches(/^\d{5}$/, 'Code postal invalide')],
  description: 'A postal code of 5 digits.',
  schema: text('^\\d{5}$', '25000'),
};
