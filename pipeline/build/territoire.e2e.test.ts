/**
 * A territoire from its producers to a tree: the real command line, downloader and build, against
 * the example territory as its producers would serve it. Nothing is mocked below HTTP.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchTerritoire } from '../cli/fetch-territoire.ts';
import type { TerritoireFlags } from '../cli/territoire-flags.ts';
import { createDownloader, readLock } from '../download/index.ts';
import { writeExample } from '../example/index.ts';
import { verify } from '../publish/verify.ts';
import { checkSources } from '../sources/producers/check.ts';
import { MODULES } from '../sources/producers/plan.ts';
import { parseTerritoire } from '../sources/producers/territoire.ts';
import { parcellaireExpress, serveExample } from '../testing/upstream/catalogues.ts';
import { serveResource } from '../testing/upstream/geoplateforme.ts';
import { Upstream, type Asked } from '../testing/upstream/server.ts';
import { contents } from '../testing/snapshot.ts';
import { build, type BuildResult } from './build.ts';

const CARTO = fileURLToPath(new URL('../cli/carto.mjs', import.meta.url));

const upstream = new Upstream();
let root = '';

interface Built {
  readonly result: BuildResult;
  readonly steps: readonly string[];
}

/** Builds as `carto build --territoire` does, in this process: its steps can be seen. */
async function buildTerritoire(
  codes: string,
  more: Partial<TerritoireFlags> = {},
  name = '.',
): Promise<Built> {
  const steps: string[] = [];
  const work = join(root, name, 'data/work');
  const own = { work, data: join(root, name, 'data'), quiet: true, territoire: parseTerritoire(codes) };
  const flags = { ...own, cadastre: 'ign', modules: MODULES, ...more } as const;
  const result = await build({
    sources: () => fetchTerritoire(flags),
    directory: join(root, name, 'dist'),
    work,
    onStep: (step) => steps.push(step),
  });
  return { result, steps };
}

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function carto(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CARTO, ...args], { cwd: root, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}

/** The files whose bytes were asked for, without a condition. */
function filesAsked(): string[] {
  const isFile = ({ method, path, headers }: Asked): boolean =>
    method === 'GET' &&
    /\.(zip|gpkg|7z(\.\d+)?)$|\/raw$/.test(path) &&
    headers['if-none-match'] === undefined;
  return upstream.requests.filter(isFile).map(({ path }) => path.split('/').at(-1) ?? '');
}

/** Of the layers of the cadastre that a département of the example has. */
function stepsOf(departement: string, reads: string): string[] {
  const layers = ['commune', 'feuille', 'parcelle', 'localisant'].map((name) => `cadastre/${name}`);
  return [
    expect.stringMatching(
      new RegExp(`^normalise parcellaire-express cadastre/parcellaire-express/${reads}`),
    ) as string,
    ...layers.map((layer) => `pack ${layer} ${departement}`),
    ...layers.map((layer) => `index ${layer}`),
    'tiles cadastre',
  ];
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'carto-territoire-'));
  await writeExample(join(root, 'example'));
  vi.stubEnv('CARTO_UPSTREAM', await upstream.start());
  serveExample(upstream, { folder: join(root, 'example') });
});

afterAll(async () => {
  await upstream.stop();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

beforeEach(() => {
  upstream.forget();
});

describe('a territoire, from its producers', { timeout: 600_000 }, () => {
  it('is told before anything is fetched', async () => {
    const { status, stdout } = await carto('plan', '--territoire', '21,974');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Côte-d’Or, La Réunion: 6 sources, 23 files, \d.* to fetch\n/);
    expect(stdout).toMatch(
      /cadastre\/parcellaire-express\/974 {2}2026-03-01 +3 .* to fetch +Licence Ouverte/,
    );
    expect(filesAsked()).toEqual([]);
    expect(existsSync(join(root, 'data'))).toBe(false);
  });

  it('is planned, downloaded, verified, laid open, normalised and built from nothing', async () => {
    const { status, stdout, stderr } = await carto('build', '--territoire', '21', '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ changed: true, territory: 'Côte-d’Or' });
    expect(filesAsked()).toHaveLength(20);
    expect((await verify(join(root, 'dist'))).faults).toEqual([]);
    const locked = readLock(join(root, 'data/sources.lock.json'));
    expect(locked.get('PARCELLAIRE-EXPRESS_1-1__SHP_LAMB93_D021_2026-03-01.7z')).toMatchObject({
      edition: '2026-03-01',
      licence: 'Licence Ouverte / Open Licence 2.0',
    });
  });

  it('builds the département that is added, from an archive in parts, and no other', async () => {
    const { result, steps } = await buildTerritoire('21,974');
    expect(steps).toEqual(stepsOf('974', '974'));
    expect(filesAsked().sort()).toEqual(
      ['001', '002', '003'].map(
        (part) => `PARCELLAIRE-EXPRESS_1-1__SHP_RGR92UTM40S_D974_2026-03-01.7z.${part}`,
      ),
    );
    expect(result.catalogue.layers['cadastre/parcelle']?.partitions).toEqual(
      ['21', '974'].map((id) => ({
        id,
        provenance: [
          expect.objectContaining({ source: 'parcellaire-express', vintage: '2026-03-01' }) as unknown,
        ],
      })),
    );
  });

  it('downloads and builds nothing a second time, and says so', async () => {
    const before = contents(join(root, 'dist'));
    const { result, steps } = await buildTerritoire('21,974');
    expect([steps, result.changed, filesAsked()]).toEqual([[], false, []]);
    expect(contents(join(root, 'dist'))).toEqual(before);
    const { stdout } = await carto('plan', '--territoire', '21,974');
    expect(stdout).toContain('; nothing to fetch');
  });

  it('stops at a source that changed under its name, until the change is accepted, and builds what depends on it', async () => {
    const other = join(root, 'other');
    await writeExample(other, { seed: 2 });
    const kept = parcellaireExpress({ folder: join(root, 'example') }).filter(({ zone }) => zone !== 'D974');
    const changed = parcellaireExpress({ folder: other }).filter(({ zone }) => zone === 'D974');
    serveResource(upstream, 'PARCELLAIRE-EXPRESS', [...kept, ...changed]);
    const before = contents(join(root, 'dist'));

    const { status, stderr } = await carto('build', '--territoire', '21,974', '--quiet');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /3 sources have changed under the same name: .*D974_2026-03-01\.7z\.001: locked on .*now at/,
    );
    expect(contents(join(root, 'dist'))).toEqual(before);

    const unknown = await carto('update', '--territoire', '21,974', 'cadastre/parcellaire-expres');
    expect(unknown.stderr).toMatch(
      /no source cadastre\/parcellaire-expres in this territoire; did you mean /,
    );
    const update = await carto('update', 'cadastre', '--quiet', '--json');
    expect(update.status).toBe(0);
    const { accepted } = JSON.parse(update.stdout) as { accepted: { name: string }[] };
    expect(accepted.map(({ name }) => name.slice(-16))).toEqual(
      ['001', '002', '003'].map((part) => `2026-03-01.7z.${part}`.slice(-16)),
    );

    const { result, steps } = await buildTerritoire('21,974');
    expect(steps).toEqual(stepsOf('974', '974'));
    expect(result.changed).toBe(true);
  });

  it('takes a new edition at a new address without asking', async () => {
    const folder = join(root, 'other/gpu/extraction');
    const manifest = readFileSync(join(folder, 'download-latest.xml'), 'utf8');
    const host = 'www.geoportail-urbanisme.gouv.fr';
    upstream.serve(host, '/api/extraction/download-latest', manifest.replaceAll('2026-03-01', '2026-03-08'));
    for (const name of readdirSync(folder))
      upstream.serve('data.geopf.fr', `/annexes/gpu/extractions/2026-03-08/${name}`, {
        path: join(folder, name),
      });
    const { stdout } = await carto('plan', '--territoire', '21,974', '--modules', 'gpu');
    expect(stdout).toMatch(/gpu\/extraction {2}2026-03-08 +17 .* to fetch/);
    const { result, steps } = await buildTerritoire('21,974');
    expect(steps.filter((step) => !step.includes('gpu'))).toEqual([]);
    expect(steps).toContain('pack gpu/zone-urba france');
    const [partition] = result.catalogue.layers['gpu/zone-urba']?.partitions ?? [];
    expect(partition?.provenance[0]?.vintage).toBe('2026-03-08');
  });

  it.each([
    ['01', { cadastre: 'etalab' }, 'etalab', '2026-03-01', ['commune', 'feuille', 'parcelle']],
    [
      '21',
      { bdParcellaire: true },
      'bd-parcellaire',
      '2017-03-03',
      ['division', 'commune-bdp', 'parcelle-bdp', 'localisant-bdp'],
    ],
  ] as const)(
    'takes other cadastres when they are asked for: %s %j',
    async (code, flags, source, vintage, layers) => {
      const { result } = await buildTerritoire(code, { ...flags, modules: ['cadastre'] }, source);
      for (const layer of layers) {
        const { partitions } = result.catalogue.layers[`cadastre/${layer}`] ?? {};
        expect(partitions).toMatchObject([{ id: code, provenance: [{ source, vintage }] }]);
      }
    },
  );

  it('keeps what was fetched until it is pruned, and then what is announced', async () => {
    const before = contents(join(root, 'dist'));
    const kept = readLock(join(root, 'data/sources.lock.json')).size;
    const pruned = await carto('prune', '--territoire', '21', '--json');
    const { forgotten, files } = JSON.parse(pruned.stdout) as { forgotten: string[]; files: number };
    expect(forgotten.map((name) => name.slice(-7))).toEqual(['.7z.001', '.7z.002', '.7z.003']);
    // Of the extraction of the week before, and of La Réunion before and after it changed.
    expect(files).toBeGreaterThan(6);
    expect(readLock(join(root, 'data/sources.lock.json')).size).toBe(kept - 3);
    expect((await carto('plan', '--territoire', '21')).stdout).toContain('; nothing to fetch');
    expect(contents(join(root, 'dist'))).toEqual(before);
  });

  it('leaves the tree of before when a producer is not where it was', async () => {
    const before = contents(join(root, 'dist'));
    const path = '/api/1/datasets/base-officielle-des-codes-postaux/';
    upstream.fault('www.data.gouv.fr', path, { kind: 'status', status: 404 });
    await expect(buildTerritoire('21')).rejects.toMatchObject({ code: 'SourceGone' });
    upstream.heal('www.data.gouv.fr', path);
    expect(contents(join(root, 'dist'))).toEqual(before);
  });
});

describe('the check of all addresses', { timeout: 600_000 }, () => {
  it('finds them all by small requests, and says so with status 0', async () => {
    const { status, stdout } = await carto('check-sources');
    expect(stdout.split('\n').filter((line) => line.startsWith('there '))).toHaveLength(6);
    expect(status).toBe(0);
    expect(filesAsked()).toEqual([]);
  });

  it('tells those that moved from those that do not answer', async () => {
    const paths = {
      moved: '/data-fair/api/v1/datasets/laposte-hexasmal/raw',
      silent: '/data/etalab-cadastre/',
      refused: '/professionnels.ign.fr/parcellaire-express/BDPARCELLAIRE_1-2_VECTEUR/',
    };
    for (const host of ['data.laposte.fr', 'datanova.laposte.fr'])
      upstream.fault(host, paths.moved, { kind: 'status', status: 404 });
    upstream.fault('cadastre.data.gouv.fr', paths.silent, { kind: 'reset' });
    upstream.fault('files.opendatarchives.fr', paths.refused, { kind: 'status', status: 403 });
    const kept = { store: join(root, 'none'), lock: join(root, 'none.json'), perSecond: 1000 };
    const options = { ...kept, origins: upstream.origins() };
    const downloader = createDownloader(options, { tries: 1, firstPauseMs: 1 });
    const told: unknown[] = [];
    const checked = await checkSources(downloader, parseTerritoire('21'), (one) => told.push(one));
    expect(checked.map(({ source, verdict }) => [source, verdict])).toEqual([
      ['aoc/inao', 'there'],
      ['codes-postaux/laposte', 'moved'],
      ['cadastre/parcellaire-express', 'there'],
      ['cadastre/etalab', 'silent'],
      ['cadastre/bd-parcellaire', 'refused'],
      ['gpu/extraction', 'there'],
    ]);
    expect(told).toEqual(checked);
  });
});
