import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { observed, type RequestReport } from './observe.ts';
import type { TreeSource } from './range.ts';

function watched(failure?: Error) {
  const read = (): Promise<Uint8Array> =>
    failure === undefined ? Promise.resolve(Uint8Array.of(1, 2)) : Promise.reject(failure);
  const tree: TreeSource = { base: 'test:', whole: read, range: read };
  const reports: RequestReport[] = [];
  return { tree: observed(tree, (report) => reports.push(report)), reports };
}

const FILE = { path: 'a', length: 10 };

describe('a tree that is watched', () => {
  it('reports each request when it has ended', async () => {
    const { tree, reports } = watched();
    await tree.range(FILE, 3, 2);
    await tree.whole('b');
    expect(reports).toEqual([
      { url: 'test:a', offset: 3, length: 2, bytes: 2, status: 'ok' },
      { url: 'test:b', offset: 0, length: null, bytes: 2, status: 'ok' },
    ]);
  });

  it('reports why one failed, and passes the error on', async () => {
    const failure = new CartoError('HostFault', 'busy', { httpStatus: 503 });
    const { tree, reports } = watched(failure);
    await expect(tree.range(FILE, 3, 2)).rejects.toBe(failure);
    expect(reports).toEqual([
      { url: 'test:a', offset: 3, length: 2, bytes: 0, status: 'HostFault', httpStatus: 503 },
    ]);
  });

  it('reports an abort as such', async () => {
    const { tree, reports } = watched(new Error('the reason of a signal'));
    await expect(tree.whole('b')).rejects.toThrow();
    expect(reports).toMatchObject([{ bytes: 0, status: 'aborted' }]);
  });
});
