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

/** Runs the installer on gdal-async; gives its exit status, 1 when it was stopped. */
function install(args: readonly string[], seconds?: number): number {
  const child = spawnSync(process.execPath, [installer, 'install', ...args], {
    cwd: dirname(packageJson),
    stdio: 'inherit',
    ...(seconds === undefined ? {} : { timeout: seconds * 1000 }),
  });
  return child.status ?? 1;
}

/** Where the headers of the very Node that runs lie, if they do: node-gyp then downloads none. */
function headersOfThisNode(): string | undefined {
  const prefix = resolve(process.execPath, '../..');
  const header = join(prefix, 'include/node/node_version.h');
  if (!existsSync(header)) return undefined;
  const abi = /^#define NODE_MODULE_VERSION (\d+)$/m.exec(readFileSync(header, 'utf8'))?.[1];
  return abi === process.versions.modules ? prefix : undefined;
}

function installFromSource(): number {
  const nodedir = process.env['npm_config_nodedir'] ?? headersOfThisNode();
  const headers = nodedir === undefined ? [] : [`--nodedir=${nodedir}`];
  return install(['--build-from-source', '--shared_gdal', '-j', 'max', ...headers]);
}

const [way] = process.argv.slice(2);
if (way === 'prebuilt') process.exitCode = install(['--update-binary'], DOWNLOAD_SECONDS);
else if (way === 'from-source') process.exitCode = installFromSource();
else throw new Error(`expected prebuilt or from-source, found ${way ?? 'nothing'}`);
