/** A build from producers that is killed at any moment, downloads included, and run again: the bytes of an undisturbed one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { writeExample } from '../example/index.ts';
import { contents } from '../testing/snapshot.ts';
import { serveExample } from '../testing/upstream/catalogues.ts';
import { Upstream } from '../testing/upstream/server.ts';

const CHILD = fileURLToPath(new URL('../testing/territoire-child.ts', import.meta.url));
const SEED = 974;
const KILLS = 20;

const upstream = new Upstream();
let root = '';

/** Runs a build in `name`; killed `later` milliseconds after its line number `last`. What it told, and whether it was killed. */
async function runChild(
  name: string,
  { last = Infinity, later = 0 }: { readonly last?: number; readonly later?: number } = {},
): Promise<{ readonly told: string[]; readonly killed: boolean }> {
  const args = ['--import', 'tsx', CHILD, '21,974', join(root, name)];
  const env = { ...process.env, CARTO_UPSTREAM: upstream.origin };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    told.push(line);
    if (told.length === last) setTimeout(() => child.kill('SIGKILL'), later);
  }
  const [, signal] = (await ended) as [number | null, string | null];
  return { told, killed: signal === 'SIGKILL' };
}

/** When each file was fetched is no matter of its bytes. */
function lockIn(name: string): string {
  return readFileSync(join(root, name, 'data/sources.lock.json'), 'utf8').replace(/"fetched": ".*"/g, '');
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'carto-killed-'));
  await writeExample(join(root, 'example'));
  await upstream.start();
  serveExample(upstream, { folder: join(root, 'example') });
});

afterAll(async () => {
  await upstream.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('a build of a territoire', () => {
  it(`killed ${KILLS} times (seed ${SEED}) and run again ends with the same bytes`, async () => {
    expect((await runChild('calm')).told.at(-1)).toBe('done');

    // Slow enough that many are killed in the midst of a download.
    const host = 'data.geopf.fr';
    for (const { path } of [...upstream.requests].filter((asked) => /\.7z(\.\d+)?$/.test(asked.path)))
      upstream.fault(host, path, { kind: 'drip', bytes: 16_000, everyMs: 15 });
    const random = seededRandom(SEED);
    const at = { downloads: 0, steps: 0 };
    while (at.downloads + at.steps < KILLS) {
      const when = { last: 1 + Math.floor(random() * 12), later: random() * 60 };
      const { told, killed } = await runChild('rough', when);
      const isStep = /^(normalise|pack|index|tiles|cut) /.test(told.at(-1) ?? '');
      // One that came through before its turn begins again from nothing.
      if (!killed) rmSync(join(root, 'rough'), { recursive: true });
      else if (isStep) at.steps += 1;
      else at.downloads += 1;
    }
    process.stdout.write(`killed ${at.downloads} times while downloading, ${at.steps} while building\n`);
    expect(Math.min(at.downloads, at.steps)).toBeGreaterThan(2);

    expect((await runChild('rough')).told.at(-1)).toBe('done');
    expect(contents(join(root, 'rough/dist'))).toEqual(contents(join(root, 'calm/dist')));
    expect(lockIn('rough')).toBe(lockIn('calm'));
  }, 600_000);
});
