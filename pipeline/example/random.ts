/**
 * Seeded randomness: every part of the example draws from a generator named after
 * what it draws for, so that adding a row here never moves a parcel there.
 */

/** A stream of numbers that depends on its name alone. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  readonly uniform: (min: number, max: number) => number;
  /** Whole, both ends included. */
  readonly integer: (min: number, max: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  /** Heavy-tailed: half of the draws are below `median`. */
  readonly logNormal: (median: number, sigma: number) => number;
}

/** FNV-1a of the UTF-16 units, started from `basis`. */
function hash(text: string, basis: number): number {
  let h = basis;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** sfc32 (PractRand): small, fast, and whole-number only, hence the same everywhere. */
function sfc32(name: string): () => number {
  let [a, b, c, d] = [hash(name, 0x811c9dc5), hash(name, 0x9e3779b9), hash(name, 0x243f6a88), 1];
  const next = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  // The first outputs still show the seed.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** The generator that `names` designate together. */
export function randomOf(...names: readonly (string | number)[]): Random {
  const next = sfc32(names.join('/'));
  const uniform = (min: number, max: number): number => min + (max - min) * next();
  return {
    next,
    uniform,
    integer: (min, max) => Math.floor(uniform(min, max + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    // A sum of twelve uniforms is close enough to a normal draw.
    logNormal: (median, sigma) => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return median * Math.exp(sigma * sum);
    },
  };
}
