/**
 * The README is true: every command that it shows with an output is run on the example
 * territory and gives that output; the routes it lists exist.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from './build/build.ts';
import { createTreeHost } from './cli/serve/tree-host.ts';
import { writeExample } from './example/index.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const CARTO = join(PROJECT, 'pipeline/cli/carto.mjs');

interface Shown {
  readonly command: string;
  readonly output: string;
}

/** The commands of `console` blocks, each with what follows it. */
function shownCommands(markdown: string): Shown[] {
  const blocks = [...markdown.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter((part) => part.trim() !== '')
      .map((part) => {
        const end = part.indexOf('\n');
        return { command: part.slice(0, end), output: part.slice(end + 1).trim() };
      }),
  );
}

/** What a server of the tree in `directory` answers to the address in a `curl` command. */
async function served(directory: string, address: string): Promise<string> {
  const host = await createTreeHost(directory);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const { port } = host.address() as AddressInfo;
  try {
    return await (await fetch(address.replace(':8080', `:${port}`))).text();
  } finally {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  }
}

/** The words of a command, quoted ones whole. */
function words(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('the README', () => {
  let root: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'carto-readme-'));
    const { sources } = await writeExample(join(root, 'example'));
    await build({ sources, directory: join(root, 'dist'), work: join(root, 'work') });
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const shown = shownCommands(readFileSync(join(PROJECT, 'README.md'), 'utf8'));

  it('shows at least one query with its output', () => {
    expect(shown.length).toBeGreaterThan(0);
  });

  it.each(shown)('shows what $command prints', async ({ command, output }) => {
    const [npx, carto, ...args] = words(command);
    if (npx === 'curl') {
      expect(await served(join(root, 'dist'), carto ?? '')).toBe(output);
      return;
    }
    expect([npx, carto]).toEqual(['npx', 'carto']);
    const printed = execFileSync(process.execPath, [CARTO, ...args, '--base', join(root, 'dist')], {
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe(output);
  });
});
