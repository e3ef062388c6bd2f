/** `carto build` and `carto verify` as a publisher runs them: processes, texts, statuses. */
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const CARTO = fileURLToPath(new URL('./carto.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'carto-build-'));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CARTO, ...args], { cwd: scratch }, (error, stdout, stderr) => {
      resolve({
        status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        stdout,
        stderr,
      });
    });
  });
}

const HEADER = '#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5';

/** A sources file over one table of postal codes: the quickest territory there is. */
function writeTerritory(name: string, csv: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'laposte.csv'), csv);
  const sources = [
    { dataset: 'codes-postaux', format: 'laposte', path: 'laposte.csv', vintage: '2026-03-01' },
  ];
  const path = join(folder, 'sources.json');
  writeFileSync(path, JSON.stringify({ territory: name, options: { codesPostaux: 'laposte' }, sources }));
  return path;
}

const GOOD = writeTerritory(
  'good',
  `${HEADER}\r\n01004;AMBERIEU EN BUGEY;01500;AMBERIEU EN BUGEY;\r\n2A004;AJACCIO;20000;AJACCIO;\r\n`,
);

// One work folder: what does not depend on the sources, the site's scripts, is made once.
describe('carto build', () => {
  it('builds into --dir, says what it built, and what a second time is: nothing', async () => {
    const first = await run('build', '--sources', GOOD, '--dir', 'out', '--work', 'work');
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('good: 1 layer, 2 features');
    expect(first.stdout).toMatch(/^catalogue\.json, which every first question reads: 0\.\d kB$/m);
    const second = await run('build', '--sources', GOOD, '--dir', 'out', '--work', 'work');
    expect(second.stdout).toMatch(/^Nothing has changed\./);
    const asked = await run(
      'query',
      'codes-postaux/communes',
      '--base',
      'out',
      '--where',
      'codePostal=20000',
    );
    expect(JSON.parse(asked.stdout)).toEqual([
      { codePostal: '20000', codeCommune: '2A004', nomCommune: 'AJACCIO', libelleAcheminement: 'AJACCIO' },
    ]);
  });

  it('tells programs what it built as JSON, and nothing when asked to be quiet', async () => {
    const json = await run('build', '--json', '--sources', GOOD, '--dir', 'json', '--work', 'work');
    expect(JSON.parse(json.stdout)).toMatchObject({
      changed: true,
      layers: { 'codes-postaux/communes': { in: 2, out: 2 } },
    });
    const quiet = await run('build', '--quiet', '--sources', GOOD, '--dir', 'quiet', '--work', 'work');
    expect(quiet).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('ends a bad source with one line that names it, status 1, and the tree of before', async () => {
    await run('build', '--sources', GOOD, '--dir', 'kept', '--work', 'work');
    const before = readdirSync(join(scratch, 'kept'), { recursive: true }).sort();
    const catalogue = readFileSync(join(scratch, 'kept/catalogue.json'), 'utf8');
    const bad = writeTerritory('bad', 'nom;code\r\nPARIS;75056\r\n');
    const { status, stdout, stderr } = await run(
      'build',
      '--sources',
      bad,
      '--dir',
      'kept',
      '--work',
      'work',
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^carto: laposte\.csv › codes-postaux\/communes › line 1: no column code_postal; found nom, code\n$/,
    );
    expect(readdirSync(join(scratch, 'kept'), { recursive: true }).sort()).toEqual(before);
    expect(readFileSync(join(scratch, 'kept/catalogue.json'), 'utf8')).toBe(catalogue);
  });

  it('gives programs the code and the place of a failure', async () => {
    const missing = join(scratch, 'nowhere.json');
    const { status, stderr } = await run(
      '--json',
      'build',
      '--sources',
      missing,
      '--dir',
      'none',
      '--work',
      'work',
    );
    expect(status).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'MissingSource', where: { source: missing } },
    });
    expect(existsSync(join(scratch, 'none'))).toBe(false);
  });
});

describe('carto verify', () => {
  it('says that a tree is sound, and names each file that is not', async () => {
    await run('build', '--sources', GOOD, '--dir', 'proved', '--work', 'work');
    const sound = await run('verify', '--dir', 'proved');
    expect(sound.status).toBe(0);
    expect(sound.stdout).toContain('all sound');
    const [file = ''] = readdirSync(join(scratch, 'proved/data/codes-postaux'));
    writeFileSync(join(scratch, 'proved/data/codes-postaux', file), '[]');
    const spoilt = await run('verify', '--dir', 'proved');
    expect(spoilt.status).toBe(1);
    expect(spoilt.stdout).toContain(`data/codes-postaux/${file}: 2 bytes`);
    expect(spoilt.stderr).toMatch(/1 fault in \d+ files/);
  });

  it('has nothing to say of a folder without a catalogue but that', async () => {
    const { status, stderr } = await run('verify', '--dir', 'empty');
    expect(status).toBe(1);
    expect(stderr).toContain('no catalogue.json');
  });
});
