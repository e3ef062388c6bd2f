/** The rows of one layer of a member: each becomes an encoded feature, or a named reject. */
import type { Feature, Geometry, Layer } from 'gdal-async';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import type { ValueCounts } from '../../src/format/manifest.ts';
import type { Shape } from '../../src/geometry/shape.ts';
import type { Drift } from '../datasets/columns.ts';
import type { LayerSpec, MemberRule } from '../datasets/dataset.ts';
import { messageOf, type Where } from '../errors.ts';
import { FeatureEncoder } from '../pack/encode.ts';
import type { Properties } from '../pack/properties.ts';
import { encodeKey } from '../pack/sort-key.ts';
import type { SpoolWriter } from '../pack/spool.ts';
import type { Source } from '../sources/sources-file.ts';
import type { Bounds } from './bounds.ts';
import { Corrector, type Correction } from './corrections.ts';
import { findReprojection, type Reprojection } from './crs.ts';
import { normaliseGeometry } from './geometry.ts';
import { namesOf, valuesOf } from './layer-columns.ts';
import { looksGarbled } from './mojibake.ts';
import type { References } from './references.ts';
import { Reject } from './reject.ts';
import type { Findings } from './report.ts';
import { checkColumns } from './required-columns.ts';
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

/**
 * Normalises the rows of one layer, one after the other.
 * @throws PipelineError `BadSchema`, `BadCrs` before the first.
 */
export class LayerNormaliser {
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
    this.drift = checkColumns(job.layer, job.rule, job.where);
    this.#columns = namesOf(job.layer);
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
