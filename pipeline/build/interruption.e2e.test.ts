/**
 * A build that is killed, crowded or moved: whatever happens, the next one ends with the
 * bytes that an undisturbed build gives.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import { useFolder } from '../testing/folder.ts';
import { contents, snapshot } from '../testing/snapshot.ts';
import { writeTerritory } from '../testing/territory.ts';
import { build } from './build.ts';

const CHILD = fileURLToPath(new URL('../testing/build-child.ts', import.meta.url));
const SEED = 31;

const folder = useFolder();

interface Place {
  readonly sources: string;
  readonly directory: string;
  readonly work: string;
}

function place(name: string): Place {
  const root = folder.path(name);
  mkdirSync(root, { recursive: true });
  return { sources: writeTerritory(root), directory: join(root, 'dist'), work: join(root, 'work') };
}

interface ChildOptions {
  /** The step at whose beginning it is killed, or as many milliseconds later. */
  readonly last?: number;
  readonly later?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a build as a process of its own, and gives what it told. */
async function runChild(
  { sources, directory, work }: Place,
  { last = Infinity, later = 0, env = {} }: ChildOptions,
): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, sources, directory, work], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    told.push(line);
    if (told.length === last) setTimeout(() => child.kill('SIGKILL'), later);
  }
  await ended;
  return told;
}

describe('a build', () => {
  it(`killed again and again (seed ${SEED}) ends with the bytes of an undisturbed one`, async () => {
    const calm = place('calm');
    const steps: string[] = [];
    await build({ ...calm, onStep: (name) => steps.push(name) });

    const rough = place('rough');
    const random = seededRandom(SEED);
    for (let killed = 0; killed < 5; killed++) {
      // Each is killed within a few steps of where the one before was, in the midst of some of them.
      await runChild(rough, { last: 1 + Math.floor(random() * 4), later: random() * 100 });
    }
    await build(rough);
    expect(contents(rough.directory)).toEqual(contents(calm.directory));
    expect(readdirSync(join(rough.work, 'steps'))).toHaveLength(steps.length);
  });

  it('killed over a published tree leaves it as it was', async () => {
    const here = place('here');
    await build(here);
    const before = snapshot(here.directory);
    const changed = { ...here, work: folder.path('other-work') };
    expect(await runChild(changed, { last: 3 })).not.toContain('done');
    expect(snapshot(here.directory)).toEqual(before);
  });

  it('that finds another at work says so, and does not disturb it', async () => {
    const here = place('here');
    const first = build(here);
    await expect(build(here)).rejects.toMatchObject({
      code: 'Busy',
      message: `another build (process ${process.pid}) is at work in ${here.work}`,
    });
    await expect(first).resolves.toMatchObject({ changed: true });
    await expect(build(here)).resolves.toMatchObject({ changed: false });
  });

  it('gives the same bytes in another folder, language, time zone and number of threads', async () => {
    const [here, there] = [place('here'), place('a folder/far away')];
    const [a, b] = await Promise.all([
      runChild(here, {
        env: { LANG: 'C', LC_ALL: 'C', TZ: 'America/New_York', TIPPECANOE_MAX_THREADS: '1' },
      }),
      runChild(there, {
        env: { LANG: 'fr_FR.UTF-8', LC_ALL: 'fr_FR.UTF-8', TZ: 'Asia/Tokyo', TIPPECANOE_MAX_THREADS: '3' },
      }),
    ]);
    expect(a).toContain('done');
    expect(b).toEqual(a);
    expect(contents(there.directory)).toEqual(contents(here.directory));
    expect(Object.keys(contents(here.directory)).filter((path) => path.endsWith('.pmtiles'))).toHaveLength(3);
  });

  it('runs no step again when nothing has changed, even where the sources have moved', async () => {
    const here = place('here');
    await build(here);
    const before = snapshot(here.directory);
    const moved = folder.path('moved');
    cpSync(join(here.directory, '..'), moved, { recursive: true, preserveTimestamps: true });
    const steps: string[] = [];
    const { changed } = await build({
      ...here,
      sources: join(moved, 'sources.json'),
      onStep: (name) => steps.push(name),
    });
    expect({ changed, steps }).toEqual({ changed: false, steps: [] });
    expect(snapshot(here.directory)).toEqual(before);
    expect(statSync(join(here.work, 'steps')).isDirectory()).toBe(true);
  });
});
