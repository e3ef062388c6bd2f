/**
 * A module with all that it imports, as one small file for browsers. What the site
 * publishes, what its size is measured on and what the tests of the bundle run are made
 * here, so that they are the same bytes. Refuses modules that leave something to import.
 */
import { build, type Metafile } from 'esbuild';
import { minify } from 'terser';

/** Browsers since March 2024, Node since 20. */
const TARGET = 'es2022';
const ECMA = 2020;

export interface Bundle {
  readonly bytes: Uint8Array;
  /** By path from the current folder: what each module is in the file, before the last minifying. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** `iife`: as a classic script, of which nothing can be imported. */
export type Format = 'esm' | 'iife';

/** What to bundle: the path of a module, or the text of one that stands in `folder`. */
export type Entry = string | { readonly text: string; readonly folder: string };

async function joined(
  entry: Entry,
  external: readonly string[],
  format: Format,
): Promise<readonly [string, Metafile]> {
  const { outputFiles, metafile } = await build({
    ...(typeof entry === 'string'
      ? { entryPoints: [entry] }
      : { stdin: { contents: entry.text, resolveDir: entry.folder, loader: 'ts' } }),
    bundle: true,
    external: [...external],
    format,
    metafile: true,
    // Terser knows less of syntax, and more of everything else.
    minifySyntax: true,
    platform: 'browser',
    target: TARGET,
    write: false,
  });
  return [outputFiles[0]?.text ?? '', metafile];
}

/** A script that imports nothing, minified. */
export async function minified(text: string, format: Format = 'esm'): Promise<Uint8Array> {
  const { code = '' } = await minify(text, {
    module: format === 'esm',
    ecma: ECMA,
    // Our getters have no effects, and nothing of ours is called by `new` or asked for `arguments`. Not
    // `unsafe_comps`: with it `!(a <= b)` becomes `a > b`, which is another question of NaN and undefined.
    compress: { passes: 3, hoist_funs: true, pure_getters: true, unsafe_arrows: true },
  });
  return new TextEncoder().encode(code);
}

/**
 * The module `entry` as one minified file of standard JavaScript, and what is in it.
 * @param external - names that may stay imports
 * @throws Error for anything else that is left to import.
 */
export async function bundle(
  entry: Entry,
  external: readonly string[] = [],
  format: Format = 'esm',
): Promise<Bundle> {
  const [text, { outputs }] = await joined(entry, external, format);
  const [output] = Object.values(outputs);
  const left = output?.imports.filter(({ path }) => !external.includes(path)) ?? [];
  if (left.length > 0) throw new Error(`left to import: ${left.map(({ path }) => path).join(', ')}`);
  const bytes = await minified(text, format);
  const inputs: Record<string, number> = {};
  for (const [path, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) inputs[path] = bytesInOutput;
  return { bytes, inputs };
}

/** The bytes of `bundle`. */
export async function bundleForBrowsers(entry: Entry, format: Format = 'esm'): Promise<Uint8Array> {
  return (await bundle(entry, [], format)).bytes;
}
