/** The table of postal codes that API Carto serves: the npm package `codes-postaux`, as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { messageOf, PipelineError, type Where } from '../errors.ts';

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

/**
 * The rows of the package's table, or of another one of its form.
 * @throws PipelineError `BadSchema`, which names the row.
 */
export function readNpmTable(
  path = npmTablePath(),
  where: Where = { source: 'codes-postaux' },
): CommuneOfCodePostal[] {
  try {
    return z.array(row).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const fault = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`;
    throw new PipelineError('BadSchema', `not the table of codes-postaux: ${fault}`, where, error);
  }
}
