import { describe, expect, it } from 'vitest';
import * as browser from './index.ts';
import { CartoError, memoryTree, openCarto, type CartoErrorCode, type TreeSource } from './node.ts';
import { TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const files = buildTree({
  'cadastre/parcelle': TERRITORY['cadastre/parcelle'] ?? { geometry: null, fields: '', partitions: {} },
});

describe('opening', () => {
  it('refuses what holds no catalogue of ours', async () => {
    const open = (text: string) =>
      openCarto(memoryTree(new Map([['catalogue.json', new TextEncoder().encode(text)]])));
    await expect(open('<!doctype html>')).rejects.toMatchObject({ code: 'NotOurFile' });
    await expect(open('{"format":2}')).rejects.toMatchObject({ code: 'UnsupportedVersion' });
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
      open(path, length) {
        const file = tree.open(path, length);
        return {
          name: file.name,
          read: (offset, bytes, signal) =>
            left-- > 0 ? Promise.reject(new CartoError(code, 'test')) : file.read(offset, bytes, signal),
        };
      },
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
