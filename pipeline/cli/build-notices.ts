/** What a person should know of a build that went well: corrections, columns, texts, counts. */
import type { BuildResult } from '../build/build.ts';
import type { Change } from '../build/fewer-features.ts';
import type { BuildReport } from '../build/summary.ts';
import { describeDrift } from '../datasets/columns.ts';
import { counted } from './wording.ts';

/** More stands in the report. */
const SHOWN = 5;

function corrections({ corrections: lines }: BuildReport): string[] {
  if (lines.length === 0) return [];
  const idle = lines.filter(({ rows }) => rows === 0).length;
  const rows = lines.reduce((sum, line) => sum + line.rows, 0);
  const changed = `${lines.length - idle} of ${counted(lines.length, 'correction')} changed ${counted(rows, 'row')}`;
  return [idle === 0 ? changed : `${changed}; ${idle} applied to nothing`];
}

function drifts({ sources }: BuildReport): string[] {
  const members = sources.flatMap(({ members: list }) => list);
  const told = members.flatMap(({ member, drift }) => {
    const what = describeDrift(drift);
    return what === null ? [] : [`${member}: ${what}`];
  });
  const more = told.length > SHOWN ? [`${told.length - SHOWN} more files with other columns than known`] : [];
  return [...told.slice(0, SHOWN), ...more];
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function texts({ sources }: BuildReport): string[] {
  const garbled = sum(
    sources.flatMap(({ members }) => members),
    (member) => member.garbled.length,
  );
  return garbled === 0 ? [] : [`${counted(garbled, 'text')} garbled by the producer, kept as they came`];
}

function repeats({ repeated }: BuildReport): string[] {
  const features = sum(repeated, (found) => found.features.length);
  return features === 0
    ? []
    : [`${counted(features, 'feature')} of an identifier that another one has, kept`];
}

/** Those of which the largest share was lost come first. */
function losses(changes: readonly Change[]): string[] {
  const lost = changes
    .filter(({ before, now }) => 0 < now && now < before)
    .sort((a, b) => a.now / a.before - b.now / b.before);
  const told = lost.map(
    ({ layer, partition, before, now }) => `${layer} ${partition}: ${before} features before, ${now} now`,
  );
  const more = lost.length > SHOWN ? [`${lost.length - SHOWN} more lost features since`] : [];
  return [...told.slice(0, SHOWN), ...more];
}

function gone(changes: readonly Change[]): string[] {
  const all = changes.filter(({ now }) => now === 0).map(({ layer, partition }) => `${layer} ${partition}`);
  const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '';
  return all.length === 0 ? [] : [`no longer there: ${all.slice(0, SHOWN).join(', ')}${more}`];
}

function uncompared(fault: string | null): string[] {
  return fault === null
    ? []
    : [`the tree of before cannot be read, and nothing was compared with it: ${fault}`];
}

/** A line each; none when there is nothing to know. */
export function noticesOf(
  report: BuildReport,
  compared: Pick<BuildResult, 'changes' | 'uncompared'>,
): string[] {
  return [
    ...uncompared(compared.uncompared),
    ...losses(compared.changes),
    ...gone(compared.changes),
    ...drifts(report),
    ...corrections(report),
    ...texts(report),
    ...repeats(report),
  ];
}
