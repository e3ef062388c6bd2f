import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { openCarto, type Carto, type TreeSource } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { seededRandom } from '../testing/random.ts';
import { COTE_D_OR, POSTAL_ROWS, TERRITORY } from '../testing/territory.ts';
import { randomPosition } from '../testing/features.ts';
import { buildTree } from '../testing/tree.ts';
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
  const questions = Array.from({ length: 60 }, (_, i) => {
    const geom = { type: 'Point', coordinates: randomPosition(random, COTE_D_OR) };
    const layer = ['cadastre/parcelle', 'gpu/zone-urba', 'gpu/info-lin'][i % 3] ?? '';
    const byName = { code_insee: ['21231', '21166'][i % 2], section: 'AA', numero: `000${i % 10}` };
    return [layer, i % 12 === 0 ? byName : { geom }] as const;
  });
  const ask = (carto: Carto, [layer, given]: (typeof questions)[number]) => carto.query(layer, given);
  const featuresOf = ({ features }: Awaited<ReturnType<typeof ask>>): string => JSON.stringify(features);

  async function answersOf(tree: TreeSource): Promise<string[]> {
    const carto = await openCarto(tree);
    return Promise.all(questions.map(async (question) => featuresOf(await ask(carto, question))));
  }

  it('is answered the same without a network, in any order and company', async () => {
    // Units far smaller than the gap, so that requests join them in ever other ways.
    const files = await buildTree(TERRITORY, POSTAL_ROWS, { pageBytes: 2500, directoryBytes: 800 });
    const source = memoryTree(files);
    const expected = await answersOf(source);
    const blocks = await open();
    const tree = cachedTree(source, blocks);
    for (let at = 0; at < questions.length; at += 10) {
      // A worker that was stopped knows nothing of what it has decoded.
      const carto = await openCarto(tree);
      const some = questions.slice(at, at + 10);
      await ask(carto, some[0] as (typeof questions)[number]);
      await Promise.all(some.map((question) => ask(carto, question)));
    }
    const offline = cachedTree({ ...source, range: () => Promise.resolve().then(down) }, blocks);
    let carto = await openCarto(offline);
    for (const [i, question] of [...questions.entries()].sort(() => random() - 0.5)) {
      if (i % 4 === 0) carto = await openCarto(offline);
      const message = `seed ${SEED}, question ${i}`;
      expect(featuresOf(await ask(carto, question)), message).toBe(expected[i]);
    }
  });

  it('is answered rightly while room is made all the time, and damage heals', async () => {
    const files = await buildTree(TERRITORY);
    const expected = await answersOf(memoryTree(files));
    const cache = new FakeCache();
    const blocks = await open(60_000, cache);
    for (let round = 0; round < 3; round++) {
      const carto = await openCarto(cachedTree(memoryTree(files), blocks));
      await Promise.all(
        questions.map(async (question, i) => {
          expect(featuresOf(await ask(carto, question))).toBe(expected[i]);
        }),
      );
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
