/** What a series of samples comes to: quantiles, and a line of the table. */
import type { Scenario, Series } from './measure.ts';
import type { Kind } from './data/queries.ts';

export interface Spread {
  readonly p50: number;
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
}

export interface Row {
  /** `1e6` or `big`. */
  readonly data: string;
  readonly reader: string;
  readonly kind: Kind;
  readonly scenario: Scenario;
  readonly queries: number;
  readonly right: number;
  readonly requests: Spread;
  readonly depth: Spread;
  readonly bytes: Spread;
  readonly ms: Spread;
  /** How often each failure happened. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Of at least one value; a quantile is a value that occurred. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { p50: at(0.5), mean, p95: at(0.95), max: at(1) };
}

function rounded({ p50, mean, p95, max }: Spread): Spread {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { p50: round(p50), mean: round(mean), p95: round(p95), max: round(max) };
}

function failuresIn(samples: Series['samples']): Record<string, number> {
  const failures: Record<string, number> = {};
  for (const { failure } of samples) {
    if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
  }
  return failures;
}

export function rowOf(data: string, { samples, ...series }: Series): Row {
  const spread = (pick: (sample: Series['samples'][number]) => number): Spread =>
    rounded(spreadOf(samples.map(pick)));
  return {
    data,
    ...series,
    queries: samples.length,
    right: samples.filter(({ isRight }) => isRight).length,
    requests: spread(({ requests }) => requests),
    depth: spread(({ depth }) => depth),
    bytes: spread(({ bytes }) => bytes),
    ms: spread(({ ms }) => ms),
    failures: failuresIn(samples),
  };
}

export function kilobytes(bytes: number): string {
  return bytes >= 999_500 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1000).toFixed(1)} kB`;
}

/** The cells of a row, as the terminal and the README show them. */
export function cellsOf(row: Row): string[] {
  const { requests, depth, bytes, ms } = row;
  return [
    row.data,
    row.reader,
    row.kind,
    row.scenario,
    `${requests.p50} (${requests.p95}, ${requests.max})`,
    `${depth.p50} (${depth.p95})`,
    [bytes.p50, bytes.mean, bytes.p95].map(kilobytes).join(' / '),
    `${Math.round(ms.p50)} (${Math.round(ms.p95)})`,
    `${row.right}/${row.queries}`,
  ];
}

export const COLUMNS = [
  'data',
  'reader',
  'question',
  'scenario',
  'requests p50 (p95, max)',
  'depth p50 (p95)',
  'bytes p50 / mean / p95',
  'ms p50 (p95)',
  'right',
];
