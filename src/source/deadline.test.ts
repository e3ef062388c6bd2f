import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { withDeadline } from './deadline.ts';

const late = () => new CartoError('Timeout', 'too late');
const never = new Promise<never>(() => undefined);

describe('withDeadline', () => {
  it('gives what the work gives', async () => {
    expect(await withDeadline(1000, late, undefined, () => Promise.resolve(7))).toBe(7);
  });

  it('passes on what the work throws', async () => {
    const error = new Error('no');
    await expect(withDeadline(1000, late, undefined, () => Promise.reject(error))).rejects.toBe(error);
  });

  it('ends with Timeout, even when the work ignores its signal', async () => {
    await expect(withDeadline(5, late, undefined, () => never)).rejects.toMatchObject({
      code: 'Timeout',
      retryable: true,
    });
  });

  it('has no limit when it is infinite, and none left when it is zero', async () => {
    const soon = new Promise<void>((resolve) => setTimeout(resolve, 5));
    await expect(withDeadline(Infinity, late, undefined, () => soon)).resolves.toBeUndefined();
    let started = false;
    const work = (): Promise<void> => {
      started = true;
      return Promise.resolve();
    };
    await expect(withDeadline(0, late, undefined, work)).rejects.toMatchObject({ code: 'Timeout' });
    expect(started).toBe(false);
  });

  it("ends with the caller's reason, whatever it is and whatever the work throws then", async () => {
    const controller = new AbortController();
    const result = withDeadline(1000, late, controller.signal, async (signal) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      throw new Error('aborted by someone');
    });
    controller.abort('a text');
    await expect(result).rejects.toBe('a text');
  });

  it('does not start when the signal is aborted already', async () => {
    const reason = new Error('enough');
    let started = false;
    const work = (): Promise<void> => {
      started = true;
      return Promise.resolve();
    };
    await expect(withDeadline(1000, late, AbortSignal.abort(reason), work)).rejects.toBe(reason);
    expect(started).toBe(false);
  });

  it('aborts the signal of the work when all is over, so that nothing stays open', async () => {
    let given: AbortSignal | undefined;
    await withDeadline(1000, late, undefined, (signal) => {
      given = signal;
      return Promise.resolve();
    });
    expect(given?.aborted).toBe(true);
  });
});
