/** Fractions of big integers, for the referee; the denominator is positive. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

export function ratio(num: bigint, den: bigint): Ratio {
  return den < 0n ? { num: -num, den: -den } : { num, den };
}

export function compare(a: Ratio, b: Ratio): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Sorted, each value once. */
export function distinct(ratios: readonly Ratio[]): Ratio[] {
  const sorted = ratios.toSorted(compare);
  return sorted.filter((value, i) => {
    const before = sorted[i - 1];
    return before === undefined || compare(before, value) !== 0;
  });
}

/** What lies halfway between each two neighbours of a sorted list. */
export function halfways(sorted: readonly Ratio[]): Ratio[] {
  return sorted.slice(1).map((b, i) => {
    const a = sorted[i] ?? b;
    return ratio(a.num * b.den + b.num * a.den, 2n * a.den * b.den);
  });
}
