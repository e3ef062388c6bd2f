#!/usr/bin/env node
// The command `carto`: the sources are TypeScript, which tsx lets Node 20 run as it is.
import { register } from 'tsx/esm/api';

register();
const [{ main }, { endOnBrokenPipe }] = await Promise.all([import('./main.ts'), import('./output.ts')]);
endOnBrokenPipe(process.stdout);
process.exitCode = await main(process.argv);
