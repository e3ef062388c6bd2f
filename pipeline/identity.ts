/** Name and version of this project, as its package.json says. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string() });

export type Identity = z.infer<typeof manifest>;

export function ownIdentity(): Identity {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return manifest.parse(JSON.parse(text));
}
