/**
 * A territoire built from its producers as a process of its own, which a test can kill: tells
 * each file and each step as a line, and at the end `done`, or the error as JSON. Where its
 * producers are, `CARTO_UPSTREAM` says.
 */
import { join } from 'node:path';
import { build } from '../build/build.ts';
import { downloaderIn } from '../cli/territoire-flags.ts';
import { PipelineError } from '../errors.ts';
import { fetchPlan } from '../sources/producers/fetched.ts';
import { planTerritoire } from '../sources/producers/plan.ts';
import { parseTerritoire } from '../sources/producers/territoire.ts';
import type { Sources } from '../sources/sources-file.ts';

const [codes = '', root = ''] = process.argv.slice(2);
const work = join(root, 'work');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function fetchSources(): Promise<Sources> {
  const downloader = downloaderIn(join(root, 'data'), {
    perSecond: 1000,
    onProgress: ({ name, state }) => {
      say(`${state} ${name}`);
    },
  });
  const request = { cadastre: 'ign', bdParcellaire: false, modules: ['cadastre', 'codes-postaux'] } as const;
  const plan = await planTerritoire(downloader, { ...request, territoire: parseTerritoire(codes) });
  say('planned');
  return fetchPlan(plan, downloader, join(work, 'sources'));
}

try {
  await build({ sources: fetchSources, directory: join(root, 'dist'), work, onStep: say });
  say('done');
} catch (error) {
  const { message } = error as Error;
  say(JSON.stringify(error instanceof PipelineError ? { code: error.code, message } : { message }));
  process.exitCode = 1;
}
