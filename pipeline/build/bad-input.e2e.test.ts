/**
 * Every bad input ends in one error that says where and what, and leaves the published
 * tree as it was: through the real build, over sources that were good a moment ago.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf, PipelineError, type PipelineErrorCode, type Where } from '../errors.ts';
import { BAD_PLACES, BAD_TEXTS } from '../testing/bad-content.ts';
import { BAD_MIXTURES } from '../testing/bad-mixtures.ts';
import { BAD_ARCHIVES, BAD_SOURCES_FILES } from '../testing/bad-files.ts';
import { GOOD } from '../testing/bad-input.ts';
import { useFolder } from '../testing/folder.ts';
import { snapshot } from '../testing/snapshot.ts';
import { parcelles, writeParcelles, writeSources, writeTerritory } from '../testing/territory.ts';
import { useTools } from '../testing/tools.ts';
import { build } from './build.ts';

const CHILD = fileURLToPath(new URL('../testing/build-child.ts', import.meta.url));

interface Expected {
  readonly code: PipelineErrorCode;
  readonly where: Where;
  readonly message: RegExp;
}

describe('a build over bad input', () => {
  let root: string;
  let good: Record<string, string>;
  const folder = useFolder();
  const tools = useTools(folder);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'carto-bad-'));
    const sources = writeTerritory(join(root, 'good'));
    await build({ sources, directory: join(root, 'dist'), work: join(root, 'work') });
    good = snapshot(join(root, 'dist'));
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function failingBuild(sources: string): Promise<unknown> {
    return build({ sources, directory: join(root, 'dist'), work: join(root, 'work') }).then(
      () => null,
      (error: unknown) => error,
    );
  }

  function expectUntouched(): void {
    expect(snapshot(join(root, 'dist'))).toEqual(good);
    const steps = readdirSync(join(root, 'work', 'steps'));
    expect(steps.filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(existsSync(join(root, 'work', 'lock'))).toBe(false);
  }

  function expectError(error: unknown, { code, where, message }: Expected): void {
    expect(error).toMatchObject({ name: 'PipelineError', code, where });
    // What an error of this place says before it says what is wrong.
    const place = new PipelineError(code, '', where).message;
    const text = messageOf(error);
    expect(text.slice(0, place.length)).toBe(place);
    expect(text.slice(place.length)).toMatch(message);
  }

  it.each([...BAD_SOURCES_FILES, ...BAD_ARCHIVES, ...BAD_PLACES, ...BAD_TEXTS, ...BAD_MIXTURES])(
    'fails on $what',
    async ({ spoil, sources = GOOD, code, where, message }) => {
      const here = folder.path('sources');
      cpSync(join(root, 'good'), here, { recursive: true });
      spoil?.(here);
      const file = writeSources(here, sources);
      expectError(await failingBuild(file), { code, where: where ?? { source: file }, message });
      expectUntouched();
    },
  );

  /** The good sources with more parcels, so that what depends on them must be made. */
  function changedSources(count: number): string {
    const here = folder.path('sources');
    cpSync(join(root, 'good'), here, { recursive: true });
    writeParcelles(here, parcelles(count));
    return writeSources(here, GOOD);
  }

  it.each([
    [
      'fails and leaves a file',
      'echo SQLite > cadastre.pmtiles; echo "no space left" >&2; exit 110',
      /^tippecanoe failed with status 110: no space left$/,
    ],
    ['says that all went well and writes nothing', 'exit 0', /^unreadable tiles: ENOENT/],
    [
      'says that all went well over garbage',
      'for f in aoc cadastre gpu; do echo garbage > $f.pmtiles; done',
      /^unreadable tiles: /,
    ],
    ['is killed', 'kill -KILL $$', /^tippecanoe failed with signal SIGKILL|status 137/],
  ])('fails when tippecanoe %s', async (_, script, message) => {
    tools.fake(
      'tippecanoe',
      `if [ "$1" = --version ]; then echo "tippecanoe v0.$(wc -c < "$0")" >&2; exit 0; fi\n${script}`,
    );
    const error = await failingBuild(changedSources(31));
    expectError(error, { code: 'ToolFailed', where: { layer: 'tiles of aoc' }, message });
    expectUntouched();
  });

  it('fails when tippecanoe is not installed, and says how to install it', async () => {
    tools.none();
    const error = await failingBuild(changedSources(31));
    expectError(error, {
      code: 'ToolFailed',
      where: {},
      message: /^tippecanoe is not installed; run make setup$/,
    });
    expectUntouched();
  });

  it('fails when the disk is full, and says at which step', () => {
    const args = [
      process.execPath,
      '--import',
      'tsx',
      CHILD,
      changedSources(32),
      join(root, 'dist'),
      join(root, 'work'),
    ];
    // No file larger than 8 kilobytes: the parcels do not fit.
    const { status, stdout } = spawnSync('bash', ['-c', 'ulimit -f 8; exec "$@"', 'bash', ...args], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      code: 'SystemFailed',
      message: 'normalise parcellaire-express D021: EFBIG: file too large, write',
    });
    expectUntouched();
  });
});
