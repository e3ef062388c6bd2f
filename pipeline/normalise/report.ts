/** What became of the features of a source: every one is out, or a reject with its reason. */
import type { ValueCounts } from '../../src/format/manifest.ts';
import type { Drift } from '../datasets/columns.ts';

export interface Finding {
  /** The feature's identifier, or its row as `#12`. */
  readonly id: string;
  /** Why it was rejected, or how it was repaired. */
  readonly what: string;
}

export interface MemberReport {
  /** The file inside the source, with the layer inside the file where it has several. */
  readonly member: string;
  readonly layer: string;
  readonly partition: string;
  /** `null` in tables without places. */
  readonly crs: string | null;
  /** How its columns differ from those that its format is known to have. */
  readonly drift: Drift;
  readonly encoding: string | null;
  readonly in: number;
  readonly out: number;
  /** What the features that are out hold. */
  readonly values: ValueCounts;
  readonly rejects: readonly Finding[];
  readonly repairs: readonly Finding[];
  /** How many rows each line of `data/corrections` changed, by `aoc.csv:3`. */
  readonly corrections: Readonly<Record<string, number>>;
  /** Texts that show a wrong decoding upstream that cannot be mended with certainty: kept as they came. */
  readonly garbled: readonly Finding[];
}

export interface SourceReport {
  readonly dataset: string;
  readonly format: string;
  /** As the sources file writes it. */
  readonly path: string;
  readonly vintage: string;
  readonly members: readonly MemberReport[];
  /** Members that were read for what they say of the rows of others: names of servitudes, sheets. */
  readonly consulted: readonly string[];
  /** Members that feed no layer of API Carto's. */
  readonly unused: readonly string[];
}

/** What was found on the rows of one member. */
export interface Findings {
  readonly rejects: Finding[];
  readonly repairs: Finding[];
  readonly garbled: Finding[];
}
