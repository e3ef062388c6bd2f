/**
 * Validates a request on a route. Upstream's own rules speak first; where they have
 * nothing to say, those that this API adds; in the strict mode all of them at once.
 */
import { valueOf, type Given } from '../read/given.ts';
import { refuse } from '../respond.ts';
import type { Route } from '../routes/routes.ts';
import { faultsIn, type FieldFaults } from './chain.ts';
import { each, textOf } from './rules.ts';
import { isUnbounded, strictFaults } from './strict.ts';

/** As API Carto, or with what it ignores refused: `ApiOptions.mode`. */
export type Mode = 'compatible' | 'strict';

export interface Validation {
  readonly mode: Mode;
  readonly maxLimit: number;
  /** Of the layer. */
  readonly fields: readonly string[];
}

const SOURCES = ['PCI', 'BDP'];
const AOC_SOURCES = ['qlf', 'prd'];

/** The three refusals that are a sentence. */
function sentence(route: Route, given: Given, { mode, maxLimit }: Validation): string | null {
  const source = textOf(valueOf(given, 'source_ign')).toUpperCase();
  if (route.hasSources === true && source && !SOURCES.includes(source)) {
    return 'Pour une recherche sur la couche PCI EXPRESS : la valeur doit être PCI.Pour une recherche sur la couche BD Parcellaire: la valeur doit être BDP.';
  }
  const most = Math.max(route.cap, maxLimit);
  if (route.refusesMore === true && Number(textOf(valueOf(given, '_limit'))) > most) {
    return `La valeur de l'attribut "limit" doit être inférieur ou égal à ${most}.`;
  }
  const base = valueOf(given, 'source');
  if (route.kind === 'appellations' && base !== undefined && !AOC_SOURCES.includes(textOf(base))) {
    return "La valeur de l'attribut 'Source' doit être 'qlf' ou 'prd'";
  }
  return mode === 'strict' && isUnbounded(route, given)
    ? 'Nothing narrows the question: give geom, a code, or any attribute of the layer.'
    : null;
}

/** Names and values are read as upstream does, but not asked about when they were not UTF-8. */
const isReadable = each((text) => !text.includes('\uFFFD'), 'expected UTF-8');

function beyondFaults(route: Route, given: Given, { fields }: Validation): FieldFaults | null {
  const names = [...route.parameters.map(({ name }) => name), ...fields].filter((name) => name !== 'geom');
  const readable = [...new Set(names)].map((name) => ({ name, rules: [isReadable] }));
  return faultsIn([...route.beyond, ...readable], given);
}

function allFaults(route: Route, given: Given, validation: Validation): FieldFaults | null {
  const faults = {
    ...strictFaults(route, given, validation.fields),
    ...beyondFaults(route, given, validation),
    ...faultsIn(route.parameters, given),
  };
  return Object.keys(faults).length === 0 ? null : faults;
}

/** The refusal of a request; `null` when it is valid. */
export function validate(route: Route, given: Given, validation: Validation): Response | null {
  const isStrict = validation.mode === 'strict';
  const faults = isStrict ? allFaults(route, given, validation) : faultsIn(route.parameters, given);
  if (faults !== null) return refuse(faults);
  const message = sentence(route, given, validation);
  if (message !== null) return refuse(message);
  const added = isStrict ? null : beyondFaults(route, given, validation);
  return added === null ? null : refuse(added);
}
