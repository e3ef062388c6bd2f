import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { FANOUT, inOrder } from './figure.ts';

describe('inOrder', () => {
  const random = seededRandom(20260805);
  const scattered = Array.from({ length: 10_000 }, (): [number, number] => [
    Math.floor(random() * 1e9),
    Math.floor(random() * 1e9),
  ]);

  it('keeps every item', () => {
    const key = (item: readonly number[]): string => item.join();
    expect(
      inOrder(scattered, (item) => item)
        .map(key)
        .sort(),
    ).toEqual(scattered.map(key).sort());
  });

  it('brings neighbours together', () => {
    const ordered = inOrder(scattered, (item) => item);
    // The area of the box of each run as a share of the whole: most of it where they come in no order.
    const areas = Array.from({ length: Math.floor(ordered.length / FANOUT) }, (_, run) => {
      const items = ordered.slice(run * FANOUT, (run + 1) * FANOUT);
      const [xs, ys] = [items.map(([x]) => x), items.map(([, y]) => y)];
      return ((Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys))) / 1e18;
    });
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeLessThan(3);
  });

  it('takes items that are all in one place', () => {
    const same = Array.from({ length: 100 }, (_, i) => i);
    expect(inOrder(same, () => [5, -5])).toEqual(same);
  });
});
