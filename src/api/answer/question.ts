/**
 * The question that a valid request asks of a layer. A list of values asks for each of
 * them, so a question is one or more alternatives; none, when a value is one that no
 * feature has: such a question is answered without reading anything.
 */
import type { GeoJSON } from 'geojson';
import { CartoError } from '../../errors.ts';
import { definitionOf } from '../../query/definitions.ts';
import { parseGeometry } from '../../geometry/validate.ts';
import { namesGiven, valueOf, type Given } from '../read/given.ts';
import type { Route } from '../routes/routes.ts';
import { itemsOf, textOf } from '../validate/rules.ts';
import { codesAsked, type Aliases, type Filters } from './codes.ts';
import { fieldsOf, type CartoSource } from './source.ts';

export interface Question {
  readonly layer: string;
  readonly alternatives: readonly Filters[];
  readonly geom: GeoJSON | undefined;
  readonly start: number;
  readonly limit: number;
  readonly geometry: 'true' | 'false' | 'centroid';
}

export interface QuestionOptions {
  readonly aliases: Aliases;
  /** The greatest `_limit`, where it is greater than the route's own. */
  readonly maxLimit: number;
}

/** What is no filter, beside former names. */
const NO_FILTERS = ['geom', '_limit', '_start', 'geometry', 'source_ign', 'source', 'apikey'];
const LISTS = ['code_insee', 'insee', 'idu', 'partition'];

/** Whether commas part the values of `name`: in codes; those of wines are in the text of a category. */
function isList(name: string, { parameters }: Route): boolean {
  return LISTS.includes(name) || (name === 'categorie' && parameters.some((own) => own.name === name));
}

/** A list of lists of values is a product: it must stay a small one. */
const MOST_ALTERNATIVES = 500;

/** Attributes may be numbers and flags, which the library knows from their texts. */
function scalarOf(value: unknown): unknown {
  return typeof value === 'object' ? textOf(value) : value;
}

/** What asks for nothing: what is not given, and what is empty where upstream would not have read it. */
function asksNothing({ parameters }: Route, name: string, value: unknown): boolean {
  if (value === undefined || value === null || NO_FILTERS.includes(name)) return true;
  return value === '' && !parameters.some((parameter) => parameter.name === name);
}

/** The values asked for, by name: the parameters of the route, then attributes of the layer. */
function valuesIn(route: Route, given: Given, fields: readonly string[]): Map<string, unknown[]> {
  const declared = [...route.parameters, ...route.beyond].map(({ name }) => name);
  const attributes = namesGiven(given).filter((name) => fields.includes(name) && !declared.includes(name));
  const values = new Map<string, unknown[]>();
  for (const name of new Set([...declared, ...attributes])) {
    const value = valueOf(given, name);
    if (asksNothing(route, name, value)) continue;
    const items: readonly unknown[] = isList(name, route) ? itemsOf(value) : [value].flat(9);
    values.set(name, declared.includes(name) ? items.map(textOf) : items.map(scalarOf));
  }
  return values;
}

function product(factors: readonly (readonly Filters[])[]): Filters[] {
  let alternatives: Filters[] = [{}];
  for (const factor of factors) {
    if (alternatives.length * factor.length > MOST_ALTERNATIVES) {
      const message = `more than ${MOST_ALTERNATIVES} combinations of values are asked for`;
      throw new CartoError('InvalidQuery', message);
    }
    alternatives = alternatives.flatMap((left) => factor.map((right) => ({ ...left, ...right })));
  }
  return alternatives;
}

/** Whether any feature of the layer may have the values. */
function isPossible(layer: string, filters: Filters): boolean {
  const { parameters } = definitionOf(layer);
  return Object.entries(filters).every(([name, value]) => {
    const form = Object.hasOwn(parameters, name) ? parameters[name]?.form : undefined;
    return form === undefined || form.test(textOf(value).toUpperCase());
  });
}

/** The layer that answers: `source_ign` chooses it where there are two. */
export function layerOf(route: Route, given: Given): string {
  const isBdp = route.hasSources === true && textOf(valueOf(given, 'source_ign')).toUpperCase() === 'BDP';
  return isBdp ? `${route.layer}-bdp` : route.layer;
}

function numberOf(given: Given, name: string, absent: number): number {
  const value = valueOf(given, name);
  return textOf(value) === '' ? absent : Number(textOf(value));
}

/** @throws CartoError `InvalidQuery`. */
export function readQuestion(
  carto: CartoSource,
  route: Route,
  given: Given,
  { aliases, maxLimit }: QuestionOptions,
): Question {
  const layer = layerOf(route, given);
  const fields = fieldsOf(carto, layer);
  const factors = codesAsked(valuesIn(route, given, fields), fields, aliases);
  const geom = valueOf(given, 'geom');
  const limit = numberOf(given, '_limit', route.cap);
  return {
    layer,
    alternatives: product(factors).filter((filters) => isPossible(layer, filters)),
    geom: geom === undefined ? undefined : parseGeometry(geom),
    start: numberOf(given, '_start', 0),
    limit: Math.min(limit, Math.max(route.cap, maxLimit)),
    geometry: (textOf(valueOf(given, 'geometry')) || 'true') as Question['geometry'],
  };
}
