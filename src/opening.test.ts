import { describe, expect, it } from 'vitest';
import * as browser from './index.ts';
import { stream } from './stream.ts';
import { CartoError, memoryTree, openCarto, type CartoErrorCode, type TreeSource } from './node.ts';
import { TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const PARCELLES = TERRITORY['cadastre/parcelle'] ?? { geometry: null, fields: '', partitions: {} };
const files = await buildTree({ 'cadastre/parcelle': PARCELLES });

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('opening', () => {
  it('refuses what holds no catalogue of ours', async () => {
    const open = (text: string) =>
      openCarto(memoryTree(new Map([['catalogue.json', new TextEncoder().encode(text)]])));
    await expect(open('<!doctype html>')).rejects.toMatchObject({ code: 'NotOurFile' });
    await expect(open('{"format":3}')).rejects.toMatchObject({ code: 'UnsupportedVersion' });
    await expect(openCarto(memoryTree(new Map()))).rejects.toMatchObject({ code: 'NotFound' });
    await expect(openCarto('/nowhere/at/all')).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('in a browser refuses what is no web address', async () => {
    for (const base of ['dist', 'file:///srv/carto/', 'javascript:alert(1)', '']) {
      await expect(browser.openCarto(base)).rejects.toMatchObject({ code: 'InvalidQuery' });
    }
  });

  it('refuses a time limit that is none', async () => {
    for (const timeoutMs of [0, -1, NaN]) {
      await expect(openCarto(memoryTree(files), { timeoutMs })).rejects.toMatchObject({
        code: 'InvalidQuery',
      });
    }
  });

  it('stops with the reason of its signal', async () => {
    const reason = new Error('enough');
    await expect(openCarto(memoryTree(files), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('a failed read', () => {
  /** A tree that fails `failures` times, then works. */
  function failing(failures: number, code: CartoErrorCode): TreeSource {
    const tree = memoryTree(files);
    let left = failures;
    return {
      ...tree,
      range: (...asked) => (left-- > 0 ? Promise.reject(new CartoError(code, 'test')) : tree.range(...asked)),
    };
  }

  it('is not remembered: the same question is answered when the host is well again', async () => {
    const opened = await openCarto(failing(2, 'HostFault'));
    const ask = () => opened.cadastre.parcelles({ idu: '21231000AA0001' });
    await expect(ask()).rejects.toMatchObject({ code: 'HostFault', retryable: true });
    expect((await ask()).features).toHaveLength(1);
  });

  it('is an error, never an empty answer', async () => {
    const opened = await openCarto(failing(1, 'NotFound'));
    await expect(opened.cadastre.parcelles({ idu: '21231000AA0001' })).rejects.toMatchObject({
      code: 'NotFound',
    });
  });
});

describe('a catalogue that was replaced', () => {
  /** A tree whose files are replaced by others at its `k`-th request, all at once. */
  function swapped(after: ReadonlyMap<string, Uint8Array>, k: number): TreeSource & { requests: number } {
    const [before, later] = [memoryTree(files), memoryTree(after)];
    const current = (): TreeSource => (tree.requests++ < k ? before : later);
    const tree = {
      base: before.base,
      requests: 0,
      whole: (...asked: Parameters<TreeSource['whole']>) => current().whole(...asked),
      range: (...asked: Parameters<TreeSource['range']>) => current().range(...asked),
    };
    return tree;
  }

  it('is read once more, and each answer is wholly of one of the two, whenever it happens', async () => {
    const all = TERRITORY['cadastre/parcelle']?.partitions['21'] ?? [];
    const after = await buildTree({
      'cadastre/parcelle': {
        ...PARCELLES,
        partitions: { 21: all.map((one) => ({ ...one, properties: { ...one.properties, gid: 7 } })) },
      },
    });
    const questions = [
      { code_insee: '21166' },
      { idu: '21231000AA0001' },
      { geom: { type: 'Point', coordinates: [5, 47.25] } },
    ];
    const ask = async (tree: TreeSource): Promise<string[]> => {
      const carto = await openCarto(tree);
      const answers: string[] = [];
      for (const question of questions) {
        answers.push(JSON.stringify((await carto.query('cadastre/parcelle', question)).features));
      }
      return answers;
    };
    const [old, fresh] = [await ask(memoryTree(files)), await ask(memoryTree(after))];
    for (let k = 1; ; k++) {
      const tree = swapped(after, k);
      const answers = await ask(tree);
      for (const [i, answer] of answers.entries()) {
        expect([old[i], fresh[i]], `swapped at request ${k}`).toContain(answer);
      }
      if (tree.requests <= k) break;
      expect(answers.at(-1), `swapped at request ${k}`).toBe(fresh.at(-1));
    }
  });

  it('by the same leaves the error as it was', async () => {
    const broken = new Map([...files].filter(([path]) => !path.endsWith('.idx')));
    const opened = await openCarto(memoryTree(broken));
    await expect(opened.cadastre.parcelles({ code_insee: '21231' })).rejects.toMatchObject({
      code: 'NotFound',
    });
  });

  it('ends a stream that has begun, and is there for the next one', async () => {
    const after = await buildTree({ 'cadastre/parcelle': { ...PARCELLES, partitions: { 21: [] } } });
    const opened = await openCarto(swapped(after, 4));
    const first = stream(opened, 'cadastre/parcelle', { code_dep: '21' });
    await first.next();
    await expect(collected(first)).rejects.toMatchObject({ code: 'NotFound' });
    expect(await collected(stream(opened, 'cadastre/parcelle', { code_dep: '21' }))).toEqual([]);
  });
});
