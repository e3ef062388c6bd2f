/**
 * Normalises one layer of a member: every row becomes an encoded feature in the spool
 * of its layer and partition, or a named reject. in = out + rejects.
 */
import type { Feature, Geometry, Layer } from 'gdal-async';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import type { ValueCounts } from '../../src/format/manifest.ts';
import type { Shape } from '../../src/geometry/shape.ts';
import { describeDrift, driftOf, type Columns, type Drift } from '../datasets/columns.ts';
import type { LayerSpec, MemberRule } from '../datasets/dataset.ts';
import { messageOf, PipelineError, type Where } from '../errors.ts';
import { FeatureEncoder } from '../pack/encode.ts';
import type { Properties } from '../pack/properties.ts';
import { encodeKey } from '../pack/sort-key.ts';
import type { SpoolWriter } from '../pack/spool.ts';
import type { Source } from '../sources/sources-file.ts';
import type { Bounds } from './bounds.ts';
import { Corrector, type Correction } from './corrections.ts';
import { findReprojection, type Reprojection } from './crs.ts';
import { normaliseGeometry } from './geometry.ts';
import { looksGarbled } from './mojibake.ts';
import { Reject } from './reject.ts';
import { columnsOf, namesOf, repeatedNames, valuesOf } from './layer-columns.ts';
import type { References } from './references.ts';
import type { Findings } from './report.ts';
import { Row } from './row.ts';
import { ValueTally } from './value-tally.ts';

export interface LayerJob {
  readonly source: Source;
  /** File name of the member. */
  readonly member: string;
  readonly layer: Layer;
  /** How many rows its table says that it has; `null` where GDAL is to count them. */
  readonly rows: number | null;
  readonly spec: LayerSpec;
  readonly rule: MemberRule;
  readonly bounds: Bounds;
  readonly spool: SpoolWriter;
  readonly corrections: readonly Correction[];
  readonly references: References;
  /** Told every text, for the sentinel. */
  readonly onText: (text: string) => void;
  readonly where: Where;
}

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

function assertColumns(columns: Columns, drift: Drift, job: LayerJob): void {
  // A collection without a feature, of which GeoJSON tells no columns, is empty and not of another schema.
  if (columns.size === 0 && job.layer.features.count() === 0) return;
  const missing = job.rule.required.filter((spellings) => !spellings.some((name) => columns.has(name)));
  if (missing.length === 0) return;
  const wanted = missing.map((spellings) => spellings.join(' or ')).join(', ');
  const found = `found ${[...columns.keys()].join(', ')}`;
  const what = [`no column ${wanted}`, found, describeDrift(drift)]
    .filter((part) => part !== null)
    .join('; ');
  throw new PipelineError('BadSchema', what, job.where);
}

/** Of two columns of one name only chance would say which is meant; those that nobody reads do no harm. */
function assertUnambiguous({ layer, rule, where }: LayerJob): void {
  const known = [...rule.schema.generations.map(({ columns }) => columns), rule.schema.optional];
  const twice = repeatedNames(layer).filter((name) => known.some((columns) => columns.has(name)));
  if (twice.length === 0) return;
  const spellings = layer.fields.getNames().filter((name) => twice.includes(name.toLowerCase()));
  throw new PipelineError('BadSchema', `several columns of one name: ${spellings.join(', ')}`, where);
}

function identify(properties: Properties, spec: LayerSpec, row: number): string {
  const parts = spec.identifier.map((name) => properties[name] ?? null);
  return parts.includes(null) ? `#${row}` : parts.join('/');
}

/** GDAL's binding knows no triangulated surfaces. */
function geometryOf(feature: Feature): Geometry | null {
  try {
    return feature.getGeometry();
  } catch (error) {
    throw new Reject(`cannot be read: ${messageOf(error)}`);
  }
}

/** Normalises the rows of one layer, one after the other. */
class LayerNormaliser {
  readonly findings: Findings = { rejects: [], repairs: [], garbled: [] };
  readonly #job: LayerJob;
  readonly drift: Drift;
  readonly #columns: readonly string[];
  readonly #encoder: FeatureEncoder;
  readonly #tally: ValueTally;
  readonly #corrector: Corrector;
  readonly #reprojection: Reprojection | null;

  constructor(job: LayerJob) {
    this.#job = job;
    const columns = columnsOf(job.layer);
    this.#columns = namesOf(job.layer);
    assertUnambiguous(job);
    this.drift = driftOf(columns, job.rule.schema);
    assertColumns(columns, this.drift, job);
    this.#corrector = new Corrector(job.corrections, job.spec.name);
    this.#tally = new ValueTally(job.spec.fields);
    this.#encoder = new FeatureEncoder(job.spec.fields, job.spec.geometry);
    this.#reprojection =
      job.spec.geometry === null ? null : findReprojection(job.layer.srs, job.source.crs, job.where);
  }

  get crs(): string | null {
    return this.#reprojection?.crs ?? null;
  }

  get values(): ValueCounts {
    return this.#tally.counts();
  }

  get corrections(): Readonly<Record<string, number>> {
    return this.#corrector.applied;
  }

  /** `true` when the row is out, `false` when it is a reject. */
  take(feature: Feature, number: number): boolean {
    const notes: string[] = [];
    let id = `#${number}`;
    try {
      const properties = this.#properties(feature, notes);
      id = identify(properties, this.#job.spec, number);
      const shape = this.#shape(feature, notes);
      this.#checkTexts(properties, id);
      const box = shape === null ? null : boxToDegrees(shape.box);
      const key = encodeKey(this.#job.spec.keys, properties);
      this.#job.spool.add({ id, box, key, feature: this.#encoder.encode({ properties, shape }) });
      this.#tally.see(properties);
    } catch (error) {
      if (!(error instanceof Reject)) throw error;
      this.findings.rejects.push({ id, what: error.message });
      return false;
    }
    for (const what of new Set(notes)) this.findings.repairs.push({ id, what });
    return true;
  }

  #properties(feature: Feature, notes: string[]): Properties {
    const { source, member, rule, references } = this.#job;
    const note = (repair: string): void => void notes.push(repair);
    const values = valuesOf(feature, this.#columns);
    this.#corrector.correct(values, note);
    return rule.properties(new Row(values, note), {
      ...{ source, member, note, references },
      geometry: () => geometryOf(feature),
    });
  }

  #shape(feature: Feature, notes: string[]): Shape | null {
    const { spec, bounds } = this.#job;
    if (spec.geometry === null || this.#reprojection === null) return null;
    const plan = { geometry: spec.geometry, transformation: this.#reprojection.transformation, bounds };
    return normaliseGeometry(geometryOf(feature), plan, (repair) => void notes.push(repair));
  }

  #checkTexts(properties: Properties, id: string): void {
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value !== 'string') continue;
      this.#job.onText(value);
      if (looksGarbled(value)) this.findings.garbled.push({ id, what: `${name}: ${value.slice(0, 60)}` });
    }
  }
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
