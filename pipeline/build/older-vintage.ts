/** Editions older than the one that is published: a producer withdrew one, or his catalogue went back. */
import type { Loss } from './loss.ts';
import { isWhole, NATIONAL, type Held } from './vintage.ts';

/** The newest day among `vintages`, `null` where one is no day. */
function newest(vintages: readonly string[]): string | null {
  if (!vintages.every((vintage) => /^\d{4}-\d{2}-\d{2}$/.test(vintage))) return null;
  return [...vintages].sort().at(-1) ?? null;
}

/** Of the same format; documents that somebody chose are of whatever day. */
export function olderVintage(before: Held, now: Held): Loss[] {
  const isChosen = now.partition === NATIONAL && !isWhole(now);
  if (isChosen || before.formats.join() !== now.formats.join()) return [];
  const [old, current] = [newest(before.vintages), newest(now.vintages)];
  if (old === null || current === null || current >= old) return [];
  const { layer, partition } = now;
  const what = `${layer} ${partition}: of ${current}, of ${old} in the tree that is published`;
  return [{ code: 'OlderVintage', name: layer, what }];
}
