/** The sources of a plan that somebody names: by their whole id, the beginning of it, or a file's name. */
import { nearest } from '../../../src/query/nearest.ts';
import { PipelineError } from '../../errors.ts';
import type { Announced } from './announced.ts';
import type { Plan } from './plan.ts';

function isNamed({ id, files }: Announced, name: string): boolean {
  return id === name || id.startsWith(`${name}/`) || files.some((file) => file.name === name);
}

/**
 * Those of `plan` that `names` name; all of them when none is named.
 * @throws PipelineError `MissingSource` for a name of none.
 */
export function chooseSources(plan: Plan, names: readonly string[]): Plan {
  if (names.length === 0) return plan;
  const ids = plan.announced.map(({ id }) => id);
  for (const name of names) {
    if (plan.announced.some((announced) => isNamed(announced, name))) continue;
    const meant = nearest(name, ids);
    const hint = meant === undefined ? `they are ${ids.join(', ')}` : `did you mean ${meant}?`;
    throw new PipelineError('MissingSource', `no source ${name} in this territoire; ${hint}`);
  }
  const announced = plan.announced.filter((one) => names.some((name) => isNamed(one, name)));
  return { ...plan, announced };
}
