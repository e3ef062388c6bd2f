/** Seeded noise: numbers that depend on a seed and on where they are asked for, not on when. */
import { seededRandom } from '../../src/testing/random.ts';

/** One 32-bit number from several, so that neighbouring places get unrelated numbers. */
export function mix(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** The random numbers of one place: the same for the same parts, in whatever order places are visited. */
export function noiseAt(...parts: readonly number[]): () => number {
  return seededRandom(mix(...parts));
}

/** Between `low` and `high`. */
export function between(random: () => number, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Normally distributed, mean 0, deviation 1. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
