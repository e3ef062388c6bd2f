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
import { invalid, wrongForm } from './refusal.ts';

/** The layer that is asked, as the tree publishes it. */
export interface AskedLayer {
  readonly name: string;
  readonly layer: Layer;
  readonly definition: LayerDefinition;
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
const COMMON = new Map<string, Rule>([
  ['geom', [() => true, '']],
  ['limit', COUNT],
  ['start', COUNT],
  ['geometry', FLAG],
  // Not by `instanceof`: a frame or a test environment has an `AbortSignal` of its own.
  ['signal', [(value) => isObject(value) && 'throwIfAborted' in value, 'an AbortSignal']],
  ['maxBytes', CEILING],
  ['maxRequests', CEILING],
  ['maxMs', CEILING],
]);

const UNLIMITED: QueryLimits = { maxBytes: Infinity, maxRequests: Infinity, maxMs: Infinity };

/** What is common among `given`, checked, and the rest. */
function common(given: Given): readonly [own: Given, rest: [string, unknown][]] {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const own = entries.filter(([name]) => COMMON.has(name));
  for (const [name, value] of own) {
    const [holds, rule] = COMMON.get(name) ?? COUNT;
    if (!holds(value)) throw wrongForm(name, rule, value);
  }
  return [Object.fromEntries(own), entries.filter(([name]) => !COMMON.has(name))];
}

/** The ceilings in `given`, a value of any kind; those of `absent` for the others. */
export function ceilings(given: Given, absent: QueryLimits): QueryLimits {
  const { maxBytes, maxRequests, maxMs } = { ...absent, ...common(given)[0] };
  return { maxBytes, maxRequests, maxMs };
}

/** `value` as the field's type: in texts, numbers and booleans are understood. */
function fieldValue({ name, type }: Field, value: unknown): string | number | boolean {
  const isText = typeof value === 'string';
  const read =
    type === 'string' || !isText
      ? value
      : type === 'boolean'
        ? new Map([['true', true], ['false', false]]).get(value) // prettier-ignore
        : Number(value.trim() || NaN);
  const expected = type === 'integer' ? 'number' : type;
  if (typeof read === expected && !Number.isNaN(read)) return read as string;
  throw wrongForm(
    name,
    { string: 'a text', boolean: FLAG[1], number: 'a number', integer: 'a number' }[type],
    value,
  );
}

function filterOf({ name: layerName, layer, definition }: AskedLayer, name: string, value: unknown): Filter {
  const { parameters } = definition;
  const names = layer.fields.map((field) => field.name);
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined) {
    const field = layer.fields[names.indexOf(name)];
    if (field !== undefined) return { anyOf: [[{ field: name, equals: fieldValue(field, value) }]] };
    const known = new Set([...Object.keys(parameters), ...COMMON.keys(), ...names]);
    throw invalid(name, `${layerName} has no such parameter or field; it knows ${[...known].join(', ')}`);
  }
  // API Carto's codes are upper case; `2a004` and `0a` mean the same.
  const code = typeof value === 'string' ? value.toUpperCase() : '';
  if (!parameter.form.test(code)) throw wrongForm(name, parameter.rule, value);
  const anyOf = parameter.anyOf(code);
  // A missing column would match nothing, in silence.
  const missing = anyOf.flat().find(({ field }) => !names.includes(field));
  if (missing === undefined) return { anyOf };
  throw invalid(name, `${layerName} has no field ${missing.field} in this tree`);
}

/**
 * The question that `parameters` ask of a layer.
 * @throws CartoError `InvalidQuery`.
 */
export function readParameters(asked: AskedLayer, parameters: Given, { limits, isStream }: Manner): Question {
  const { name, layer, definition } = asked;
  const [own, rest] = common(parameters);
  const { geom } = own;
  if (geom !== undefined && layer.geometry === null) {
    throw invalid('geom', `the rows of ${name} have no place; ask by attributes, such as partition`);
  }
  // `source_ign` has already chosen the layer.
  const conditions = rest.filter(([key]) => key !== 'source_ign' || definition.sources === undefined);
  if (geom === undefined && conditions.length === 0 && own['limit'] === undefined && !isStream) {
    throw invalid(
      'limit',
      `neither geom nor an attribute is given: this would read the whole of ${name}; give a limit to do so`,
    );
  }
  const codes = conditions.filter(([key]) => Object.hasOwn(definition.parameters, key));
  return {
    ...{ limit: Infinity, start: 0, geometry: true },
    // Who takes features one by one pays as they come, and stops when they will.
    ...(isStream ? UNLIMITED : limits),
    ...own,
    filters: conditions.map(([key, value]) => filterOf(asked, key, value)),
    shape: geom === undefined ? null : shapeOf(parseGeometry(geom)),
    departement: name.startsWith('cadastre/') ? departementOf(Object.fromEntries(codes)) : null,
    scanBytes: ceilings(own, limits).maxBytes,
  };
}
