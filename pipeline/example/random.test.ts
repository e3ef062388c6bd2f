import { describe, expect, it } from 'vitest';
import { randomOf } from './random.ts';

describe('randomOf', () => {
  it('gives the same stream for the same names', () => {
    const [a, b] = [randomOf(1, 'x'), randomOf(1, 'x')];
    for (let i = 0; i < 100; i++) expect(a.next()).toBe(b.next());
  });

  it('gives another stream for another name', () => {
    expect(randomOf(1, 'x').next()).not.toBe(randomOf(1, 'y').next());
  });

  it('spreads evenly over its range', () => {
    const random = randomOf('spread');
    const bins = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) {
      const bin = random.integer(0, 9);
      bins[bin] = (bins[bin] ?? NaN) + 1;
    }
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('has its median where it is asked to', () => {
    const random = randomOf('median');
    const draws = Array.from({ length: 4001 }, () => random.logNormal(500, 0.9)).sort((a, b) => a - b);
    expect(draws[2000]).toBeGreaterThan(450);
    expect(draws[2000]).toBeLessThan(550);
  });
});
