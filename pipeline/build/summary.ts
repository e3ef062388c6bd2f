/** `report.json`: every feature of every source accounted for, layer by layer. */
import { PipelineError } from '../errors.ts';
import type { Finding, SourceReport } from '../normalise/report.ts';
import type { Normalised, TableSource } from './normalised.ts';
import type { PackedPartition } from './packed.ts';

export interface LayerTotals {
  readonly in: number;
  readonly out: number;
  /** Rejected while normalising. */
  readonly rejected: number;
  /** Identical features of which one was kept. */
  readonly duplicates: number;
  readonly repaired: number;
}

/** A line of `data/corrections` about a layer that was built, and how many rows it changed. */
export interface AppliedCorrection {
  readonly at: string;
  readonly layer: string;
  readonly reason: string;
  readonly rows: number;
}

/** Features of a layer and partition. */
export interface FoundTogether {
  readonly layer: string;
  readonly partition: string;
  readonly features: readonly Finding[];
}

export interface BuildReport {
  readonly layers: Readonly<Record<string, LayerTotals>>;
  /** Identical features of which one was kept. */
  readonly duplicates: readonly FoundTogether[];
  /** Features of one identifier that hold different things, each kept. */
  readonly repeated: readonly FoundTogether[];
  /** Those that changed nothing too: the producer has mended his file, or the line is wrong. */
  readonly corrections: readonly AppliedCorrection[];
  /** `served` is false for tables of postal codes that were built and do not answer. */
  readonly sources: readonly (SourceReport & { readonly served: boolean })[];
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function totalsOf(
  name: string,
  reports: readonly SourceReport[],
  packed: readonly PackedPartition[],
): LayerTotals {
  const members = reports.flatMap((report) => report.members.filter(({ layer }) => layer === name));
  const partitions = packed.filter(({ layer }) => layer.name === name);
  return {
    in: sum(members, (member) => member.in),
    out: sum(partitions, ({ features }) => features),
    rejected: sum(members, ({ rejects }) => rejects.length),
    duplicates: sum(partitions, ({ duplicates }) => duplicates.length),
    repaired: sum(members, ({ repairs }) => new Set(repairs.map(({ id }) => id)).size),
  };
}

function assertAccounted(name: string, totals: LayerTotals): void {
  if (totals.in === totals.out + totals.rejected + totals.duplicates) return;
  const { in: read, out, rejected, duplicates } = totals;
  const what = `${read} in is not ${out} out + ${rejected} rejected + ${duplicates} duplicates`;
  throw new PipelineError('CountMismatch', what, { layer: name });
}

function found(
  packed: readonly PackedPartition[],
  features: (partition: PackedPartition) => readonly Finding[],
): FoundTogether[] {
  return packed
    .filter((item) => features(item).length > 0)
    .map((item) => ({ layer: item.layer.name, partition: item.partition, features: features(item) }));
}

function correctionsOf({ corrections, placed }: Normalised): AppliedCorrection[] {
  const members = placed.flatMap(({ step }) => step.value.report.members);
  const built = new Set(members.map(({ layer }) => layer));
  return corrections
    .filter(({ layer }) => built.has(layer))
    .map(({ at, layer, reason }) => {
      return { at, layer, reason, rows: sum(members, (member) => member.corrections[at] ?? 0) };
    });
}

/**
 * The report of a build.
 * @throws PipelineError `CountMismatch` when in is not out plus rejects for some layer.
 */
export function buildReport(
  normalised: Normalised,
  packed: readonly PackedPartition[],
  served: TableSource | null,
): BuildReport {
  const sources = [...normalised.placed, ...normalised.tables];
  const reports = sources.map(({ step }) => step.value.report);
  const placed = reports.filter(({ dataset }) => dataset !== 'codes-postaux');
  const names = [...new Set(placed.flatMap(({ members }) => members.map(({ layer }) => layer)))];
  const layers = Object.fromEntries(names.map((name) => [name, totalsOf(name, reports, packed)]));
  for (const [name, totals] of Object.entries(layers)) assertAccounted(name, totals);
  return {
    layers: served === null ? layers : { ...layers, ...tableTotals(served) },
    duplicates: found(packed, ({ duplicates }) => duplicates),
    repeated: found(packed, ({ repeated }) => repeated),
    corrections: correctionsOf(normalised),
    sources: sources.map((item) => ({
      ...item.step.value.report,
      served: item.source.dataset !== 'codes-postaux' || item === served,
    })),
  };
}

function tableTotals({ step }: TableSource): Record<string, LayerTotals> {
  const [member] = step.value.report.members;
  if (member === undefined) return {};
  const totals = {
    in: member.in,
    out: member.out,
    rejected: member.rejects.length,
    duplicates: 0,
    repaired: 0,
  };
  assertAccounted(member.layer, totals);
  return { [member.layer]: totals };
}
