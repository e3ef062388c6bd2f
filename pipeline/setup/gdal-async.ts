/**
 * Puts gdal-async's native half in place: `prebuilt` downloads it, `from-source` compiles
 * it against the system's libgdal. It never compiles the GDAL that the package bundles.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** Past this, building (two minutes) is no worse than waiting for a download of some 20 MB. */
const DOWNLOAD_SECONDS = 60;

const packageJson = createRequire(import.meta.url).resolve('gdal-async/package.json');

/** The installer that gdal-async ships with itself. */
const installer = createRequire(packageJson).resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');

interface Conditions {
  readonly seconds?: number;
  /** The folder that holds `include/node`. */
  readonly nodedir?: string | undefined;
}

/** Runs the installer on gdal-async; gives its exit status, 1 when it was stopped. */
function install(args: readonly string[], { seconds, nodedir }: Conditions): number {
  const child = spawnSync(process.execPath, [installer, 'install', ...args], {
    cwd: dirname(packageJson),
    stdio: 'inherit',
    // Not a flag: node-gyp lets npm's environment have the last word.
    env: { ...process.env, ...(nodedir === undefined ? {} : { npm_config_nodedir: nodedir }) },
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
  });
  return child.status ?? 1;
}

/**
 * Where the headers of the very Node that runs lie, if they do: node-gyp then downloads
 * none, and takes none that npm's `nodedir` points to for another Node.
 */
function headersOfThisNode(): string | undefined {
  const prefix = resolve(process.execPath, '../..');
  const header = join(prefix, 'include/node/node_version.h');
  if (!existsSync(header)) return undefined;
  const abi = /^#define NODE_MODULE_VERSION (\d+)$/m.exec(readFileSync(header, 'utf8'))?.[1];
  return abi === process.versions.modules ? prefix : undefined;
}

const fromSource = ['--build-from-source', '--shared_gdal', '-j', 'max'];

const [way] = process.argv.slice(2);
if (way === 'prebuilt') process.exitCode = install(['--update-binary'], { seconds: DOWNLOAD_SECONDS });
else if (way === 'from-source') process.exitCode = install(fromSource, { nodedir: headersOfThisNode() });
else throw new Error(`expected prebuilt or from-source, found ${way ?? 'nothing'}`);
