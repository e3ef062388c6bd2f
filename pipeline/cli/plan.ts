/** `carto plan`: what would be fetched for a territoire, asked of the producers' catalogues; fetches nothing. */
import { Command } from 'commander';
import { planTerritoire } from '../sources/producers/plan.ts';
import { presenceIn } from '../sources/producers/presence.ts';
import { note } from './output.ts';
import { describePlan, planAsJson } from './plan-summary.ts';
import {
  downloaderIn,
  keptIn,
  LAST_BUILT,
  requestOf,
  withTerritoire,
  type TerritoireFlags,
} from './territoire-flags.ts';

async function runPlan(flags: TerritoireFlags): Promise<void> {
  note('asking the producers’ catalogues', flags);
  const plan = await planTerritoire(downloaderIn(flags.data), requestOf(flags));
  const presence = presenceIn(keptIn(flags.data));
  const text =
    flags.json === true ? `${JSON.stringify(planAsJson(plan, presence))}\n` : describePlan(plan, presence);
  process.stdout.write(text);
}

export function planCommand(): Command {
  const command = new Command('plan').description(
    'list what would be fetched for a territoire, from where and how big',
  );
  return withTerritoire(command, LAST_BUILT)
    .addHelpText(
      'after',
      `
Examples:
  carto plan --territoire 21
  carto plan --territoire 21,2A,974 --modules cadastre --json
  carto plan --territoire france`,
    )
    .action((_flags: unknown, own: Command) => runPlan(own.optsWithGlobals<TerritoireFlags>()));
}
