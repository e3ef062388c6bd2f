/** What a new vintage lacks against the tree that is published or its producer's deliveries, and the word by which a person accepts it. */
import { CODES_POSTAUX_LAYER, codesPostauxFields } from '../datasets/codes-postaux.ts';
import { layers } from '../datasets/index.ts';
import { PipelineError } from '../errors.ts';

export interface Loss {
  readonly code: 'BadSchema' | 'CountDropped' | 'ValuesDropped' | 'OlderVintage';
  /** A layer, for its features and its edition; `layer:field` for the values of a field. */
  readonly name: string;
  readonly what: string;
}

/** Every name that a loss can have. */
export function namesOfLosses(): string[] {
  const all = [...layers, { name: CODES_POSTAUX_LAYER, fields: codesPostauxFields }];
  return all.flatMap(({ name, fields }) => [name, ...fields.map((field) => `${name}:${field.name}`)]);
}

/** Losses that are taken; `all` of them. */
export type Accepted = 'all' | readonly string[];

/** @throws PipelineError with the first of `losses` that is not accepted, and what takes them all. */
export function assertAccepted(losses: readonly Loss[], accepted: Accepted): void {
  if (accepted === 'all') return;
  const left = losses.filter(({ name }) => !accepted.includes(name));
  const [first, second] = left;
  if (first === undefined) return;
  const more = second === undefined ? '' : `; and ${left.length - 1} more, such as ${second.what}`;
  const names = [...new Set(left.map(({ name }) => name))];
  const takes = names.length === 1 ? 'takes it' : 'takes them';
  const what = `${first.what}${more}; --accept-drops ${[...accepted, ...names].join(',')} ${takes}`;
  throw new PipelineError(first.code, what);
}
