#!/usr/bin/env node
// The command `carto`: the sources are TypeScript, which tsx lets Node 20 run as it is.
const { register } = await import('tsx/esm/api').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('carto: the npm packages are not installed; run make setup\n');
  process.exit(1);
});

register();
const { argv } = process;
// gdal-async's loader (node-pre-gyp) reads the command line of whatever program loads it,
// and takes our `--dir` for its own `--directory`: it must find no options there.
process.argv = argv.slice(0, 2);
const [{ main }, { endOnBrokenPipe }] = await Promise.all([import('./main.ts'), import('./output.ts')]);
endOnBrokenPipe(process.stdout);
process.exitCode = await main(argv);
