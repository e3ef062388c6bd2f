/** The site of a small territory: published with the data, and held to the same promises. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCarto, type Carto } from '../../src/node.ts';
import { build, type BuildOptions, type BuildResult } from '../build/build.ts';
import { verify } from '../publish/verify.ts';
import { contents, snapshot } from '../testing/snapshot.ts';
import { writeTerritory } from '../testing/territory.ts';
import { makeSite } from './site.ts';

const PAGES = [
  'api.html',
  'api.js',
  'carto-statique.js',
  'index.html',
  'install-api.js',
  'openapi.json',
  'sw.js',
];

describe('the site of a tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'carto-site-'));
  const directory = join(root, 'dist');
  let place: BuildOptions;
  let built: BuildResult;

  beforeAll(async () => {
    const sources = writeTerritory(join(root, 'sources'));
    place = { sources, directory, work: join(root, 'work'), site: makeSite };
    built = await build(place);
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  function read(path: string): string {
    return readFileSync(join(directory, path), 'utf8');
  }

  /** Named by its content in `site/`. */
  function named(start: string): string {
    return built.manifest.site.find(({ path }) => path.startsWith(`site/${start}`))?.path ?? '';
  }

  it('is listed in the manifest, file by file, and verified', async () => {
    const { site } = built.manifest;
    expect(
      site
        .map(({ path }) => path)
        .filter((path) => !path.includes('/'))
        .sort(),
    ).toEqual(PAGES);
    for (const { path, length, sha256 } of site) {
      expect(Buffer.byteLength(read(path)), path).toBe(length);
      expect(createHash('sha256').update(read(path)).digest('hex'), path).toBe(sha256);
    }
    expect(await verify(directory)).toMatchObject({ faults: [] });
  });

  it('is not made again when nothing has changed, nor written', async () => {
    const before = snapshot(directory);
    const steps: string[] = [];
    const again = await build({ ...place, onStep: (name) => void steps.push(name) });
    expect([again.changed, again.leftOut, steps]).toEqual([false, [], []]);
    expect(snapshot(directory)).toEqual(before);
  });

  it('is the same to the byte wherever it is made', async () => {
    const elsewhere = join(root, 'elsewhere');
    await build({ ...place, directory: elsewhere, work: join(root, 'other work') });
    expect(contents(elsewhere)).toEqual(contents(directory));
  }, 300_000);

  it('tells what the tree holds and whom it is owed to, and nothing as markup', () => {
    const page = read('index.html');
    for (const [name, { module, partitions }] of Object.entries(built.manifest.layers)) {
      expect(page).toContain(`<code>${name.replace(`${module}/`, '')}</code>`);
      for (const { provenance } of partitions) {
        for (const { vintage, licence } of provenance) {
          expect(page).toContain(vintage);
          expect(page).toContain(licence);
        }
      }
    }
    expect(page).toContain(`<script type="module" src="${named('landing.')}">`);
  });

  it('shows a call that the tree answers', async () => {
    const [, shown = ''] = /<pre [^>]*id="use"[^>]*>([^<]*)<\/pre>/.exec(read('index.html')) ?? [];
    const call = shown.replaceAll('&quot;', '"').replace(/^import .*$/m, '');
    const module = join(root, 'shown.mjs');
    writeFileSync(module, `export async function run(openCarto) { ${call}; return features; }`);
    const { run } = (await import(pathToFileURL(module).href)) as {
      run: (open: () => Promise<Carto>) => Promise<unknown[]>;
    };
    expect(await run(() => openCarto(directory))).not.toEqual([]);
  });

  it('asks no other host for anything', () => {
    for (const page of ['index.html', 'api.html']) {
      const addresses = [...read(page).matchAll(/(?:src|href)="([^"#]+)/g)].map(
        ([, address = '']) => address,
      );
      const known = new Set([...Object.keys(contents(directory)), './', 'data:,']);
      expect(
        addresses.filter((address) => !known.has(address)),
        page,
      ).toEqual([]);
      expect(read(page)).not.toMatch(/@import|url\(/);
    }
  });

  it('keeps the licences of what it shows the routes with, and of the table of postal codes', () => {
    expect(read('index.html')).toContain(named('codes-postaux-licence.'));
    expect(read(named('codes-postaux-licence.'))).toMatch(/^The MIT License[^]*Copyright/);
    expect(read(named('swagger-ui-licences.'))).toMatch(/Apache License\s+Version 2\.0/);
    expect(read(named('swagger-ui.'))).not.toContain('sourceMappingURL');
  });

  it('is found faulty where a page is not what was built', async () => {
    const page = read('index.html');
    appendFileSync(join(directory, 'index.html'), 'x');
    writeFileSync(join(directory, 'site/stray.js'), '');
    const { faults } = await verify(directory);
    expect(faults.map(({ path }) => path).sort()).toEqual(['index.html', 'site/stray.js']);
    writeFileSync(join(directory, 'index.html'), page);
    rmSync(join(directory, 'site/stray.js'));
  });

  it('leaves alone a page that is somebody else’s, and says so', async () => {
    const own = join(root, 'own');
    await build({ ...place, directory: own });
    writeFileSync(join(own, 'index.html'), '<h1>La mienne</h1>');
    const after = await build({ ...place, directory: own });
    expect(after.leftOut).toEqual(['index.html']);
    expect(readFileSync(join(own, 'index.html'), 'utf8')).toBe('<h1>La mienne</h1>');
    expect(after.manifest.site.map(({ path }) => path)).not.toContain('index.html');
    expect(await verify(own)).toMatchObject({ faults: [] });
  });
});
