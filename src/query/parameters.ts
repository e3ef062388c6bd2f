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
import { expected, refuse } from '../refusal.ts';

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

type Given = Readonly<Record<string, unknown>>;
type Rule = readonly [words: string, holds: (value: unknown) => boolean];

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);
const FLAG: Rule = ['true or false', (value) => typeof value === 'boolean'];
const NUMBER: Rule = ['a number', isNumber];
const COUNT: Rule = [
  'a whole number, 0 or more',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
];
export const CEILING: Rule = ['a number greater than 0', (value) => isNumber(value) && Number(value) > 0];

/** What any layer can be asked beside its own parameters. */
const COMMON = new Map<string, Rule>([
  ['geom', ['', () => true]],
  ['limit', COUNT],
  ['start', COUNT],
  ['geometry', FLAG],
  // Not by `instanceof`: a frame or a test environment has an `AbortSignal` of its own.
  ['signal', ['an AbortSignal', (value) => isObject(value) && 'throwIfAborted' in value]],
  ['maxBytes', CEILING],
  ['maxRequests', CEILING],
  ['maxMs', CEILING],
]);

const TYPES: Readonly<Record<Field['type'], Rule>> = {
  string: ['a text', (value) => typeof value === 'string'],
  boolean: FLAG,
  number: NUMBER,
  integer: NUMBER,
};

/** What `value` is read as, by default itself, when the rule holds for that. */
export function checked(name: string, value: unknown, [words, holds]: Rule, read = value): unknown {
  return holds(read) ? read : expected(words, name, value);
}

/** What is common among `given`, checked, and the rest. */
function common(given: Given): readonly [own: Given, rest: [string, unknown][]] {
  const own: Record<string, unknown> = {};
  const rest = Object.entries(given).filter(([name, value]) => {
    const rule = COMMON.get(name);
    if (rule && value !== undefined) own[name] = checked(name, value, rule);
    return !rule && value !== undefined;
  });
  return [own, rest];
}

/** The ceilings in `given`, a value of any kind; those of `absent` for the others. */
export function ceilings(given: Given, absent: QueryLimits): QueryLimits {
  const { maxBytes, maxRequests, maxMs } = { ...absent, ...common(given)[0] };
  return { maxBytes, maxRequests, maxMs };
}

/** `value` as the field's type: in texts, numbers and booleans are understood. */
function fieldValue({ name, type }: Field, value: unknown): string | number | boolean {
  const said = type === 'string' || typeof value !== 'string' ? undefined : value.trim();
  const flags = new Map([['true', true], ['false', false]]); // prettier-ignore
  const read = type === 'boolean' ? flags.get(said ?? '') : said && Number(said);
  return checked(name, value, TYPES[type], said === undefined ? value : read) as string;
}

function filterOf({ name: layerName, layer, definition }: AskedLayer, name: string, value: unknown): Filter {
  const parameters = new Map(Object.entries(definition.parameters));
  const fields = new Map(layer.fields.map((field) => [field.name, field]));
  const [parameter, field] = [parameters.get(name), fields.get(name)];
  if (parameter) {
    // API Carto's codes are upper case; `2a004` and `0a` mean the same.
    const code = typeof value === 'string' ? value.toUpperCase() : '';
    if (!parameter.form.test(code)) expected(parameter.rule, name, value);
    const anyOf = parameter.anyOf?.(code) ?? [[{ field: name, equals: code }]];
    // A missing column would match nothing, in silence.
    const missing = anyOf.flat().find((test) => !fields.has(test.field));
    if (missing) refuse(name, `${layerName} has no field ${missing.field} in this tree`);
    return { anyOf };
  }
  if (field) return { anyOf: [[{ field: name, equals: fieldValue(field, value) }]] };
  const known = new Set([...parameters.keys(), ...COMMON.keys(), ...fields.keys()]);
  refuse(name, `${layerName} has no such parameter or field; it knows ${[...known].join(', ')}`);
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
  const { name, layer, definition } = asked;
  const [own, rest] = common(parameters);
  const { geom } = own;
  if (geom !== undefined && layer.geometry === null) {
    refuse('geom', `the rows of ${name} have no place; ask by attributes`);
  }
  // `source_ign` has already chosen the layer.
  const conditions = rest.filter(([key]) => key !== 'source_ign' || definition.sources === undefined);
  if (geom === undefined && conditions.length === 0 && own['limit'] === undefined) {
    refuse('limit', `neither geom nor an attribute is given; give a limit to read all of ${name}`);
  }
  return {
    ...{ limit: Infinity, start: 0, geometry: true },
    ...absent,
    ...own,
    filters: conditions.map(([key, value]) => filterOf(asked, key, value)),
    shape: geom === undefined ? null : shapeOf(parseGeometry(geom)),
    departement: name.startsWith('cadastre/') ? departementOf(Object.fromEntries(conditions)) : null,
    scanBytes: (own as Partial<QueryLimits>).maxBytes ?? limits.maxBytes,
  };
}
