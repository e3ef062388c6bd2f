/** What a person should know of a build that went well: corrections, columns, texts, counts. */
import type { Change } from '../build/previous.ts';
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

function losses(changes: readonly Change[]): string[] {
  const lost = changes.filter(({ before, now }) => now < before).slice(0, SHOWN);
  return lost.map(
    ({ layer, partition, before, now }) => `${layer} ${partition}: ${before} features before, ${now} now`,
  );
}

/** A line each; none when there is nothing to know. */
export function noticesOf(report: BuildReport, changes: readonly Change[]): string[] {
  return [
    ...losses(changes),
    ...drifts(report),
    ...corrections(report),
    ...texts(report),
    ...repeats(report),
  ];
}
