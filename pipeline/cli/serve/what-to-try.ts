/** What can be asked of a tree that is served: its pages, and questions of its own description. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const EXAMPLE = z.object({ example: z.unknown().optional() });
const PARAMETER = EXAMPLE.extend({
  name: z.string(),
  content: z.object({ 'application/json': EXAMPLE }).optional(),
});
const DOCUMENT = z.object({
  paths: z.record(z.string(), z.object({ get: z.object({ parameters: z.array(PARAMETER) }).optional() })),
});

/** One of a place and one of a code. */
const ASKED = ['/codes-postaux/communes/{codePostal}', '/cadastre/parcelle'];

/** As it is typed into a shell. */
function question(path: string, parameters: readonly z.infer<typeof PARAMETER>[]): string | null {
  const code = parameters.find(({ name }) => path.includes(`{${name}}`));
  if (code !== undefined) {
    return typeof code.example === 'string' ? path.replace(`{${code.name}}`, code.example) : null;
  }
  const geom = parameters.find(({ name }) => name === 'geom')?.content?.['application/json'].example;
  return geom === undefined ? null : `${path}?geom=${JSON.stringify(geom)}`;
}

/** `null` for a description that is somebody else's: no promise was made of it. */
function read(path: string): z.infer<typeof DOCUMENT> | null {
  try {
    return DOCUMENT.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Lines for whoever serves the tree in `folder` at `address`. */
export function whatToTry(folder: string, address: string): string[] {
  const pages = ['index.html', 'api.html'].filter((name) => existsSync(join(folder, name)));
  const lines = pages.map((name) => address + name.replace('index.html', ''));
  const description = join(folder, 'openapi.json');
  if (!existsSync(description)) return lines;
  const data = read(description);
  if (data === null) return lines;
  const questions = ASKED.map((path) => question(path, data.paths[path]?.get?.parameters ?? []));
  const asked = questions.filter((path) => path !== null);
  return [...lines, ...asked.map((path) => `curl -g '${address}api${path}'`)];
}
