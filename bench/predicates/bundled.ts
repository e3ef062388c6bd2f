/**
 * Our predicates as a page gets them, bundled and minified: run from source, each closure
 * would be given its name anew whenever it is made.
 */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { intersects } from '../../src/geometry/intersects.ts';
import type { prepare } from '../../src/geometry/prepare.ts';

interface Predicates {
  readonly intersects: typeof intersects;
  readonly prepare: typeof prepare;
}

const ENTRY = "export * from './intersects.ts'; export * from './prepare.ts';";

export async function bundled(): Promise<Predicates> {
  const resolveDir = fileURLToPath(new URL('../../src/geometry/', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Predicates;
}
