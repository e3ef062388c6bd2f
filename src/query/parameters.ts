/**
 * Reads the parameters of a query on one layer. Refuses, before anything is read, an
 * unknown parameter or field and a value of the wrong form, each with its rule.
 */
import type { Field, Layer } from '../format/catalogue.ts';
import { isObject } from '../format/checks.ts';
import { shapeOf, type Shape } from '../geometry/shape.ts';
import { parseGeometry } from '../geometry/validate.ts';
import type { QueryLimits } from '../source/store.ts';
import { departementOf, type Parameter } from './codes.ts';
import type { Filter } from './filter.ts';
import type { LayerDefinition } from './layers.ts';
import { invalid, unknownParameter, wrongForm } from './refusal.ts';

/** Ceilings of a query, each a parameter of its own. */
const CEILINGS = ['maxBytes', 'maxRequests', 'maxMs'] as const;

/** What any layer can be asked beside its own parameters. */
const COMMON: readonly string[] = ['geom', 'limit', 'start', 'geometry', 'signal', ...CEILINGS];

/** The layer that is asked, as the tree publishes it. */
export interface AskedLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly definition: LayerDefinition;
}

const UNLIMITED: QueryLimits = { maxBytes: Infinity, maxRequests: Infinity, maxMs: Infinity };

/** A question, read. */
export interface Question {
  readonly shape: Shape | null;
  readonly filters: readonly Filter[];
  /** The département that the codes name; see `departementOf`. */
  readonly departement: string | null;
  /** Infinity without one. */
  readonly limit: number;
  readonly start: number;
  readonly withGeometry: boolean;
  readonly signal: AbortSignal | undefined;
  readonly limits: QueryLimits;
  /** The most that reading a whole layer may cost. */
  readonly scanBytes: number;
}

/** How questions are asked where they do not say. */
export interface Manner {
  readonly limits: QueryLimits;
  /** Whether features come one by one, and whoever asks may stop at any time. */
  readonly isStream: boolean;
}

/** The parameters that were given: `undefined` is as good as absent. */
type Given = ReadonlyMap<string, unknown>;

function wholeNumber(given: Given, name: string, absent: number): number {
  const value = given.get(name);
  if (value === undefined) return absent;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrongForm(name, 'a whole number, 0 or more', value);
}

/** The ceilings in `given`, each a number greater than 0; those of `absent` for the others. */
export function ceilings(given: Readonly<Record<string, unknown>>, absent: QueryLimits): QueryLimits {
  const limits = { ...absent };
  for (const name of CEILINGS) {
    const value = given[name];
    if (typeof value === 'number' && value > 0) limits[name] = value;
    else if (value !== undefined) throw wrongForm(name, 'a number greater than 0', value);
  }
  return limits;
}

function withGeometry(given: Given): boolean {
  const value = given.get('geometry');
  if (value === undefined || typeof value === 'boolean') return value ?? true;
  throw wrongForm('geometry', 'true or false', value);
}

/** Not by `instanceof`: a frame or a test environment has an `AbortSignal` of its own. */
function isSignal(value: unknown): value is AbortSignal {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'throwIfAborted' in value;
}

function signalIn(given: Given): AbortSignal | undefined {
  const value = given.get('signal');
  if (value === undefined || isSignal(value)) return value;
  throw wrongForm('signal', 'an AbortSignal', value);
}

function shapeIn({ name, layer }: AskedLayer, given: Given): Shape | null {
  const geom = given.get('geom');
  if (geom === undefined) return null;
  if (layer.geometry === null) {
    throw invalid('geom', `the rows of ${name} have no place; ask by attributes, such as partition`);
  }
  return shapeOf(parseGeometry(geom));
}

/** API Carto's codes are upper case; `2a004` and `0a` mean the same. */
function codeFilter(parameter: Parameter, name: string, value: unknown): Filter & { readonly code: string } {
  const code = typeof value === 'string' ? value.toUpperCase() : '';
  if (!parameter.form.test(code)) throw wrongForm(name, parameter.rule, value);
  return { parameter: name, anyOf: parameter.anyOf(code), code };
}

function fieldValue(field: Field, value: unknown): string | number | boolean {
  switch (field.type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw wrongForm(field.name, 'a text', value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw wrongForm(field.name, 'true or false', value);
    case 'integer':
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      throw wrongForm(field.name, 'a number', value);
    }
  }
}

/** Whatever a parameter asks of must be in this tree: a missing column would match nothing, in silence. */
function checkFields({ name, layer }: AskedLayer, filter: Filter): Filter {
  const fields = new Set(layer.fields.map((field) => field.name));
  const missing = filter.anyOf.flat().find((test) => !fields.has(test.field));
  if (missing === undefined) return filter;
  throw invalid(filter.parameter, `${name} has no field ${missing.field} in this tree`);
}

function attributeFilter(asked: AskedLayer, name: string, value: unknown): Filter {
  const { layer, definition } = asked;
  const field = layer.fields.find((candidate) => candidate.name === name);
  if (field !== undefined) {
    return { parameter: name, anyOf: [[{ field: name, equals: fieldValue(field, value) }]] };
  }
  const own = definition.sources === undefined ? [] : ['source_ign'];
  const fields = layer.fields.map((known) => known.name);
  const known = [...new Set([...Object.keys(definition.parameters), ...own, ...COMMON, ...fields])];
  throw unknownParameter(asked.name, name, known);
}

type Filters = Pick<Question, 'filters' | 'departement'>;

function filtersIn(asked: AskedLayer, given: Given): Filters {
  const { parameters, sources } = asked.definition;
  const filters: Filter[] = [];
  const codes = new Map<string, string>();
  for (const [name, value] of given) {
    // `source_ign` has already chosen the layer.
    if (COMMON.includes(name) || (name === 'source_ign' && sources !== undefined)) continue;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      filters.push(attributeFilter(asked, name, value));
    } else {
      const filter = codeFilter(parameter, name, value);
      codes.set(name, filter.code);
      filters.push(checkFields(asked, filter));
    }
  }
  return { filters, departement: asked.name.startsWith('cadastre/') ? departementOf(codes) : null };
}

/**
 * The question that `parameters` ask of a layer.
 * @throws CartoError `InvalidQuery`.
 */
export function readParameters(
  asked: AskedLayer,
  parameters: Readonly<Record<string, unknown>>,
  { limits, isStream }: Manner,
): Question {
  if (!isObject(parameters)) throw wrongForm('parameters', 'an object', parameters);
  const given = new Map(Object.entries(parameters).filter(([, value]) => value !== undefined));
  const own = ceilings(parameters, limits);
  const question = {
    shape: shapeIn(asked, given),
    ...filtersIn(asked, given),
    limit: wholeNumber(given, 'limit', Infinity),
    start: wholeNumber(given, 'start', 0),
    withGeometry: withGeometry(given),
    signal: signalIn(given),
    // Who takes features one by one pays as they come, and stops when they will.
    limits: isStream ? ceilings(parameters, UNLIMITED) : own,
    scanBytes: own.maxBytes,
  };
  const isAll = question.shape === null && question.filters.length === 0 && question.limit === Infinity;
  if (isAll && !isStream) {
    const message = `neither geom nor an attribute is given: this would read the whole of ${asked.name}; give a limit to do so`;
    throw invalid('limit', message);
  }
  return question;
}
