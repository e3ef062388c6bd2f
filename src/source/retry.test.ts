import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { observed, type RequestReport } from './observe.ts';
import type { TreeSource } from './range.ts';
import { retrying } from './retry.ts';

/** A tree whose reads fail with `failures`, one after the other, then succeed. */
function failing(...failures: readonly Error[]): { tree: TreeSource; attempts: () => number } {
  let attempts = 0;
  const attempt = (): Promise<Uint8Array> => {
    const failure = failures[attempts];
    attempts += 1;
    return failure === undefined ? Promise.resolve(Uint8Array.of(1, 2)) : Promise.reject(failure);
  };
  const tree = { base: 'test:', whole: attempt, open: (name: string) => ({ name, read: attempt }) };
  return { tree, attempts: () => attempts };
}

const transient = new CartoError('HostFault', 'busy', { httpStatus: 503, retryAfterMs: 0 });

describe('retrying', () => {
  it('tries once more what may pass', async () => {
    const { tree, attempts } = failing(transient);
    expect([...(await retrying(tree).open('a', 2).read(0, 2))]).toEqual([1, 2]);
    expect(attempts()).toBe(2);
  });

  it('gives up after the second attempt, with its error', async () => {
    const second = new CartoError('Truncated', 'short');
    const { tree, attempts } = failing(transient, second, transient);
    await expect(retrying(tree).whole('a')).rejects.toBe(second);
    expect(attempts()).toBe(2);
  });

  it('does not repeat what would fail again', async () => {
    for (const error of [new CartoError('NotFound', 'no'), new Error('other')]) {
      const { tree, attempts } = failing(error);
      await expect(retrying(tree).whole('a')).rejects.toBe(error);
      expect(attempts()).toBe(1);
    }
  });

  it('does not wait longer than a user would', async () => {
    const patient = new CartoError('HostFault', 'busy', { retryAfterMs: 3_600_000 });
    const { tree, attempts } = failing(patient);
    await expect(retrying(tree).whole('a')).rejects.toBe(patient);
    expect(attempts()).toBe(1);
  });

  it('stops waiting when the caller aborts', async () => {
    const { tree, attempts } = failing(new CartoError('HostFault', 'busy', { retryAfterMs: 4000 }));
    const controller = new AbortController();
    const result = retrying(tree).whole('a', controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    expect(attempts()).toBe(1);
  });

  it('makes each attempt a request of its own for who watches below it', async () => {
    const reports: RequestReport[] = [];
    const { tree } = failing(transient);
    const watched = observed(tree, (report) => reports.push(report));
    await retrying(watched).open('a', 10).read(3, 2);
    const asked = { url: 'a', offset: 3, length: 2 };
    expect(reports).toEqual([
      { ...asked, bytes: 0, status: 'HostFault', httpStatus: 503 },
      { ...asked, bytes: 2, status: 'ok' },
    ]);
  });

  it('reports an abort as such, and a whole file without a length', async () => {
    const reports: RequestReport[] = [];
    const { tree } = failing(new Error('the reason of a signal'));
    const watched = observed(tree, (report) => reports.push(report));
    await expect(watched.whole('a')).rejects.toThrow();
    await watched.whole('a');
    expect(reports).toEqual([
      { url: 'a', offset: 0, length: null, bytes: 0, status: 'aborted' },
      { url: 'a', offset: 0, length: null, bytes: 2, status: 'ok' },
    ]);
  });
});
