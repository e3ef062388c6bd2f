/**
 * What the routes take beyond API Carto's own parameters, and the rules that they add to
 * those. They are applied when upstream's have nothing to say, so that its refusals stay
 * what they are.
 */
import { CartoError } from '../../errors.ts';
import { parseGeometry } from '../../geometry/validate.ts';
import { isCodeInsee, matches, orList, textOf, whole, type Rule } from '../validate/rules.ts';
import { codeInsee, geom, limit, start, text, type Parameter } from './parameter.ts';

/** Upstream ignores what it does not know; what is empty here is as good as not given. */
function unlessEmpty(rule: Rule): Rule {
  return (value) => (value === null || value === '' ? null : rule(value));
}

/** Upstream answers "nothing here" where a geometry is no place on Earth, or swapped. */
function faultInPlace(value: unknown): string | null {
  try {
    parseGeometry(value);
    return null;
  } catch (error) {
    if (error instanceof CartoError) return error.message;
    throw error;
  }
}

function narrowed(parameter: Parameter, rule: Rule): Parameter {
  return { ...parameter, required: false, rules: [unlessEmpty(rule)] };
}

/** One number: given twice, it is two texts with a comma. */
const WHOLE_NUMBER = whole((value) =>
  /^\+?\d{1,15}$/.test(textOf(value)) ? null : 'expected a whole number, 0 or more',
);

/** Of every route: a place that can be asked about, and whole numbers. */
export const PLACE: readonly Parameter[] = [narrowed(geom, whole(faultInPlace))];
const PAGING: readonly Parameter[] = [narrowed(limit, WHOLE_NUMBER), narrowed(start, WHOLE_NUMBER)];

const GEOMETRIES = ['true', 'false', 'centroid'];

const geometry: Parameter = {
  name: 'geometry',
  rules: [
    unlessEmpty(
      whole((value) => (GEOMETRIES.includes(textOf(value)) ? null : `expected ${GEOMETRIES.join(', ')}`)),
    ),
  ],
  description: 'false leaves geometries out; centroid answers the centre of gravity of each.',
  schema: { type: 'string', enum: GEOMETRIES, default: 'true' },
};

export const FEATURES: readonly Parameter[] = [...PLACE, ...PAGING, geometry];

const IDU = '14 characters: commune (5), com_abs (3), section (2), numero (4)';

export const IDENTIFIED: readonly Parameter[] = [
  ...FEATURES,
  {
    name: 'idu',
    rules: [unlessEmpty(orList(matches(/^(\d{2}|2[AB])\d{6}[0-9A-Z]{2}\w{4}$/i, `expected ${IDU}`)))],
    description: `The parcel, in ${IDU}; several, separated by commas.`,
    schema: text('^(\\d{2}|2[AaBb])\\d{6}[0-9A-Za-z]{2}\\w{4}(,\\w{14})*$', '25349000AA0001'),
  },
];

/** The document of a commune, which may be that of a whole group of communes. */
export const DOCUMENT: readonly Parameter[] = [
  ...FEATURES,
  narrowed(codeInsee('insee'), orList(isCodeInsee)),
];
