/**
 * Reads the parameters of a query on one layer. Refuses, before anything is read, an
 * unknown parameter or field and a value of the wrong form, each with its rule.
 */
import type { Field, Layer } from '../format/catalogue.ts';
import { isObject } from '../format/checks.ts';
import { shapeOf, type Shape } from '../geometry/shape.ts';
import { parseGeometry } from '../geometry/validate.ts';
import type { QueryLimits } from '../source/store.ts';
import { departementOf } from './codes.ts';
import type { Filter } from './filter.ts';
import type { LayerDefinition } from './layers.ts';
import { invalid, unknownParameter, wrongForm } from './refusal.ts';

/** The layer that is asked, as the tree publishes it. */
export interface AskedLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly definition: LayerDefinition;
}

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

type Given = Readonly<Record<string, unknown>>;
type Rule = readonly [holds: (value: unknown) => boolean, rule: string];

const COUNT: Rule = [
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  'a whole number, 0 or more',
];
const CEILING: Rule = [(value) => typeof value === 'number' && value > 0, 'a number greater than 0'];
const FLAG: Rule = [(value) => typeof value === 'boolean', 'true or false'];

/** What any layer can be asked beside its own parameters. */
const COMMON: Readonly<Record<string, Rule>> = {
  geom: [() => true, ''],
  limit: COUNT,
  start: COUNT,
  geometry: FLAG,
  // Not by `instanceof`: a frame or a test environment has an `AbortSignal` of its own.
  signal: [(value) => isObject(value) && 'aborted' in value && 'throwIfAborted' in value, 'an AbortSignal'],
  maxBytes: CEILING,
  maxRequests: CEILING,
  maxMs: CEILING,
};

/** What is common, once checked. */
interface Own {
  readonly geom?: unknown;
  readonly limit?: number;
  readonly start?: number;
  readonly geometry?: boolean;
  readonly signal?: AbortSignal;
}

const UNLIMITED: QueryLimits = { maxBytes: Infinity, maxRequests: Infinity, maxMs: Infinity };

/** Those of `given` that any layer can be asked, checked; the others in `rest`. */
function common(given: Given): { readonly own: Given; readonly rest: [string, unknown][] } {
  const own: Record<string, unknown> = {};
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(COMMON, name) ? COMMON[name] : undefined;
    if (value === undefined) continue;
    if (rule === undefined) rest.push([name, value]);
    else if (rule[0](value)) own[name] = value;
    else throw wrongForm(name, rule[1], value);
  }
  return { own, rest };
}

/** The ceilings in `given`, a value of any kind; those of `absent` for the others. */
export function ceilings(given: Given, absent: QueryLimits): QueryLimits {
  const { maxBytes, maxRequests, maxMs } = { ...absent, ...common(given).own };
  return { maxBytes, maxRequests, maxMs };
}

/** `value` as the field's type: in texts, numbers and booleans are understood. */
function fieldValue({ name, type }: Field, value: unknown): string | number | boolean {
  if (type === 'string') {
    if (typeof value === 'string') return value;
    throw wrongForm(name, 'a text', value);
  }
  if (type === 'boolean') {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw wrongForm(name, FLAG[1], value);
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (Number.isFinite(number)) return number as number;
  throw wrongForm(name, 'a number', value);
}

function filterOf({ name: layerName, layer, definition }: AskedLayer, name: string, value: unknown): Filter {
  const { parameters, sources } = definition;
  const { fields } = layer;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined) {
    const field = fields.find((known) => known.name === name);
    if (field !== undefined)
      return { parameter: name, anyOf: [[{ field: name, equals: fieldValue(field, value) }]] };
    const known = [...Object.keys(parameters), ...(sources === undefined ? [] : ['source_ign'])];
    throw unknownParameter(layerName, name, [
      ...new Set([...known, ...Object.keys(COMMON), ...fields.map((field) => field.name)]),
    ]);
  }
  // API Carto's codes are upper case; `2a004` and `0a` mean the same.
  const code = typeof value === 'string' ? value.toUpperCase() : '';
  if (!parameter.form.test(code)) throw wrongForm(name, parameter.rule, value);
  const anyOf = parameter.anyOf(code);
  // A missing column would match nothing, in silence.
  const missing = anyOf.flat().find((test) => !fields.some((field) => field.name === test.field));
  if (missing === undefined) return { parameter: name, anyOf };
  throw invalid(name, `${layerName} has no field ${missing.field} in this tree`);
}

/**
 * The question that `parameters` ask of a layer.
 * @throws CartoError `InvalidQuery`.
 */
export function readParameters(asked: AskedLayer, parameters: Given, { limits, isStream }: Manner): Question {
  const { name, layer, definition } = asked;
  const { own, rest } = common(parameters);
  const { geom, limit = Infinity, start = 0, geometry = true, signal } = own as Own;
  if (geom !== undefined && layer.geometry === null) {
    throw invalid('geom', `the rows of ${name} have no place; ask by attributes, such as partition`);
  }
  // `source_ign` has already chosen the layer.
  const filters = rest
    .filter(([key]) => key !== 'source_ign' || definition.sources === undefined)
    .map(([key, value]) => filterOf(asked, key, value));
  if (geom === undefined && filters.length === 0 && limit === Infinity && !isStream) {
    const message = `neither geom nor an attribute is given: this would read the whole of ${name}; give a limit to do so`;
    throw invalid('limit', message);
  }
  const codes = name.startsWith('cadastre/')
    ? rest.filter(([key]) => Object.hasOwn(definition.parameters, key))
    : [];
  return {
    shape: geom === undefined ? null : shapeOf(parseGeometry(geom)),
    filters,
    departement: departementOf(Object.fromEntries(codes)),
    limit,
    start,
    withGeometry: geometry,
    signal,
    // Who takes features one by one pays as they come, and stops when they will.
    limits: ceilings(own, isStream ? UNLIMITED : limits),
    scanBytes: ceilings(own, limits).maxBytes,
  };
}
