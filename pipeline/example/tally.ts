/**
 * Counts what is written while it is written: by layer of the published tree and by
 * source, so that a build can be held to "in = out + rejects" against its generator.
 */
import { DEFECTS, type DefectName } from './defects.ts';

export type RejectReason = 'no-geometry' | 'no-area';

export interface Counts {
  readonly rows: number;
  /** Rows that no build may keep, by reason. */
  readonly rejected: Readonly<Partial<Record<RejectReason, number>>>;
  /** Rows that repeat another one of the same source, attributes and geometry. */
  readonly duplicates: number;
  /** Rows whose geometry is invalid and can be repaired. */
  readonly invalid: number;
}

export interface ExpectedLayer extends Counts {
  /** By the path of the source, as the sources file writes it. */
  readonly sources: Readonly<Record<string, Counts>>;
}

/** A defect, and the row that has it. */
export interface PlacedDefect {
  readonly name: DefectName;
  readonly layer: string;
  readonly source: string;
  /** The row's own identifier. */
  readonly row: string;
  readonly consequence: string;
  readonly says: string;
}

export interface Expected {
  readonly layers: Readonly<Record<string, ExpectedLayer>>;
  readonly defects: readonly PlacedDefect[];
}

interface Running {
  rows: number;
  rejected: Partial<Record<RejectReason, number>>;
  duplicates: number;
  invalid: number;
}

function countRow(counts: Running, defect: DefectName | undefined): void {
  counts.rows++;
  const consequence = defect === undefined ? 'kept' : DEFECTS[defect].consequence;
  switch (consequence) {
    case 'no-geometry':
    case 'no-area':
      counts.rejected[consequence] = (counts.rejected[consequence] ?? 0) + 1;
      break;
    case 'duplicate':
      counts.duplicates++;
      break;
    case 'invalid':
      counts.invalid++;
      break;
    case 'kept':
      break;
  }
}

function empty(): Running {
  return { rows: 0, rejected: {}, duplicates: 0, invalid: 0 };
}

export class Tally {
  readonly #layers = new Map<string, Running & { sources: Record<string, Running> }>();
  readonly #defects: PlacedDefect[] = [];

  /** Counts a row of `layer` in `source`; `row` identifies it when it has a defect. */
  add(layer: string, source: string, row: string, defect?: DefectName): void {
    const total = this.#layers.get(layer) ?? { ...empty(), sources: {} };
    this.#layers.set(layer, total);
    countRow(total, defect);
    countRow((total.sources[source] ??= empty()), defect);
    if (defect !== undefined) this.#defects.push({ name: defect, layer, source, row, ...DEFECTS[defect] });
  }

  /** The rows of a layer so far. */
  rowsOf(layer: string): number {
    return this.#layers.get(layer)?.rows ?? 0;
  }

  /** What was counted, layers by name. */
  summary(): Expected {
    const layers = [...this.#layers].sort(([a], [b]) => (a < b ? -1 : 1));
    return { layers: Object.fromEntries(layers), defects: this.#defects };
  }
}
