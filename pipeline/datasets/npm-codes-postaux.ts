/** The table of postal codes that API Carto serves: the npm package `codes-postaux`, as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { PipelineError } from '../errors.ts';

const row = z.object({
  codePostal: z.string(),
  codeCommune: z.string(),
  nomCommune: z.string(),
  libelleAcheminement: z.string(),
});

/** API Carto's answer for a postal code is a list of these. */
export type CommuneOfCodePostal = z.infer<typeof row>;

const require = createRequire(import.meta.url);

/** Where the package keeps its table. */
export function npmTablePath(): string {
  return require.resolve('codes-postaux/codes-postaux.json');
}

/** The version of the package, which is the vintage of its table. */
export function npmTableVersion(): string {
  const manifest: unknown = require('codes-postaux/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}

export function readNpmTable(path = npmTablePath()): CommuneOfCodePostal[] {
  const parsed = z.array(row).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new PipelineError(
    'BadSchema',
    `not the table of codes-postaux: ${parsed.error.issues[0]?.message ?? ''}`,
    {
      source: 'codes-postaux',
    },
  );
}
