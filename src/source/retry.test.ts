import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { twice } from './retry.ts';

/** Work that fails with `failures`, one after the other, then succeeds; tells how it was asked. */
function failing(...failures: readonly Error[]) {
  const asked: boolean[] = [];
  const work = (fresh: boolean): Promise<string> => {
    const failure = failures[asked.length];
    asked.push(fresh);
    return failure === undefined ? Promise.resolve('well') : Promise.reject(failure);
  };
  return { work, asked };
}

const lasting = (): AbortSignal => new AbortController().signal;
const may = (): boolean => true;
const transient = new CartoError('HostFault', 'busy', { httpStatus: 503, retryAfterMs: 0 });

describe('a second attempt', () => {
  it('is made for what may pass', async () => {
    const { work, asked } = failing(transient);
    expect(await twice(lasting(), may, work)).toBe('well');
    expect(asked).toEqual([false, false]);
  });

  it.each(['Truncated', 'WrongRange', 'NotOurFile'] as const)(
    'goes past the caches after %s',
    async (code) => {
      const { work, asked } = failing(new CartoError(code, 'wrong'));
      expect(await twice(lasting(), may, work)).toBe('well');
      expect(asked).toEqual([false, true]);
    },
  );

  it('is the last, and gives its error', async () => {
    const second = new CartoError('Truncated', 'short');
    const { work, asked } = failing(transient, second, transient);
    await expect(twice(lasting(), may, work)).rejects.toBe(second);
    expect(asked).toHaveLength(2);
  });

  it('is not made for what would fail again', async () => {
    for (const error of [new CartoError('NotFound', 'no'), new Error('other')]) {
      const { work, asked } = failing(error);
      await expect(twice(lasting(), may, work)).rejects.toBe(error);
      expect(asked).toHaveLength(1);
    }
  });

  it('is not made when the query cannot pay for it, and the first error stands', async () => {
    const { work, asked } = failing(transient);
    await expect(twice(lasting(), () => false, work)).rejects.toBe(transient);
    expect(asked).toHaveLength(1);
  });

  it('does not wait longer than a user would', async () => {
    const patient = new CartoError('HostFault', 'busy', { retryAfterMs: 3_600_000 });
    const { work, asked } = failing(patient);
    await expect(twice(lasting(), may, work)).rejects.toBe(patient);
    expect(asked).toHaveLength(1);
  });

  it('is not waited for when the caller aborts', async () => {
    const { work, asked } = failing(new CartoError('HostFault', 'busy', { retryAfterMs: 4000 }));
    const controller = new AbortController();
    const result = twice(controller.signal, may, work);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });
});
