/**
 * Normalises one layer of a member: every row becomes an encoded feature in the spool
 * of its layer and partition, or a named reject. in = out + rejects.
 */
import type { Feature, Layer } from 'gdal-async';
import type { ValueCounts } from '../../src/format/manifest.ts';
import type { Drift } from '../datasets/columns.ts';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import { LayerNormaliser, type LayerJob } from './layer-normaliser.ts';
import type { Findings } from './report.ts';

export interface LayerResult extends Findings {
  readonly corrections: Readonly<Record<string, number>>;
  readonly crs: string | null;
  readonly drift: Drift;
  readonly in: number;
  readonly out: number;
  readonly values: ValueCounts;
}

/** What a source may lose unless it says otherwise: one in twenty, or a few of a small file but no more than half. */
const MAX_REJECTS = 0.05;
const FEW = 5;

function allowedRejects(read: number, declared: number | undefined): number {
  if (declared !== undefined) return read * declared;
  return Math.max(read * MAX_REJECTS, Math.min(FEW, read / 2));
}

/** The most frequent reason, without what differs from feature to feature. */
function mainReason(findings: Findings): string {
  const counts = new Map<string, number>();
  for (const { what } of findings.rejects) counts.set(what, (counts.get(what) ?? 0) + 1);
  const [reason = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return reason;
}

function assertFewRejects(result: LayerResult, job: LayerJob): void {
  const rejected = result.rejects.length;
  if (rejected <= allowedRejects(result.in, job.source.maxRejects)) return;
  const reason = mainReason(result);
  const code =
    reason.startsWith('outside') || reason.startsWith('cannot be reproj') ? 'BadCrs' : 'TooManyRejects';
  const first = result.rejects.find(({ what }) => what === reason)?.id ?? '';
  throw new PipelineError(code, `${rejected} of ${result.in} features rejected: ${reason}`, {
    ...job.where,
    id: first,
  });
}

/** The rows as GDAL gives them; where it fails, the row is named. */
function* rowsOf(layer: Layer, where: Where): Generator<Feature, void> {
  const rows = layer.features[Symbol.iterator]();
  for (let number = 1; ; number++) {
    let row: IteratorResult<Feature, unknown>;
    try {
      row = rows.next();
    } catch (error) {
      const what = `GDAL cannot read the row: ${messageOf(error)}`;
      throw new PipelineError('ToolFailed', what, { ...where, id: `#${number}` }, error);
    }
    if (row.done === true) return;
    yield row.value;
  }
}

/**
 * Normalises all rows of `job.layer`.
 * @throws PipelineError `BadSchema`, `BadCrs`, `TooManyRejects`, `CountMismatch`, `ToolFailed`.
 */
export function normaliseLayer(job: LayerJob): LayerResult {
  const normaliser = new LayerNormaliser(job);
  let [read, out] = [0, 0];
  for (const feature of rowsOf(job.layer, job.where)) {
    read += 1;
    if (normaliser.take(feature, read)) out += 1;
  }
  const announced = job.rows ?? job.layer.features.count();
  if (read !== announced) {
    throw new PipelineError('CountMismatch', `${announced} features announced, ${read} read`, job.where);
  }
  const { findings, crs, drift, corrections, values } = normaliser;
  const result = { ...findings, crs, drift, corrections, in: read, out, values };
  assertFewRejects(result, job);
  return result;
}
