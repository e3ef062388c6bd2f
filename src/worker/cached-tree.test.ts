import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { openCarto, type Carto, type TreeSource } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { seededRandom } from '../testing/random.ts';
import { COTE_D_OR, TERRITORY } from '../testing/territory.ts';
import { PARCELLE_FIELDS, parcelles, randomPosition } from '../testing/features.ts';
import { buildTree, type TestLayer } from '../testing/tree.ts';
import { openBlockCache, type BlockCache } from './block-cache.ts';
import { cachedTree } from './cached-tree.ts';
import { FakeCache } from './testing/fake-cache.ts';

const SEED = 96;
const ADDRESS = 'https://site.test/__carto__/';
const FILE = { path: 'data/x.0123456789abcdef.idx', length: 80_000 };
const content = Uint8Array.from({ length: FILE.length }, (_, i) => i % 251);
const memory = memoryTree(
  new Map([
    [FILE.path, content],
    ['plain.json', content],
  ]),
);

const open = (room = 2 ** 26, cache = new FakeCache()): Promise<BlockCache> =>
  openBlockCache(cache, ADDRESS, room);

/** `tree`, with what is asked of it; `answer` may put something else in the place of what it gives. */
function observed(
  tree: TreeSource,
  answer: (bytes: Uint8Array, fresh?: boolean) => Uint8Array = (bytes) => bytes,
) {
  const asked: string[] = [];
  const source: TreeSource = {
    base: tree.base,
    async whole(path, signal, fresh) {
      asked.push(`${path}${fresh === true ? ' fresh' : ''}`);
      return answer(await tree.whole(path, signal), fresh);
    },
    async range(file, offset, length, signal, fresh) {
      asked.push(`${offset}-${offset + length}${fresh === true ? ' fresh' : ''}`);
      return answer(await tree.range(file, offset, length, signal), fresh);
    },
  };
  return { source, asked };
}

/** Bytes as text: of two large arrays, vitest compares each element by itself. */
function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const down = (): never => {
  throw new CartoError('HostFault', 'no network');
};

describe('a cached tree', () => {
  it('asks once for what it is asked twice, and for what is missing alone', async () => {
    const { source, asked } = observed(memory);
    const tree = cachedTree(source, await open());
    const read = async (from: number, to: number): Promise<void> => {
      expect(await tree.range(FILE, from, to - from)).toEqual(content.slice(from, to));
    };
    await read(1000, 2000);
    await read(1000, 2000);
    await read(1200, 1300);
    expect(asked.splice(0)).toEqual(['1000-2000']);
    await read(1500, 2500);
    expect(asked.splice(0)).toEqual(['2000-2500']);
    await read(500, 3000);
    // One request for what lies around what is kept.
    expect(asked.splice(0)).toEqual(['500-3000']);
    await read(60_000, 60_010);
    await read(50_000, 50_010);
    // With what lies between the two.
    expect(asked.splice(0)).toEqual(['60000-60010', '50000-60000']);
    await read(50_005, 60_010);
    expect(asked).toEqual([]);
  });

  it('takes along what lies between it and what is still under way', async () => {
    const { source, asked } = observed(memory);
    const tree = cachedTree(source, await open());
    await Promise.all([tree.range(FILE, 0, 10), tree.range(FILE, 5000, 10), tree.range(FILE, 75_000, 10)]);
    expect(asked.splice(0)).toEqual(['0-10', '10-5010', '75000-75010']);
    await tree.range(FILE, 0, 5010);
    expect(asked).toEqual([]);
  });

  it('keeps whole files that are named by their content, and no others', async () => {
    const { source, asked } = observed(memory);
    const tree = cachedTree(source, await open());
    for (const path of [FILE.path, FILE.path, 'plain.json', 'plain.json']) {
      expect(text(await tree.whole(path))).toBe(text(content));
    }
    expect(asked).toEqual([FILE.path, 'plain.json', 'plain.json']);
  });

  it('keeps nothing of a read that failed', async () => {
    let isDown = true;
    const { source } = observed(memory, (bytes) => (isDown ? down() : bytes));
    const blocks = await open();
    const tree = cachedTree(source, blocks);
    await expect(tree.range(FILE, 0, 10)).rejects.toMatchObject({ code: 'HostFault' });
    await expect(tree.whole(FILE.path)).rejects.toMatchObject({ code: 'HostFault' });
    expect(blocks.bytes).toBe(0);
    isDown = false;
    // What failed is not taken for something near, either.
    expect(await tree.range(FILE, 20, 10)).toEqual(content.slice(20, 30));
    expect(blocks.blocksOf(FILE.path)).toEqual([{ path: FILE.path, offset: 20, length: 10 }]);
  });

  it('reads past what it keeps when it is told to, and replaces it', async () => {
    const { source, asked } = observed(memory, (bytes, fresh) => (fresh === true ? bytes : bytes.fill(0)));
    const tree = cachedTree(source, await open());
    expect(await tree.range(FILE, 1000, 100)).toEqual(new Uint8Array(100));
    expect(await tree.range(FILE, 1050, 10, undefined, true)).toEqual(content.slice(1050, 1060));
    expect(text(await tree.whole(FILE.path))).toBe(text(new Uint8Array(FILE.length)));
    expect(text(await tree.whole(FILE.path, undefined, true))).toBe(text(content));
    expect(await tree.range(FILE, 1050, 10)).toEqual(content.slice(1050, 1060));
    expect(text(await tree.whole(FILE.path))).toBe(text(content));
    expect(asked).toEqual(['1000-1100', '1050-1060 fresh', FILE.path, `${FILE.path} fresh`]);
  });

  it('gives no one else the bytes that it keeps', async () => {
    const tree = cachedTree(memory, await open());
    for (let round = 0; round < 3; round++) {
      const bytes = [await tree.range(FILE, 0, 100), await tree.whole(FILE.path)];
      expect(bytes.map(text)).toEqual([content.slice(0, 100), content].map(text));
      for (const one of bytes) one.fill(0);
    }
  });

  it('rejects with the reason of the signal', async () => {
    const tree = cachedTree(memory, await open());
    await tree.range(FILE, 0, 100);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(tree.range(FILE, 0, 100, signal)).rejects.toThrow('enough');
  });
});

describe('what was asked before', () => {
  const random = seededRandom(SEED);
  type Asked = readonly [layer: string, given: Readonly<Record<string, unknown>>];

  /** A place, and one around it that needs what the first one needs, and more. */
  function around(width: number): [object, object] {
    const [lon = 0, lat = 0] = randomPosition(random, COTE_D_OR);
    const corner = [lon + random() * width, lat + random() * width];
    const ring = [[lon, lat], [lon, corner[1]], corner, [lon, lat]]; // prettier-ignore
    return [
      { type: 'Point', coordinates: [lon, lat] },
      { type: 'Polygon', coordinates: [ring] },
    ];
  }

  async function ask(carto: Carto, [layer, given]: Asked): Promise<string> {
    return JSON.stringify((await carto.query(layer, given)).features);
  }

  async function ready(layers: Readonly<Record<string, TestLayer>>) {
    // Units far smaller than the gap, so that requests join them in ever other ways.
    const source = memoryTree(await buildTree(layers, undefined, { pageBytes: 1500, directoryBytes: 800 }));
    return { source, truth: await openCarto(source) };
  }

  it('is answered the same without a network, however requests joined what was read', async () => {
    const partitions = { 21: parcelles(random, '21231', '000', COTE_D_OR, 2500) };
    const parcelle = { geometry: 'MultiPolygon', fields: PARCELLE_FIELDS, partitions } as const;
    const { source, truth } = await ready({ 'cadastre/parcelle': parcelle });
    for (let round = 0; round < 12; round++) {
      const questions = around(0.05).map((geom): Asked => ['cadastre/parcelle', { geom, geometry: false }]);
      const blocks = await open();
      const online = await openCarto(cachedTree(source, blocks));
      const inTurn = round % 2 === 0;
      if (inTurn) for (const question of questions) await ask(online, question);
      else await Promise.all(questions.map((question) => ask(online, question)));
      const offline = cachedTree({ ...source, range: () => Promise.resolve().then(down) }, blocks);
      for (const question of questions.reverse()) {
        // A worker that was stopped knows nothing of what it has decoded.
        const answer = await ask(await openCarto(offline), question);
        expect(answer, `seed ${SEED}, round ${round}`).toBe(await ask(truth, question));
      }
    }
  });

  it('is answered rightly while room is made all the time, and damage heals', async () => {
    const { source, truth } = await ready(TERRITORY);
    const cache = new FakeCache();
    const blocks = await open(60_000, cache);
    for (let round = 0; round < 9; round++) {
      const carto = await openCarto(cachedTree(source, blocks));
      const layer = ['cadastre/parcelle', 'gpu/zone-urba', 'gpu/info-lin'][round % 3] ?? '';
      const questions = [...around(0.05), ...around(0.05)].map((geom): Asked => [layer, { geom }]);
      const answers = await Promise.all(questions.map((question) => ask(carto, question)));
      const right = await Promise.all(questions.map((question) => ask(truth, question)));
      expect(answers, `seed ${SEED}, round ${round}`).toEqual(right);
      await blocks.settled();
      expect(blocks.bytes).toBeLessThanOrEqual(60_000);
      for (const [url, bytes] of cache.files) {
        if (random() < 0.3 && !url.endsWith('blocks.json'))
          cache.files.set(
            url,
            bytes.map((byte) => byte ^ 1),
          );
      }
    }
  });
});
