/** The example as a whole: its bytes, its counts, its place on disk, and its use as a load. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFECTS } from './defects.ts';
import { EXTRACTION, servedLayer } from './gpu-columns.ts';
import { writeExample, type Expected } from './index.ts';
import { filesUnder, Written } from './testing/written.ts';

let written: Written;

beforeAll(async () => {
  written = await Written.write();
});

afterAll(() => {
  written.remove();
});

function digests(root: string): Record<string, string> {
  const names = filesUnder(root);
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex'),
    ]),
  );
}

describe('the example as a whole', () => {
  it('is the same to the byte in another folder', async () => {
    await writeExample(join(written.folder, 'elsewhere', 'two'));
    expect(digests(join(written.folder, 'elsewhere', 'two'))).toEqual(digests(written.root));
  });

  it('replaces an earlier example and leaves nothing beside it', async () => {
    const parent = join(written.folder, 'replaced');
    await writeExample(join(parent, 'example'), { seed: 2 });
    const before = digests(join(parent, 'example'));
    await writeExample(join(parent, 'example'));
    expect(digests(join(parent, 'example'))).not.toEqual(before);
    expect(readdirSync(parent)).toEqual(['example']);
  });

  it('refuses a folder that holds something else, and leaves it alone', async () => {
    const foreign = join(written.folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'mine');
    await expect(writeExample(foreign)).rejects.toThrow(
      'expected no folder, an empty one or an earlier example',
    );
    expect(readdirSync(foreign)).toEqual(['thesis.txt']);
  });

  it('refuses a scale below 1', async () => {
    await expect(writeExample(join(written.folder, 'none'), { scale: 0 })).rejects.toThrow(RangeError);
  });

  it('stays under 40 MB', () => {
    const root = written.root;
    const bytes = filesUnder(root).reduce((sum, name) => sum + statSync(join(root, name)).size, 0);
    expect(bytes).toBeLessThan(40e6);
  });

  it('names sources that exist, by paths below the sources file', () => {
    const { sources } = JSON.parse(readFileSync(written.example.sources, 'utf8')) as {
      sources: { path?: string }[];
    };
    const paths = sources.flatMap(({ path }) => (path === undefined ? [] : [path]));
    expect(paths.filter((path) => isAbsolute(path) || path.startsWith('..'))).toEqual([]);
    expect(paths.filter((path) => !existsSync(written.path(path)))).toEqual([]);
    expect(paths.length).toBeGreaterThan(10);
  });

  it('says in expected.json what it returned', () => {
    expect(JSON.parse(readFileSync(written.path('expected.json'), 'utf8'))).toEqual(written.example.expected);
  });

  it('writes every known defect, and says where', () => {
    const placed = new Set(written.example.expected.defects.map((defect) => defect.name));
    expect([...placed].sort()).toEqual(Object.keys(DEFECTS).sort());
  });

  it('has rows in every layer that API Carto serves', () => {
    const served = Object.keys(EXTRACTION).map((table) => servedLayer(table as keyof typeof EXTRACTION));
    const gpu = served.filter((layer) => layer !== null);
    const cadastre = ['commune', 'feuille', 'parcelle', 'localisant', 'division'];
    const bdp = ['commune-bdp', 'parcelle-bdp', 'localisant-bdp'];
    const all = [...cadastre, ...bdp].map((layer) => `cadastre/${layer}`);
    const wanted = [...all, ...gpu, 'aoc/appellation-viticole', 'codes-postaux/communes'];
    expect(gpu).toHaveLength(17);
    expect(Object.keys(written.example.expected.layers).sort()).toEqual(wanted.sort());
  });
});

describe('the example as a load', () => {
  it('multiplies the parcelles and leaves the territory itself as it is', async () => {
    const root = join(written.folder, 'load');
    const { expected } = await writeExample(root, { scale: 2 });
    const parcelles = ({ layers }: Expected): number => layers['cadastre/parcelle']?.rows ?? NaN;
    const [before, after] = [parcelles(written.example.expected), parcelles(expected)];
    expect(after).toBeGreaterThanOrEqual(2 * before);
    expect(after).toBeLessThan(2.5 * before);
    const kept = Object.entries(digests(written.root)).filter(([name]) => !name.endsWith('.json'));
    expect(digests(root)).toMatchObject(Object.fromEntries(kept));
    expect(expected.layers['gpu/zone-urba']).toEqual(written.example.expected.layers['gpu/zone-urba']);
  });
});
