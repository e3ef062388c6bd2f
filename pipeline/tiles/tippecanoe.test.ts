import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { packInto, randomSquares } from '../testing/packing.ts';
import { useTools } from '../testing/tools.ts';
import { readArchive, readMetadata } from './archive.ts';
import { makeTiles, tippecanoeVersion, ZOOMS } from './tippecanoe.ts';

const SEED = 5;

const folder = useFolder();
const tools = useTools(folder);
const ATTRIBUTION = ['IGN & DGFiP – <PCI> (2026-03-01)', 'Etalab (2025-09-01 – 2026-03-01)'];
const WHERE = { layer: 'tiles of cadastre' };

/** A work folder of the name `name`, as a step has one. */
function workFolder(name = 'work'): string {
  const path = folder.path(name);
  mkdirSync(path, { recursive: true });
  return path;
}

function parcelles(): string {
  return packInto(folder, randomSquares(50, SEED)).path;
}

function make(target: string, ...layers: string[]): ReturnType<typeof makeTiles> {
  return makeTiles(
    'cadastre',
    layers.map((layer) => ({ layer, files: [parcelles()] })),
    target,
    ATTRIBUTION,
  );
}

function failure(message: RegExp): unknown {
  return expect.objectContaining({
    code: 'ToolFailed',
    where: WHERE,
    message: expect.stringMatching(message) as string,
  });
}

describe('tiles', () => {
  it('hold every layer at the zooms of their module', async () => {
    const target = workFolder();
    const { file, layers, minZoom, maxZoom } = await make(target, 'parcelle', 'feuille');
    expect({ layers, zooms: [minZoom, maxZoom] }).toEqual({
      layers: ['parcelle', 'feuille'],
      zooms: ZOOMS.cadastre,
    });
    const found = await readArchive(join(target, file));
    expect(found.layers).toEqual(['feuille', 'parcelle']);
    expect(found.tiles).toBeGreaterThan(0);
  });

  it('name whom a map owes them to, as a map shows it', async () => {
    const target = workFolder();
    const { file } = await make(target, 'parcelle');
    const { name, attribution } = await readMetadata(join(target, file));
    expect(name).toBe('API Carto : cadastre');
    expect(attribution).toBe('IGN &amp; DGFiP – &lt;PCI&gt; (2026-03-01) ; Etalab (2025-09-01 – 2026-03-01)');
  });

  it('join the files of a layer', async () => {
    const target = workFolder();
    const [first, second] = [
      parcelles(),
      packInto({ ...folder, path: (...names) => folder.path('other', ...names) }, randomSquares(5, SEED + 1))
        .path,
    ];
    const { layers } = await makeTiles(
      'cadastre',
      [{ layer: 'parcelle', files: [first, second] }],
      target,
      [],
    );
    expect(layers).toEqual(['parcelle']);
  });

  it('are the same wherever they are made, and tell nothing of the place', async () => {
    const [here, there] = [workFolder('here'), workFolder('a folder/far away')];
    await make(here, 'parcelle');
    await make(there, 'parcelle');
    const bytes = readFileSync(join(here, 'cadastre.pmtiles'));
    expect(readFileSync(join(there, 'cadastre.pmtiles')).equals(bytes)).toBe(true);
    expect(readdirSync(here).includes('tmp')).toBe(false);
  });
});

describe('tippecanoe that fails', () => {
  it.each([
    [
      'with a status, leaving a file',
      'echo SQLite > cadastre.pmtiles; echo "no space left" >&2; exit 110',
      /^tiles of cadastre: tippecanoe failed with status 110: no space left$/,
    ],
    [
      'by being killed',
      'echo SQLite > cadastre.pmtiles; kill -KILL $$',
      /tippecanoe failed with (signal SIGKILL|status 137)/,
    ],
    ['without saying so, and without a file', 'exit 0', /unreadable tiles: ENOENT/],
    ['without saying so, over an empty file', ': > cadastre.pmtiles', /unreadable tiles: /],
    ['without saying so, over garbage', 'head -c 5000 /dev/urandom > cadastre.pmtiles', /unreadable tiles: /],
  ])('%s is told with its module', async (_, script, message) => {
    tools.fake('tippecanoe', script);
    await expect(make(workFolder(), 'parcelle')).rejects.toEqual(failure(message));
  });

  it('to write a layer is told which', async () => {
    const good = workFolder('good');
    await make(good, 'parcelle');
    tools.fake('tippecanoe', `cp "${join(good, 'cadastre.pmtiles')}" cadastre.pmtiles`);
    await expect(make(workFolder(), 'parcelle', 'feuille')).rejects.toEqual(
      failure(/no layer feuille in the tiles$/),
    );
  });

  it('to write all of its archive is told', async () => {
    const good = workFolder('good');
    await make(good, 'parcelle');
    const archive = join(good, 'cadastre.pmtiles');
    writeFileSync(archive, readFileSync(archive).subarray(0, -50));
    tools.fake('tippecanoe', `cp "${archive}" cadastre.pmtiles`);
    await expect(make(workFolder(), 'parcelle')).rejects.toEqual(failure(/unreadable tiles: /));
  });

  it('to be there is told with the verb that installs it', async () => {
    tools.none();
    await expect(make(workFolder(), 'parcelle')).rejects.toEqual(
      failure(/tippecanoe is not installed; run make setup$/),
    );
    await expect(tippecanoeVersion()).rejects.toMatchObject({ code: 'ToolFailed' });
  });
});

describe('its version', () => {
  it('is a number, whatever a shell says before it', async () => {
    expect(await tippecanoeVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    tools.fake('tippecanoe', 'echo "bash: warning: setlocale" >&2; echo "tippecanoe v2.79.0" >&2');
    expect(await tippecanoeVersion()).toBe('2.79.0');
  });

  it('that it does not tell is an error', async () => {
    tools.fake('tippecanoe', 'echo "usage" >&2');
    await expect(tippecanoeVersion()).rejects.toMatchObject({
      code: 'ToolFailed',
      message: 'tippecanoe tells no version: usage',
    });
  });
});
