import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { contents, snapshot } from '../testing/snapshot.ts';
import { describeDocument, describeFile, type Candidate, type Page } from './named.ts';
import { publishable } from './pages.ts';
import { publish, type Publication } from './tree.ts';

const folder = useFolder();

function candidate(name: string, content: string): Candidate {
  const path = folder.write(`work/${name.replaceAll('/', '.')}`, content);
  return { name, ending: 'fgb', path, sha256: createHash('sha256').update(content).digest('hex') };
}

function publication(...candidates: Candidate[]): Publication {
  const files = candidates.map(describeFile);
  const manifest = { name: 'manifest', ending: 'json', text: JSON.stringify({ files }) };
  const catalogue = JSON.stringify({ format: 2, manifest: describeDocument(manifest) });
  return { candidates, pages: [], manifest, catalogue, report: JSON.stringify(files.length) };
}

/** A page of ours, unless it is not `marked`. */
function page(name: string, content: string, marked = true): Page {
  const text = marked ? `<!-- carto-statique -->${content}` : content;
  const path = folder.write(`work/${name}`, text);
  return { name, path, sha256: createHash('sha256').update(text).digest('hex') };
}

function root(): string {
  return folder.path('dist');
}

/** As the catalogue names it. */
function manifestPath(): string {
  const catalogue: unknown = JSON.parse(readFileSync(join(root(), 'catalogue.json'), 'utf8'));
  return (catalogue as { manifest: { path: string } }).manifest.path;
}

const PARCELLES = 'data/cadastre/parcelle/21';
const ZONES = 'data/gpu/zone-urba/france';

describe('publishing', () => {
  it('names each file by its content, the catalogue names the manifest, and that the files', async () => {
    const parcelles = candidate(PARCELLES, 'parcelles');
    expect(await publish(root(), publication(parcelles))).toBe(true);
    const { path, length, sha256 } = describeFile(parcelles);
    expect(path).toBe(`${PARCELLES}.${sha256.slice(0, 16)}.fgb`);
    expect(statSync(join(root(), path)).size).toBe(length);
    const manifest = manifestPath();
    expect(Object.keys(contents(root())).sort()).toEqual(
      ['catalogue.json', manifest, path, 'report.json'].sort(),
    );
    expect(manifest).toMatch(/^manifest\.[0-9a-f]{16}\.json$/);
    expect(JSON.parse(readFileSync(join(root(), manifest), 'utf8'))).toMatchObject({ files: [{ path }] });
  });

  it('the same again touches nothing and says so', async () => {
    const same = publication(candidate(PARCELLES, 'parcelles'), candidate(ZONES, 'zones'));
    await publish(root(), same);
    const before = snapshot(root());
    expect(await publish(root(), same)).toBe(false);
    expect(snapshot(root())).toEqual(before);
  });

  it('a change writes what changed, leaves the rest, and removes what is no longer named', async () => {
    await publish(root(), publication(candidate(PARCELLES, 'parcelles'), candidate(ZONES, 'zones')));
    const before = snapshot(root());
    const kept = describeFile(candidate(PARCELLES, 'parcelles')).path;
    const changed = publication(
      candidate(PARCELLES, 'parcelles'),
      candidate('data/gpu/info-pct/france', 'infos'),
    );
    expect(await publish(root(), changed)).toBe(true);
    expect(snapshot(root())[kept]).toBe(before[kept]);
    expect(readdirSync(root()).filter((name) => name.startsWith('manifest'))).toEqual([manifestPath()]);
    expect(existsSync(join(root(), 'data', 'gpu', 'zone-urba'))).toBe(false);
    expect(Object.keys(contents(root())).filter((path) => path.includes('info-pct'))).toHaveLength(1);
  });

  it('removes strays of its own folders, and what a killed build left aside, and nothing else', async () => {
    const same = publication(candidate(PARCELLES, 'parcelles'));
    await publish(root(), same);
    const clean = contents(root());
    for (const name of [
      'data/stray.fgb',
      'tiles/old/gpu.pmtiles',
      'data/cadastre/x.fgb.tmp-42',
      'catalogue.json.tmp-42',
      'manifest.0123456789abcdef.json',
      'manifest.0123456789abcdef.json.tmp-42',
    ]) {
      folder.write(`dist/${name}`, 'x');
    }
    folder.write('dist/index.html', 'the page');
    folder.write('dist/manifest.json', 'of the page');
    expect(await publish(root(), same)).toBe(true);
    const { 'index.html': page, 'manifest.json': ofThePage, ...rest } = contents(root());
    expect(rest).toEqual(clean);
    expect([page, ofThePage]).not.toContain(undefined);
    expect(existsSync(join(root(), 'tiles'))).toBe(false);
  });

  it('puts the catalogue in its place after everything that it names', async () => {
    const old = publication(candidate(PARCELLES, 'old'));
    await publish(root(), old);
    // A folder where a new file should go: its rename fails, after which nothing is renamed.
    const fresh = publication(candidate(PARCELLES, 'fresh'));
    const target = join(root(), describeFile(candidate(PARCELLES, 'fresh')).path);
    mkdirSync(join(target, 'in-the-way'), { recursive: true });
    const before = readFileSync(join(root(), 'catalogue.json'), 'utf8');
    await expect(publish(root(), fresh)).rejects.toMatchObject({ code: 'SystemFailed' });
    expect(readFileSync(join(root(), 'catalogue.json'), 'utf8')).toBe(before);
    expect(existsSync(join(root(), describeFile(candidate(PARCELLES, 'old')).path))).toBe(true);
  });
});

describe('the pages of a site', () => {
  it('keep their names, and are written again only when they change', async () => {
    const one = { ...publication(), pages: [page('index.html', 'one'), page('sw.js', 'worker')] };
    expect(await publish(root(), one)).toBe(true);
    const before = snapshot(root());
    expect(readFileSync(join(root(), 'index.html'), 'utf8')).toMatch(/one$/);
    expect(await publish(root(), one)).toBe(false);
    expect(snapshot(root())).toEqual(before);
    const two = { ...publication(), pages: [page('index.html', 'two'), page('sw.js', 'worker')] };
    expect(await publish(root(), two)).toBe(true);
    expect(readFileSync(join(root(), 'index.html'), 'utf8')).toMatch(/two$/);
    expect(snapshot(root())['sw.js']).toBe(before['sw.js']);
  });

  it('are removed when they are published no longer, and so is what a killed build left aside', async () => {
    await publish(root(), { ...publication(), pages: [page('index.html', 'one')] });
    folder.write('dist/api.html.tmp-42', '<!');
    expect(await publish(root(), publication())).toBe(true);
    expect(readdirSync(root()).filter((name) => name.includes('.html'))).toEqual([]);
  });

  it('take no place of somebody else', async () => {
    const own = folder.write('dist/index.html', 'my own page');
    const pages = [page('index.html', 'ours'), page('api.html', 'ours')];
    const free = publishable(root(), pages);
    expect(free.map(({ name }) => name)).toEqual(['api.html']);
    await publish(root(), { ...publication(), pages: free });
    expect(readFileSync(own, 'utf8')).toBe('my own page');
    expect(() => publishable(root(), [page('other.html', 'ours')])).toThrow(/other\.html/);
    expect(() => publishable(root(), [page('api.html', 'unsigned', false)])).toThrow(/api\.html/);
  });
});

describe('publishing that fails', () => {
  async function publishOld(): Promise<Record<string, string>> {
    await publish(root(), publication(candidate(PARCELLES, 'old')));
    return snapshot(root());
  }

  it('for a file that is no longer what its step made leaves the old tree', async () => {
    const before = await publishOld();
    const [good, damaged] = [candidate(ZONES, 'zones'), candidate(PARCELLES, 'fresh')];
    const fresh = publication(good, damaged);
    writeFileSync(damaged.path, 'fresh, and damaged');
    await expect(publish(root(), fresh)).rejects.toMatchObject({
      code: 'VerifyFailed',
      where: { member: damaged.path },
      message: expect.stringMatching(/remove the work folder and build again$/) as string,
    });
    expect(snapshot(root())).toEqual(before);
  });

  it('for a file that was cut short leaves the old tree, although it stands there whole', async () => {
    const before = await publishOld();
    const same = candidate(PARCELLES, 'old');
    truncateSync(same.path, 1);
    await expect(publish(root(), publication(same))).rejects.toMatchObject({ code: 'VerifyFailed' });
    expect(snapshot(root())).toEqual(before);
  });

  it('because the system refuses leaves the old tree, and says what was being done', async () => {
    const before = await publishOld();
    const [good, gone] = [candidate(ZONES, 'zones'), candidate('data/gpu/info-pct/france', 'infos')];
    const fresh = publication(good, gone);
    // The copy meets a folder in place of the file.
    rmSync(gone.path);
    mkdirSync(join(gone.path, 'x'), { recursive: true });
    await expect(publish(root(), fresh)).rejects.toMatchObject({
      code: 'SystemFailed',
      message: expect.stringMatching(new RegExp(`^publishing into ${root()}: E`)) as string,
    });
    expect(snapshot(root())).toEqual(before);
    expect(readdirSync(dirname(join(root(), PARCELLES))).filter((name) => name.includes('tmp'))).toEqual([]);
    expect(existsSync(join(root(), 'data', 'gpu'))).toBe(false);
  });
});
