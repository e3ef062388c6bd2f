/** Where a run of leaves may be cut into regions: never within a page. */
import { cellSpan, levelAt } from '../../../src/format/cells.ts';
import type { DirectoryLeaf } from '../../../src/format/directory.ts';

/** The numbers of leaves after which a page ends, or an empty leaf between two pages. */
export function endsOf(leaves: readonly DirectoryLeaf[]): number[] {
  const ends: number[] = [];
  let isWithinPage = false;
  for (let i = leaves.length - 1; i >= 0; i--) {
    if (!isWithinPage) ends.push(i + 1);
    const { page, ordinal } = leaves[i] ?? { page: -1, ordinal: -1 };
    if (page >= 0) isWithinPage = ordinal > 0;
  }
  return ends.reverse();
}

/** Of `ends`, the last after which the next leaf begins at the roundest code. */
export function roundestOf(ends: readonly number[], leaves: readonly DirectoryLeaf[]): number {
  let [best, least] = [ends.at(-1) ?? leaves.length, Infinity];
  for (const end of ends) {
    const next = leaves[end];
    const level = next === undefined ? Infinity : levelAt(next.cell.start);
    if (level <= least) [best, least] = [end, level];
  }
  return best;
}

/** How many pages `leaves` have, which begin with the first page. */
export function pagesIn(leaves: readonly DirectoryLeaf[]): number {
  return leaves.reduce((most, { page }) => Math.max(most, page + 1), 0);
}

/** The first code of `leaves`. */
export function startOf(leaves: readonly DirectoryLeaf[]): number {
  return leaves[0]?.cell.start ?? 0;
}

/** The code after the last of `leaves`. */
export function endOf(leaves: readonly DirectoryLeaf[]): number {
  const last = leaves.at(-1)?.cell;
  return last === undefined ? 0 : last.start + cellSpan(last.level);
}
