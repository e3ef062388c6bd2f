/** Watches a file of tests for rejections that nobody handles: one fails it. */
import { afterAll, beforeAll, expect } from 'vitest';

export function expectNoUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const remember = (reason: unknown): void => void unhandled.push(reason);
  beforeAll(() => process.on('unhandledRejection', remember));
  afterAll(async () => {
    // Node tells of a rejection when the turn in which it happened has ended.
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', remember);
    expect(unhandled).toEqual([]);
  });
}
