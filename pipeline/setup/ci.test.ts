/** What `.ci/run` counts and says, with a pretended `make`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly status: number | null;
  readonly lastLine: string | undefined;
  readonly targets: string[];
}

/**
 * Runs `.ci/run` with a make that logs its target, then does what `recipes` says for it
 * (nothing, if absent). Stops it as soon as it has printed `stopAt`.
 */
async function run(recipes: Readonly<Record<string, string>>, stopAt?: string): Promise<Run> {
  const log = join(folder, 'targets');
  const cases = Object.entries(recipes).map(([target, body]) => `${target}) ${body} ;;`);
  writeFileSync(
    join(folder, 'make'),
    `#!/bin/sh\necho "$1" >> '${log}'\necho "making $1"\ncase $1 in\n${cases.join('\n')}\nesac\n`,
    { mode: 0o755 },
  );
  const child = spawn(join(ROOT, '.ci/run'), {
    env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}`, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (stopAt !== undefined && text.includes(stopAt)) child.kill('SIGTERM');
  });
  const status = await new Promise<number | null>((settle) => child.on('close', settle));
  return {
    status,
    lastLine: said.trimEnd().split('\n').at(-1),
    targets: readFileSync(log, 'utf8').trim().split('\n'),
  };
}

/** A recipe that leaves a report like vitest's and ends with `status`. */
function vitest(report: unknown, status = 0): string {
  writeFileSync(join(folder, 'report'), JSON.stringify(report));
  return `cp '${join(folder, 'report')}' "\${2##*--outputFile.json=}"; exit ${status}`;
}

const file = (status: string, ...tests: string[]): object => ({
  status,
  assertionResults: tests.map((result) => ({ status: result })),
});

const allPassed = {
  numPassedTests: 3,
  numFailedTests: 0,
  testResults: [file('passed', 'passed', 'passed', 'passed')],
};

test('it runs make build, then make test, and counts the tests', async () => {
  const { status, lastLine, targets } = await run({ test: vitest(allPassed) });
  expect(targets).toEqual(['build', 'test']);
  expect(lastLine).toBe('3 passed, 0 failed');
  expect(status).toBe(0);
});

test('a build that fails counts as one, and the tests run all the same', async () => {
  const { status, lastLine } = await run({ build: 'exit 2', test: vitest(allPassed) });
  expect(lastLine).toBe('3 passed, 1 failed');
  expect(status).toBe(1);
});

test('failed tests and files that cannot be loaded are counted', async () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed'), file('failed')],
  };
  expect(await run({ test: vitest(report, 1) })).toMatchObject({ status: 1, lastLine: '2 passed, 2 failed' });
});

test('lint, types or vitest failing although every test passed is a failure', async () => {
  expect(await run({ test: vitest(allPassed, 1) })).toMatchObject({
    status: 1,
    lastLine: '3 passed, 1 failed',
  });
});

test('a report that is missing or cut is a failure', async () => {
  expect(await run({ test: 'exit 0' })).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' });
  const cut = `printf '{"numPassedTests": 3' > "\${2##*--outputFile.json=}"`;
  expect(await run({ test: cut })).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' });
});

test('when it is stopped it does not say that nothing failed', async () => {
  // Not at once: timeout(1) forgets its child when the signal comes while it forks.
  const outcome = await run({ build: 'sleep 1; echo at work; exec sleep 50' }, 'at work');
  expect(outcome).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed', targets: ['build'] });
});
