/** The licences of what a tree holds of others' packages, which are to go with it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const TABLE = dirname(createRequire(import.meta.url).resolve('codes-postaux/package.json'));

export function licenceFiles(): Record<string, string> {
  return { 'codes-postaux-licence.txt': readFileSync(join(TABLE, 'LICENSE'), 'utf8') };
}
