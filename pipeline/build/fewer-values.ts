/**
 * Fields of which many values are gone, or look otherwise, since the tree that is published: a column
 * that was renamed is silently empty, dates that went through a spreadsheet are numbers.
 */
import type { TextForm, ValueCounts } from '../../src/format/manifest.ts';
import { FORMS } from '../normalise/value-tally.ts';
import { namesOfLosses, type Loss } from './loss.ts';
import type { Held } from './vintage.ts';

/** Below, a document or two may have made the difference. */
const MIN_LOST = 30;
/** What the share of a field may fall by; and by how much of itself where it is small. */
const MAX_FALL = 0.1;
const MAX_PART_LOST = 0.5;
/** A field that fewer rows have is filled by chance. */
const MIN_SHARE = 0.05;
/** What has grown by more is not the next vintage of the same thing. */
const MAX_GROWTH = 2;

/** How many of how many rows. */
interface Share {
  readonly have: number;
  readonly rows: number;
}

function isFall(before: Share, now: Share): boolean {
  const share = before.have / before.rows;
  const expected = share * now.rows;
  const lost = expected - now.have;
  // New rows without a value take none away.
  if (share < MIN_SHARE || lost < MIN_LOST || now.have >= before.have) return false;
  return lost > now.rows * MAX_FALL || lost > expected * MAX_PART_LOST;
}

function inWords({ have, rows }: Share): string {
  // Rounded down: what is short of all is not 100 %.
  return `${have} of ${rows} rows (${Math.floor((100 * have) / rows)} %)`;
}

type Kind = TextForm | 'words' | 'filled';

function haveOf(kind: Kind, { filled, forms }: ValueCounts, field: string): number {
  if (kind !== 'filled' && kind !== 'words') return forms[kind][field] ?? 0;
  const all = filled[field] ?? 0;
  return kind === 'filled' ? all : FORMS.reduce((rest, form) => rest - (forms[form][field] ?? 0), all);
}

const SAID: Readonly<Record<Kind, string>> = {
  filled: 'filled',
  YYYYMMDD: 'a date YYYYMMDD',
  'YYYY-MM-DD': 'a date YYYY-MM-DD',
  digits: 'a text of digits',
  words: 'other than digits and dates',
};

/** An emptied field has lost its forms too: that it is empty says it all. */
const KINDS: readonly Kind[] = ['filled', ...FORMS, 'words'];

function fallOf(field: string, before: ValueCounts, now: ValueCounts): string | null {
  for (const kind of KINDS) {
    const [old, current] = [before, now].map((counts) => {
      return { have: haveOf(kind, counts, field), rows: counts.rows };
    });
    if (old === undefined || current === undefined || !isFall(old, current)) continue;
    return `${field} is ${SAID[kind]} in ${inWords(current)}, in ${inWords(old)} of the tree that is published`;
  }
  return null;
}

/** The fields of a layer and partition that lost many values; other formats fill other fields. */
export function fewerValues(before: Held, now: Held): Loss[] {
  const [old, current] = [before.values, now.values];
  if (old === null || current === null || before.formats.join() !== now.formats.join()) return [];
  if (old.rows === 0 || current.rows > old.rows * MAX_GROWTH) return [];
  const { layer, partition } = now;
  // A field that layers have no more is no loss of a producer's.
  const known = new Set(namesOfLosses());
  return Object.keys(old.filled).flatMap((field): Loss[] => {
    const name = `${layer}:${field}`;
    const fall = known.has(name) ? fallOf(field, old, current) : null;
    return fall === null ? [] : [{ code: 'ValuesDropped', name, what: `${layer} ${partition}: ${fall}` }];
  });
}
