import { PipelineError } from '../../errors.ts';

/**
 * Refuses the index that `name` names.
 * @throws PipelineError `VerifyFailed`, always.
 */
export function refuse(name: string, what: string): never {
  throw new PipelineError('VerifyFailed', what, { member: name });
}
