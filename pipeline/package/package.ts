/**
 * The library as an npm package, for pages that are bundled and for Node: JavaScript and its
 * types, with nothing to install beside it but the types of GeoJSON. The package.json of the
 * project is the pipeline's, whose dependencies nobody needs who only asks a tree.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleForBrowsers } from '../site/bundle.ts';
import { writeDeclarations } from './declarations.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const SRC = join(PROJECT, 'src');
const TYPES = 'types';
/** The one file that does something where it is only loaded: bundlers must not drop it. */
const SCRIPT = './sw.js';
/** It exports nothing. */
const SCRIPT_TYPES = 'export {};\n';
/** Browsers since March 2024, Node since 20, as the site's files. */
const TARGET = 'es2022';

/** What of the project's package.json the library's has, too. */
interface Project {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** A module that the package exports, by its name there (`.`, `./node`). */
interface Entry {
  readonly name: string;
  readonly path: string;
  /** The file in the package, without its ending. */
  readonly file: string;
}

function readProject(): Project {
  return JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Project;
}

function entriesOf({ exports }: Project): Entry[] {
  return Object.entries(exports).map(([name, path]) => ({
    name,
    path: join(PROJECT, path),
    file: name === '.' ? 'index' : name.slice(2),
  }));
}

/** Entries share what they have in common: an error of one is of the class that the others know. */
async function writeModules(entries: readonly Entry[], folder: string): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(entries.map(({ file, path }) => [file, path])),
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: TARGET },
    external: ['node:*'],
    chunkNames: 'shared/[hash]',
    outdir: folder,
  });
}

function manifestOf(project: Project, entries: readonly Entry[]): object {
  const { name, version, description, license, type, engines, devDependencies } = project;
  const exports = entries.map(({ name: exported, path, file }) => {
    const types = `./${TYPES}${path.slice(SRC.length).replace(/\.ts$/, '.d.ts')}`;
    return [exported, { types, default: `./${file}.js` }];
  });
  const script = { types: `./${TYPES}/worker/sw.d.ts`, default: SCRIPT };
  return {
    ...{ name, version, description, license, type, engines, sideEffects: [SCRIPT] },
    exports: Object.fromEntries([...exports, [SCRIPT, script]]) as unknown,
    dependencies: { '@types/geojson': `^${devDependencies['@types/geojson'] ?? ''}` },
  };
}

/**
 * Writes the package into `folder`, in place of what it held.
 * @throws Error where the library imports what no browser has, or has no types.
 */
export async function writePackage(folder: string): Promise<void> {
  const project = readProject();
  const entries = entriesOf(project);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeModules(entries, folder);
  const modules = entries.map(({ path }) => path);
  writeDeclarations(modules, SRC, join(folder, TYPES));
  const manifest = JSON.stringify(manifestOf(project, entries), null, 2);
  writeFileSync(join(folder, 'package.json'), `${manifest}\n`);
  // A script of its own, which a site that is bundled copies beside its pages.
  writeFileSync(join(folder, SCRIPT), await bundleForBrowsers(join(SRC, 'worker/sw.ts'), 'iife'));
  writeFileSync(join(folder, TYPES, 'worker/sw.d.ts'), SCRIPT_TYPES);
  copyFileSync(join(PROJECT, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(join(dirname(fileURLToPath(import.meta.url)), 'README.md'), join(folder, 'README.md'));
}
