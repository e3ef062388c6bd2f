/**
 * What the strict mode refuses beside the rules of parameters: names that mean nothing,
 * values that no feature has, conditions that contradict each other, and questions that
 * nothing narrows. Upstream answers all of them, with nothing or with whatever comes first.
 */
import { definitionOf } from '../../query/definitions.ts';
import { nearest } from '../../query/nearest.ts';
import { instancesOf, namesGiven, valueOf, type Given } from '../read/given.ts';
import type { Route } from '../routes/routes.ts';
import type { FieldFault, FieldFaults } from './chain.ts';
import { itemsOf, textOf } from './rules.ts';

function faultAt(given: Given, name: string, msg: string): FieldFault[] {
  return instancesOf(given, name)
    .slice(-1)
    .map(({ value, location }) => ({ type: 'field', value, msg, path: name, location }));
}

function unknownNames(given: Given, known: readonly string[]): FieldFault[] {
  const unknown = namesGiven(given).filter((name) => !known.includes(name));
  return unknown.flatMap((name) => {
    const meant = nearest(name, known);
    const help = meant === undefined ? `expected ${known.join(', ')}` : `did you mean ${meant}?`;
    return faultAt(given, name, `unknown parameter; ${help}`);
  });
}

/** What is not upstream's, and empty: nobody can tell what was meant. */
function emptyValues(given: Given, names: readonly string[]): FieldFault[] {
  const empty = names.filter((name) => valueOf(given, name) === '');
  return empty.flatMap((name) => faultAt(given, name, 'expected a value'));
}

/** Values that pass upstream's rules, and that no feature of the layer has. */
function impossibleValues(route: Route, given: Given): FieldFault[] {
  return Object.entries(definitionOf(route.layer).parameters).flatMap(([name, { form, rule }]) => {
    const value = valueOf(given, name);
    const items = value === undefined ? [] : itemsOf(value).map((item) => textOf(item).toUpperCase());
    return items.every((item) => form.test(item)) ? [] : faultAt(given, name, `expected ${rule}`);
  });
}

function contradictions({ layer }: Route, given: Given): FieldFault[] {
  if (layer === 'gpu/document') {
    const isTwice = valueOf(given, 'geom') !== undefined && textOf(valueOf(given, 'insee')) !== '';
    return isTwice ? faultAt(given, 'insee', 'give either a commune or geom, not both') : [];
  }
  const [insee, dep, com] = ['code_insee', 'code_dep', 'code_com'].map((name) =>
    textOf(valueOf(given, name)),
  );
  const faults: FieldFault[] = [];
  if (insee && dep && !insee.toUpperCase().startsWith(dep.toUpperCase())) {
    faults.push(...faultAt(given, 'code_dep', `not the département of code_insee ${insee}`));
  }
  if (insee && com && !insee.endsWith(com)) {
    faults.push(...faultAt(given, 'code_com', `not the commune of code_insee ${insee}`));
  }
  const { sources } = definitionOf(layer);
  const source = textOf(valueOf(given, 'source_ign')).toUpperCase();
  if (source && sources !== undefined && !Object.hasOwn(sources, source)) {
    faults.push(
      ...faultAt(given, 'source_ign', `this layer is of ${Object.keys(sources).join(' or ')} only`),
    );
  }
  return faults;
}

/** What else is wrong with a request on a layer that has `fields`; `null` when nothing is. */
export function strictFaults(route: Route, given: Given, fields: readonly string[]): FieldFaults | null {
  const own = [...route.parameters, ...route.beyond].filter(({ isFormer }) => isFormer !== true);
  const attributes = route.kind === 'everything' ? [] : fields;
  const known = [...new Set([...own.map(({ name }) => name), ...attributes])];
  const former = route.parameters.filter(({ isFormer }) => isFormer === true).map(({ name }) => name);
  const faults = [
    ...unknownNames(given, [...known, ...former]),
    ...emptyValues(given, known),
    ...impossibleValues(route, given),
    ...contradictions(route, given),
  ];
  return faults.length === 0 ? null : Object.fromEntries(faults.map((fault) => [fault.path, fault]));
}

const NARROWS_NOTHING = ['_limit', '_start', 'geometry', 'source_ign', 'source', 'apikey'];

/** Whether nothing given narrows the question: it would be answered by whatever comes first. */
export function isUnbounded({ kind }: Route, given: Given): boolean {
  if (kind === 'communes postales') return false;
  return namesGiven(given).every((name) => NARROWS_NOTHING.includes(name));
}
