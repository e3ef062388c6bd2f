/** The last of `counts`, which grow, that `fits`; the first where none does. */
export function mostThatFit(counts: readonly number[], fits: (count: number) => boolean): number {
  let [low, high] = [0, counts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(counts[middle] ?? 0)) low = middle;
    else high = middle - 1;
  }
  return counts[low] ?? 0;
}
