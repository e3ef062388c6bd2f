/**
 * `carto serve`: a published tree on this machine, to look at it and to try it. Listens
 * on loopback alone; a tree is published by copying it to a host.
 * Under `/api/` it answers as API Carto does.
 */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CartoError } from '../../src/errors.ts';
import { note } from './output.ts';
import { createTreeHost } from './serve/tree-host.ts';
import { whatToTry } from './serve/what-to-try.ts';

interface ServeFlags {
  readonly dir: string;
  readonly port: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

function portNumber(value: string): number {
  const port = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65535)) throw new InvalidArgumentError('It must be a port, 0 to 65535.');
  return port;
}

/** Resolves with the port, once `server` listens. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : error.message;
      reject(new CartoError('HostFault', `port ${port}: ${why}; without --port a free one is taken`));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Resolves when somebody asks the process to end. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => {
      resolve();
    });
    process.once('SIGTERM', () => {
      resolve();
    });
  });
}

async function runServe(flags: ServeFlags): Promise<void> {
  if (!existsSync(join(flags.dir, 'catalogue.json'))) {
    const message = `${flags.dir}: no catalogue.json, so no published tree; carto build makes one`;
    throw new CartoError('NotFound', message, { file: flags.dir });
  }
  const server = await createTreeHost(flags.dir);
  const port = await listen(server, flags.port);
  const stopped = untilStopped();
  // Alone on its line: scripts read the first one.
  process.stdout.write(`http://127.0.0.1:${port}/\n`);
  note(`${flags.dir} is served, and answers as API Carto does; Ctrl-C ends it. To try it:`, flags);
  for (const line of whatToTry(flags.dir, `http://127.0.0.1:${port}/`)) note(`  ${line}`, flags);
  await stopped;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'serve a published tree on this machine, with ranges and API Carto’s routes; writes its address first',
    )
    .option('--dir <folder>', 'the published tree', 'dist')
    .option('--port <n>', 'the port to listen on; 0 takes a free one', portNumber, 0)
    .addHelpText(
      'after',
      `
Examples:
  carto serve
  carto serve --dir /srv/carto --port 8080`,
    )
    .action((_flags: unknown, command: Command) => runServe(command.optsWithGlobals<ServeFlags>()));
}
