/** What an outcome is worth, by one rule for all. */
import type { Row } from './rows.ts';
import type { Outcome, Result } from './trial.ts';

/** From best to worst. */
export const VERDICTS = ['✔', 'E+', 'E−', '∞', '✖'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const LEGEND = [
  '✔ the right answer',
  '**E+** an error whose message or code names the cause',
  'E− an error that does not',
  '✖ a wrong answer without an error (n of those trials that did harm)',
  '∞ nothing within 8 seconds',
  '† the instance fails even when the host is well again',
];

export function verdictOf(outcome: Outcome, row: Row, truths: readonly string[]): Verdict {
  if (outcome.kind === 'nothing') return '∞';
  if (outcome.kind === 'error') return row.words.test(outcome.text) ? 'E+' : 'E−';
  return truths.includes(outcome.answer) ? '✔' : '✖';
}

/** A cell of the table. */
export interface Cell {
  readonly verdict: Verdict;
  readonly isPoisoned: boolean;
  /** How many trials ended so. */
  readonly counts: Readonly<Partial<Record<Verdict, number>>>;
  /** An error of the worst kind met, as it was thrown. */
  readonly example: string | null;
}

export function cellOf(
  results: readonly Result[],
  row: Row,
  truths: readonly string[],
  hasAfter: boolean,
): Cell {
  const judged = results.map((result) => result[row.judged]);
  const verdicts = judged.map((outcome) => verdictOf(outcome, row, truths));
  const worst = VERDICTS[Math.max(...verdicts.map((verdict) => VERDICTS.indexOf(verdict)))] ?? '✖';
  const errors = judged.flatMap((outcome, i) =>
    outcome.kind === 'error' && (verdicts[i] === worst || worst === '✖') ? [outcome.text] : [],
  );
  const counts: Partial<Record<Verdict, number>> = {};
  for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const isPoisoned = hasAfter && results.some(({ after }) => verdictOf(after, row, truths) !== '✔');
  return { verdict: worst, isPoisoned, counts, example: errors[0] ?? null };
}

/** `✖ 3 of 6`: of those that did harm. */
export function textOfCell({ verdict, isPoisoned, counts }: Cell): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const harmful = total - (counts['✔'] ?? 0);
  const often = verdict === '✖' ? ` ${counts[verdict] ?? 0} of ${harmful}` : '';
  return `${verdict === 'E+' ? '**E+**' : verdict}${often}${isPoisoned ? ' †' : ''}`;
}
