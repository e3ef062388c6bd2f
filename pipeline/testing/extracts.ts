/**
 * The real extracts of the official datasets, for tests that must run on what producers
 * really publish. They stand outside the repository; without them a test says that it
 * skips, and why.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The sources file over the extracts, part of the project. */
export const EXTRACTS_SOURCES = fileURLToPath(new URL('../../data/extracts.sources.json', import.meta.url));

/** Where its paths lead. */
export const EXTRACTS = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Whether the extracts are there; says so on standard error when they are not. */
export function haveExtracts(test: string): boolean {
  const there = existsSync(EXTRACTS);
  if (!there) process.stderr.write(`skipped: ${test} needs the real extracts in ${EXTRACTS}\n`);
  return there;
}
