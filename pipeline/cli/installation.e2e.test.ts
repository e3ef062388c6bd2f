/** The command where something that it needs is not installed, or was made for another Node. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const CARTO = fileURLToPath(new URL('./carto.mjs', import.meta.url));

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'carto-installation-'));
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

function run(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: scratch, encoding: 'utf8' });
  return { status, stderr };
}

it('says what to do in a clone that has no npm packages', () => {
  const carto = join(scratch, 'carto.mjs');
  cpSync(CARTO, carto);
  const stderr = 'carto: the npm packages are not installed; run make setup\n';
  expect(run(carto, 'build')).toEqual({ status: 1, stderr });
});

it.each(['build', 'verify'])('%s says what to do where gdal-async was made for another Node', (command) => {
  const other = join(scratch, 'other-node.cjs');
  writeFileSync(
    other,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, modules: '999' } });`,
  );
  const { status, stderr } = run('--require', other, CARTO, command);
  expect(stderr).toMatch(/^carto: gdal-async does not load in Node [\d.]+; run make setup \([^\n]+\)\n$/);
  expect(status).toBe(1);
});
