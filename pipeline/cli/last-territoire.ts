/** What was built last from producers, so that `carto update` and `carto prune` need not be told again. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../download/durable.ts';
import { PipelineError } from '../errors.ts';
import { MODULES, type PlanRequest } from '../sources/producers/plan.ts';
import { parseTerritoire } from '../sources/producers/territoire.ts';

const NAME = 'territoire.json';

const remembered = z.strictObject({
  territoire: z.string(),
  modules: z.array(z.enum(MODULES)),
  cadastre: z.enum(['ign', 'etalab']),
  bdParcellaire: z.boolean(),
});

/** Writes `request` into the folder `data`. */
export function remember(data: string, { territoire, ...rest }: PlanRequest): void {
  const { departements } = territoire;
  const codes = departements === 'france' ? departements : departements.join(',');
  const value: z.infer<typeof remembered> = { territoire: codes, ...rest, modules: [...rest.modules] };
  mkdirSync(data, { recursive: true });
  writeDurably(join(data, NAME), `${JSON.stringify(value)}\n`);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * What was remembered in the folder `data`; `null` when nothing was.
 * @throws PipelineError `BadSourcesFile` when the file is not one that was written here.
 */
export function recall(data: string): PlanRequest | null {
  const path = join(data, NAME);
  const text = read(path);
  if (text === null) return null;
  try {
    const { territoire, ...rest } = remembered.parse(JSON.parse(text));
    return { ...rest, territoire: parseTerritoire(territoire) };
  } catch (error) {
    throw new PipelineError(
      'BadSourcesFile',
      'not what carto build writes there; it may be removed',
      { source: path },
      error,
    );
  }
}
