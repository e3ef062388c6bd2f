/** The parameters of the routes of town planning, in the order in which API Carto validates them. */
import { isString } from '../validate/rules.ts';
import { codeInsee, geom, text, type Parameter } from './parameter.ts';

export const MUNICIPALITY: readonly Parameter[] = [geom, codeInsee('insee')];

export const PARTITION: readonly Parameter[] = [
  geom,
  {
    name: 'partition',
    rules: [isString],
    description: 'The document, such as DU_25349; several, separated by commas.',
    schema: text('^[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*$', 'DU_25349'),
  },
];

export const SERVITUDE: readonly Parameter[] = [
  ...PARTITION,
  {
    name: 'categorie',
    rules: [isString],
    description: 'The category of the servitude; several, separated by commas.',
    schema: text('^[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*$', 'AC1'),
  },
];
