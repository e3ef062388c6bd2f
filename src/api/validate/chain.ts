/**
 * Applies the rules of parameters to what a request gives, all parameters at once, and
 * says what is wrong in the form of API Carto's refusals.
 */
import { instancesOf, type Given, type Instance, type Location } from '../read/given.ts';
import type { Rule } from './rules.ts';

/** A parameter, as far as it is validated. */
export interface Checked {
  readonly name: string;
  readonly required?: boolean;
  /** In the order in which they are tried; the first that is broken is told. */
  readonly rules: readonly Rule[];
}

export interface FieldFault {
  readonly type: 'field';
  /** Absent when the parameter is. */
  readonly value?: unknown;
  readonly msg: string;
  readonly path: string;
  readonly location: Location;
}

/** By the name of the parameter. */
export type FieldFaults = Readonly<Record<string, FieldFault>>;

/** A parameter that is required and not given is missed in the body. */
const MISSING: readonly Instance[] = [{ location: 'body', value: undefined }];

function faultOf({ name, required, rules }: Checked, given: Given): FieldFault | null {
  const found = instancesOf(given, name);
  const instances = found.length === 0 && required === true ? MISSING : found;
  for (const rule of rules) {
    for (const { location, value } of instances) {
      const fault = rule(value);
      if (fault !== null) {
        // Names of headers know no case.
        const path = location === 'headers' ? name.toLowerCase() : name;
        return { type: 'field', value: fault.value, msg: fault.message, path, location };
      }
    }
  }
  return null;
}

/** What is wrong with the values of `parameters`; `null` when nothing is. */
export function faultsIn(parameters: readonly Checked[], given: Given): FieldFaults | null {
  const faults = parameters.flatMap((parameter) => faultOf(parameter, given) ?? []);
  return faults.length === 0 ? null : Object.fromEntries(faults.map((fault) => [fault.path, fault]));
}
