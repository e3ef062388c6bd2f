/** New editions of the cadastre beside the tree that is published: the real command line, from producers. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExample } from '../example/index.ts';
import { readTree } from '../publish/read-tree.ts';
import { contents } from '../testing/snapshot.ts';
import { parcellaireExpress, serveExample } from '../testing/upstream/catalogues.ts';
import { laterEdition, renamed, thinned, without, type Change } from '../testing/upstream/edition.ts';
import { serveResource } from '../testing/upstream/geoplateforme.ts';
import { Upstream } from '../testing/upstream/server.ts';

const CARTO = fileURLToPath(new URL('../cli/carto.mjs', import.meta.url));
const upstream = new Upstream();
let root = '';

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `carto build --modules cadastre`, with `args`. */
function build(...args: string[]): Promise<Outcome> {
  const env = { ...process.env, CARTO_UPSTREAM: upstream.origin };
  const all = [CARTO, 'build', '--modules', 'cadastre', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: root, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}

/** From now on a département has an edition of `date` too, the example's changed. */
async function announce(departement: string, date: string, change: Change): Promise<void> {
  const editions = parcellaireExpress({ folder: join(root, 'example'), parts: 1 });
  const own = editions.filter(({ zone, files }) => zone === `D${departement}` && files.length > 0).at(-1);
  if (own === undefined) throw new Error(`no edition of ${departement}`);
  // Archives in parts cannot be opened from one of them.
  const whole = {
    ...own,
    files: own.files.map((file) => ({ ...file, name: file.name.replace('.001', '') })),
  };
  serveResource(upstream, 'PARCELLAIRE-EXPRESS', [...editions, await laterEdition(whole, date, change)]);
}

async function parcelles(): Promise<Readonly<Record<string, number>>> {
  const { manifest } = await readTree(join(root, 'dist'));
  const { partitions = [] } = manifest.layers['cadastre/parcelle'] ?? {};
  return Object.fromEntries(partitions.map(({ id, features }) => [id, features]));
}

/** Builds what must be refused, and leave all as it was. */
async function refused(...args: string[]): Promise<string> {
  const before = contents(join(root, 'dist'));
  const { status, stderr } = await build('--quiet', ...args);
  expect(status).toBe(1);
  expect(contents(join(root, 'dist'))).toEqual(before);
  return stderr;
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'carto-vintages-'));
  await writeExample(join(root, 'example'));
  await upstream.start();
  serveExample(upstream, { folder: join(root, 'example'), parts: 1 });
});

afterAll(async () => {
  await upstream.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('a département that was published before', { timeout: 600_000 }, () => {
  it('is caught with a third of its parcels, whatever came or went beside it, until that is accepted', async () => {
    expect((await build('--territoire', '21,974', '--quiet')).stderr).toBe('');
    const before = await parcelles();
    await announce('021', '2026-06-01', thinned('PARCELLE.SHP', 3));
    const stderr = await refused('--territoire', '21');
    expect(stderr).toMatch(
      /cadastre\/parcelle 21: \d+ features, \d+ in the tree that is published; --accept/,
    );
    expect(stderr).toContain(`, ${before['21']} in the tree`);
    const taken = await build('--territoire', '21', '--accept-drops', 'cadastre/parcelle');
    expect(taken.status).toBe(0);
    expect(taken.stdout).toMatch(/^no longer there: cadastre\/commune 974, /m);
    expect(Object.keys(await parcelles())).toEqual(['21']);
  });

  it('may not lose a layer that its producer delivers, while another one comes', async () => {
    await announce('021', '2026-07-01', without('LOCALISANT'));
    const stderr = await refused('--territoire', '21,974');
    expect(stderr).toMatch(/_D021_2026-07-01\.7z: no member feeds cadastre\/localisant; --accept-drops /);
  });

  it('is asked for again when its producer goes back to an older edition', async () => {
    const editions = parcellaireExpress({ folder: join(root, 'example'), parts: 1 });
    serveResource(upstream, 'PARCELLAIRE-EXPRESS', editions);
    const stderr = await refused('--territoire', '21,974', '--accept-drops', 'cadastre/localisant');
    expect(stderr).toMatch(/cadastre\/\w+ 21: of 2026-03-01, of 2026-06-01 in the tree that is published/);
  });

  it('is caught with a column that was renamed, silently empty', async () => {
    await announce('021', '2026-08-01', (folder) => {
      thinned('PARCELLE.SHP', 3)(folder);
      renamed('PARCELLE.DBF', 'CONTENANCE', 'SURFACE_M2')(folder);
    });
    const stderr = await refused('--territoire', '21,974');
    expect(stderr).toMatch(/cadastre\/parcelle 21: contenance is filled in 0 of \d+ rows \(0 %\), in /);
    expect(stderr).toContain('--accept-drops cadastre/parcelle:contenance takes it');
    expect((await build('--territoire', '21,974', '--accept-drops', 'cadastre/parcelle')).status).toBe(1);
    const flags = ['--territoire', '21,974', '--accept-drops', 'cadastre/parcelle:contenance'];
    expect((await build(...flags)).status).toBe(0);
    expect(Object.keys(await parcelles())).toEqual(['21', '974']);
  });

  it('is not asked to accept what is no layer nor field', async () => {
    const { status, stderr } = await build('--accept-drops', 'cadastre/parcele');
    expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean cadastre/parcelle?')]);
  });
});
