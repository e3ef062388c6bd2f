/**
 * Reads the parameters of a query on one layer. Refuses, before anything is read, an
 * unknown parameter or field and a value of the wrong form, each with its rule.
 */
import type { Field, Layer } from '../format/catalogue.ts';
import { isObject } from '../format/checks.ts';
import { shapeOf, type Shape } from '../geometry/shape.ts';
import { parseGeometry } from '../geometry/validate.ts';
import type { QueryLimits } from '../source/store.ts';
import { codeOf, CODES, departementOf } from './codes.ts';
import type { Filter } from './filter.ts';
import { expected, refuse } from '../refusal.ts';

/** The layer that is asked, as the tree publishes it. */
export interface AskedLayer {
  readonly name: string;
  readonly layer: Layer;
}

/** A question, read. The ceilings are those of its reads. */
export interface Question extends QueryLimits {
  readonly shape: Shape | null;
  readonly filters: readonly Filter[];
  /** The département that the codes name; see `departementOf`. */
  readonly departement: string | null;
  /** Infinity without one. */
  readonly limit: number;
  readonly start: number;
  /** Whether geometries are asked for. */
  readonly geometry: boolean;
  readonly signal?: AbortSignal;
  /** The most that reading a whole layer may cost. */
  readonly scanBytes: number;
}

type Given = Readonly<Record<string, unknown>>;

/** What a value must be, in words, and what it is read as: `undefined` when it is not that. */
type Rule = readonly [words: string, read: (value: unknown) => unknown];

const number = (words: string, holds: (value: number) => boolean): Rule => [
  words,
  (value) => (typeof value === 'number' && holds(value) ? value : undefined),
];
export const COUNT = number(
  'a whole number, 0 or more',
  (value) => Number.isSafeInteger(value) && value >= 0,
);
export const CEILING = number('a number greater than 0', (value) => value > 0);

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** By the type of a field: in texts, numbers and booleans are understood. */
const TYPES: Readonly<Record<Exclude<Field['type'], 'integer'>, Rule>> = {
  string: ['a text', (value) => (typeof value === 'string' ? value : undefined)],
  boolean: [
    'true or false',
    (value) => [true, false].find((flag) => trimmed(value) === String(flag) || value === flag),
  ],
  number: [
    'a number',
    (value) => {
      const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof read === 'number' && !Number.isNaN(read) ? read : undefined;
    },
  ],
};

/** What any layer can be asked beside its own parameters. */
const COMMON = new Map<string, Rule>([
  ['geom', ['', (value) => shapeOf(parseGeometry(value))]],
  ['limit', COUNT],
  ['start', COUNT],
  ['geometry', TYPES.boolean],
  // Not by `instanceof`: a frame or a test environment has an `AbortSignal` of its own.
  [
    'signal',
    ['an AbortSignal', (value) => (isObject(value) && 'throwIfAborted' in value ? value : undefined)],
  ],
  ['maxBytes', CEILING],
  ['maxRequests', CEILING],
  ['maxMs', CEILING],
]);

/** What `value`, of the parameter `name`, is read as. @throws CartoError `InvalidQuery`. */
export function checked(name: string, value: unknown, [words, read]: Rule): unknown {
  return read(value) ?? expected(words, name, value);
}

function filterOf({ name: layerName, layer }: AskedLayer, name: string, value: unknown): Filter {
  const fields = new Map(layer.fields.map((field) => [field.name, field.type]));
  const has = (field: string): boolean => fields.has(field);
  // API Carto's codes are upper case; `2a004` and `0a` mean the same.
  const text = typeof value === 'string' ? value.toUpperCase() : '';
  const found = codeOf(name, text, has);
  if (found) return found.code.form.test(text) ? found : expected(found.code.rule, name, value);
  const type = fields.get(name);
  if (type !== undefined) {
    const equals = checked(name, value, TYPES[type === 'integer' ? 'number' : type]) as string;
    return { anyOf: [[{ field: name, equals }]] };
  }
  const codes = Object.keys(CODES).filter((code) => codeOf(code, '', has));
  const known = new Set([...codes, ...COMMON.keys(), ...fields.keys()]);
  return refuse(name, `${layerName} has no such parameter or field; it knows ${[...known].join(', ')}`);
}

/**
 * The question that `parameters` ask of a layer. Reading all of it may cost what `limits`
 * say; `absent` are the ceilings where none are given.
 * @throws CartoError `InvalidQuery`.
 */
export function readParameters(
  asked: AskedLayer,
  parameters: Given,
  limits: QueryLimits,
  absent = limits,
): Question {
  const { name, layer } = asked;
  const isCadastre = name.startsWith('cadastre/');
  const own: { [key in 'geom' | keyof Question]?: unknown } = {};
  const filters: Filter[] = [];
  const codes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parameters)) {
    const rule = COMMON.get(key);
    // `source_ign` has already chosen the layer.
    if (value === undefined || (isCadastre && key === 'source_ign')) continue;
    if (rule) own[key as keyof Question] = checked(key, value, rule);
    else {
      filters.push(filterOf(asked, key, value));
      codes[key] = value;
    }
  }
  const { geom = null, limit, maxBytes = limits.maxBytes } = own;
  if (geom !== null && layer.geometry === null) {
    refuse('geom', `the rows of ${name} have no place; ask by attributes`);
  }
  if (geom === null && filters.length === 0 && limit === undefined) {
    refuse('limit', `give geom, an attribute, or a limit to read all of ${name}`);
  }
  return {
    ...{ limit: Infinity, start: 0, geometry: true },
    ...absent,
    ...own,
    ...{ filters, shape: geom, scanBytes: maxBytes },
    departement: isCadastre ? departementOf(codes) : null,
  } as Question;
}
