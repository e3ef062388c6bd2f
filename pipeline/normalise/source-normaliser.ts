/** One run over the members of one source, and the spools that it fills. */
import { basename, join } from 'node:path';
import gdal, { type Dataset, type Layer } from 'gdal-async';
import { boxToDegrees, type Box } from '../../src/geometry/lattice.ts';
import { findLayer } from '../datasets/index.ts';
import type { FormatSpec, LayerSpec, MemberRule } from '../datasets/dataset.ts';
import { PipelineError, type Where } from '../errors.ts';
import { joinBoxes } from '../pack/rtree.ts';
import { SpoolWriter } from '../pack/spool.ts';
import type { Source } from '../sources/sources-file.ts';
import type { Member } from '../sources/workspace.ts';
import { findBounds, type Bounds } from './bounds.ts';
import type { Correction } from './corrections.ts';
import type { Match } from './matching.ts';
import { normaliseLayer } from './normalise.ts';
import { openMember } from './read.ts';
import type { References } from './references.ts';
import type { MemberReport } from './report.ts';

export interface Spool {
  readonly layer: string;
  readonly partition: string;
  /** File name inside the folder of the spools. */
  readonly file: string;
  readonly features: number;
}

export interface NormaliseOptions {
  /** Where spools are written. */
  readonly folder: string;
  /** Known errors of the producers' files. */
  readonly corrections?: readonly Correction[];
}

function boundsOf(source: Source, format: FormatSpec, where: Where): Bounds {
  const name = source.bounds ?? format.bounds(source);
  const bounds = findBounds(name);
  if (bounds === null) throw new PipelineError('BadSourcesFile', `no bounds are known for ${name}`, where);
  return bounds;
}

/** A table without places in a file of places, such as the styles that QGIS keeps in a GeoPackage. */
function isBeside(layer: Layer, dataset: Dataset, rule: MemberRule): boolean {
  if (layer.geomType !== gdal.wkbNone || findLayer(rule.layer)?.geometry === null) return false;
  return dataset.layers.map(({ geomType }) => geomType).some((type) => type !== gdal.wkbNone);
}

/** Reads members one after the other; `finish` gives the spools, `close` lets go of them. */
export class SourceNormaliser {
  readonly members: MemberReport[] = [];
  /** Tables inside members that were not read. */
  readonly unread: string[] = [];
  readonly #spools = new Map<string, { spool: Spool; writer: SpoolWriter }>();
  readonly #source: Source;
  readonly #format: FormatSpec;
  readonly #folder: string;
  readonly #corrections: readonly Correction[];
  readonly #where: Where;
  #sentinelSeen = false;

  readonly #references: References;

  constructor(
    source: Source,
    format: FormatSpec,
    references: References,
    { folder, corrections = [] }: NormaliseOptions,
  ) {
    this.#references = references;
    this.#source = source;
    this.#format = format;
    this.#folder = folder;
    this.#corrections = corrections;
    this.#where = { source: source.path ?? '' };
  }

  read({ member, rules }: Match, scratch: string): void {
    const where = { ...this.#where, member: member.name };
    const { dataset, encoding, rows } = openMember(member, {
      encoding: this.#source.encoding,
      scratch,
      where,
    });
    try {
      let read = 0;
      for (const layer of dataset.layers) {
        const own = rules.filter((rule) => rule.inner?.test(layer.name) ?? !isBeside(layer, dataset, rule));
        for (const rule of own) read += this.#readLayer({ member, rule, encoding, rows, where }, layer);
        if (own.length === 0 && rules.some(({ inner }) => inner === undefined)) {
          this.unread.push(`${member.name} › ${layer.name}`);
        }
      }
      if (read === 0 && this.#source.mayBeEmpty?.includes(basename(member.path)) !== true) {
        const layer = rules.map((rule) => rule.layer).join(', ');
        throw new PipelineError('EmptySource', 'holds no row', { ...where, layer });
      }
    } finally {
      dataset.close();
    }
  }

  #readLayer(
    at: { member: Member; rule: MemberRule; encoding: string | null; rows: number | null; where: Where },
    layer: Layer,
  ): number {
    const { member, rule, encoding } = at;
    const spec = this.#specOf(rule);
    const where = { ...at.where, layer: spec.name };
    const result = normaliseLayer({
      source: this.#source,
      member: basename(member.path),
      layer,
      rows: at.rows,
      spec,
      rule,
      bounds: boundsOf(this.#source, this.#format, where),
      spool: this.#spoolOf(spec),
      corrections: this.#corrections,
      references: this.#references,
      onText: (text) => {
        this.#sentinelSeen ||= this.#source.sentinel !== undefined && text.includes(this.#source.sentinel);
      },
      where,
    });
    const inner = rule.inner === undefined ? '' : ` › ${layer.name}`;
    const partition = this.#format.partition(this.#source);
    this.members.push({ member: member.name + inner, layer: spec.name, partition, encoding, ...result });
    return result.in;
  }

  #specOf(rule: MemberRule): LayerSpec {
    const spec = findLayer(rule.layer);
    if (spec === null) throw new Error(`${rule.layer} is declared by a rule and by no dataset`);
    return spec;
  }

  #spoolOf(spec: LayerSpec): SpoolWriter {
    const known = this.#spools.get(spec.name);
    if (known !== undefined) return known.writer;
    const partition = this.#format.partition(this.#source);
    const file = `${spec.name.replace('/', '.')}@${partition}.spool`;
    const writer = new SpoolWriter(join(this.#folder, file));
    this.#spools.set(spec.name, { spool: { layer: spec.name, partition, file, features: 0 }, writer });
    return writer;
  }

  finish(): Spool[] {
    const { sentinel } = this.#source;
    if (sentinel !== undefined && !this.#sentinelSeen) {
      throw new PipelineError('BadEncoding', `the sentinel "${sentinel}" appears nowhere`, this.#where);
    }
    this.close();
    return [...this.#spools.values()].map(({ spool, writer }) => ({ ...spool, features: writer.count }));
  }

  /** What the source says that it covers, else what its format does. */
  coverage(): readonly Box[] {
    const covers = this.#source.covers ?? this.#format.covers;
    if (Array.isArray(covers)) return covers;
    if (covers === 'bounds') return boundsOf(this.#source, this.#format, this.#where).boxes.map(boxToDegrees);
    const boxes = [...this.#spools.values()].map(({ writer }) => writer.box).filter((box) => box !== null);
    return boxes.length === 0 ? [] : [boxes.reduce(joinBoxes)];
  }

  /** Closes the spools, whether all went well or not. */
  close(): void {
    for (const { writer } of this.#spools.values()) writer.close();
  }
}
