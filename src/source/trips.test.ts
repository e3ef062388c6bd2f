import { describe, expect, it } from 'vitest';
import { tripsOf } from './trips.ts';

const kB = 1024;

describe('trips', () => {
  it('double up to four megabytes, and hold every span once, in order', async () => {
    const spans = Array.from({ length: 1000 }, (_, i) => ({ offset: i * 16 * kB, length: 16 * kB }));
    const trips: (typeof spans)[] = [];
    for await (const trip of tripsOf(spans)) trips.push(trip);
    expect(trips.map((trip) => trip.length)).toEqual([4, 8, 16, 32, 64, 128, 256, 256, 236]);
    expect(trips.flat()).toEqual(spans);
  });

  it('hold one span at least, however long', async () => {
    const spans = [1, 2, 3].map((i) => ({ offset: i * 9000 * kB, length: 9000 * kB }));
    const lengths: number[] = [];
    for await (const trip of tripsOf(spans)) lengths.push(trip.length);
    expect(lengths).toEqual([1, 1, 1]);
  });

  it('ask for no more spans than the trip needs and one', async () => {
    let asked = 0;
    function* spans() {
      for (;;) yield { offset: 16 * kB * asked++, length: 16 * kB };
    }
    for await (const trip of tripsOf(spans())) {
      expect(trip).toHaveLength(4);
      break;
    }
    expect(asked).toBe(5);
  });
});
