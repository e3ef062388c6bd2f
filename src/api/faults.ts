/**
 * What is said when the library throws: a wrong question is refused as wrong parameters
 * are, one too costly with its cost, what the tree does not hold as such, and whatever
 * could not be read is a fault of the storage. None of them is an empty answer.
 */
import { CartoError, type CartoErrorCode } from '../errors.ts';
import { instancesOf, type Given } from './read/given.ts';
import { refuse, respondJson } from './respond.ts';

function refuseQuestion(error: CartoError, given: Given): Response {
  const path = error.details['path'];
  const name = typeof path === 'string' ? (path.split(/[.[]/)[0] ?? '') : '';
  const instance = instancesOf(given, name).at(-1);
  if (instance === undefined) return refuse(error.message);
  const { location, value } = instance;
  return refuse({ [name]: { type: 'field', value, msg: error.message, path: name, location } });
}

/** Of what is no fault of the storage. */
const STATUSES: Partial<Record<CartoErrorCode, number>> = {
  TooCostly: 413,
  OutsideCoverage: 501,
  UnknownLayer: 501,
};

/** The response where the tree could not be opened, or could not answer: with the library's typed reason. */
export function respondToFault({ code: reason, message, retryable, details }: CartoError): Response {
  const status = STATUSES[reason] ?? 502;
  return respondJson({ code: status, message, reason, retryable, details }, status);
}

/** The response to an error of the library. Throws whatever is none: an abortion, or a defect. */
export function respondToError(error: unknown, given: Given): Response {
  if (!(error instanceof CartoError)) throw error;
  return error.code === 'InvalidQuery' ? refuseQuestion(error, given) : respondToFault(error);
}
