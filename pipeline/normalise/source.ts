/**
 * Normalises one source: lays its files open, finds the members that its format knows,
 * and spools their features by layer and partition.
 */
import { basename, join } from 'node:path';
import gdal, { type Dataset, type Layer } from 'gdal-async';
import { boxToDegrees, type Box } from '../../src/geometry/lattice.ts';
import { findFormat, findLayer } from '../datasets/index.ts';
import type { FormatSpec, LayerSpec, MemberRule } from '../datasets/dataset.ts';
import { PipelineError, type Where } from '../errors.ts';
import { joinBoxes } from '../pack/rtree.ts';
import { SpoolWriter } from '../pack/spool.ts';
import { checkManifest } from '../sources/manifest.ts';
import type { Source } from '../sources/sources-file.ts';
import { isUnopened, isUnread, openWorkspace, type Member, type Workspace } from '../sources/workspace.ts';
import { findBounds, type Bounds } from './bounds.ts';
import type { Correction } from './corrections.ts';
import { checkJsonText } from './json-text.ts';
import { normaliseLayer } from './normalise.ts';
import { openMember, primaryMembers } from './read.ts';
import { readReferences } from './read-references.ts';
import type { References } from './references.ts';
import type { MemberReport, SourceReport } from './report.ts';

export interface Spool {
  readonly layer: string;
  readonly partition: string;
  /** File name inside the folder that `normaliseSource` was given. */
  readonly file: string;
  readonly features: number;
}

export interface NormalisedSource {
  readonly report: SourceReport;
  readonly spools: readonly Spool[];
  /** Where the source would have told of a feature; degrees. */
  readonly coverage: readonly Box[];
}

/** A member and the rules that read it (one a layer inside it). */
interface Match {
  readonly member: Member;
  readonly rules: readonly MemberRule[];
}

function boundsOf(source: Source, format: FormatSpec, where: Where): Bounds {
  const name = source.bounds ?? format.bounds(source);
  const bounds = findBounds(name);
  if (bounds === null) throw new PipelineError('BadSourcesFile', `no bounds are known for ${name}`, where);
  return bounds;
}

/** Rules for a member: the source's own word on it first, then its name. */
function rulesFor(member: Member, source: Source, format: FormatSpec): MemberRule[] {
  const file = basename(member.path);
  const declared = source.format === 'cnig' ? source.members?.[file] : undefined;
  return format.rules.filter((rule) =>
    declared === undefined ? rule.member.test(file) : rule.layer === declared,
  );
}

function assertOneEach(matches: readonly Match[], format: FormatSpec, where: Where): void {
  if (format.members === 'many') return;
  for (const rule of format.rules) {
    const candidates = matches.filter(({ rules }) => rules.includes(rule)).map(({ member }) => member.name);
    if (candidates.length > 1) {
      throw new PipelineError(
        'BadSchema',
        `several candidates for ${rule.layer}: ${candidates.join(', ')}`,
        where,
      );
    }
  }
}

/** What the source says of its members must be about members that are there, and about layers. */
function assertDeclared(workspace: Workspace, source: Source, format: FormatSpec, where: Where): void {
  if (source.format !== 'cnig') return;
  for (const [name, layer] of Object.entries(source.members ?? {})) {
    const known = format.rules.some((rule) => rule.layer === layer);
    const there = workspace.members.some(({ path }) => basename(path) === name);
    if (known && there) continue;
    const fault = known ? 'is not there' : `cannot feed ${layer}, which is no layer of ${format.format}`;
    throw new PipelineError('BadSourcesFile', `members: ${name} ${fault}`, where);
  }
}

function matchMembers(workspace: Workspace, source: Source, format: FormatSpec, where: Where): Match[] {
  assertDeclared(workspace, source, format, where);
  const primary = primaryMembers(workspace.members);
  const matches = primary.map((member) => ({ member, rules: rulesFor(member, source, format) }));
  if (matches.every(({ rules }) => rules.length === 0)) {
    const names = workspace.members.map(({ name }) => name).slice(0, 10);
    const advice = workspace.members.some(isUnopened) ? '; unpack the archive among them first' : '';
    const found = names.length === 0 ? 'nothing' : names.join(', ');
    throw new PipelineError(
      'BadSchema',
      `no member that ${format.format} knows; found ${found}${advice}`,
      where,
    );
  }
  assertOneEach(matches, format, where);
  return matches;
}

/** A table without places in a file of places, such as the styles that QGIS keeps in a GeoPackage. */
function isBeside(layer: Layer, dataset: Dataset, rule: MemberRule): boolean {
  if (layer.geomType !== gdal.wkbNone || findLayer(rule.layer)?.geometry === null) return false;
  return dataset.layers.map(({ geomType }) => geomType).some((type) => type !== gdal.wkbNone);
}

/** One run over one source. */
class SourceNormaliser {
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

export interface NormaliseOptions {
  /** Where spools are written. */
  readonly folder: string;
  /** Known errors of the producers' files. */
  readonly corrections?: readonly Correction[];
}

/**
 * Normalises `source` into spools.
 * @throws PipelineError naming the source, the member, the layer and the feature.
 */
export async function normaliseSource(source: Source, options: NormaliseOptions): Promise<NormalisedSource> {
  const format = findFormat(source);
  const path = source.path ?? '';
  if (format === null || source.location === null) throw new Error(`${source.format} is no format of places`);
  const where = { source: path };
  const workspace = await openWorkspace(source.location, path, options.folder);
  let normaliser: SourceNormaliser | null = null;
  try {
    if (source.format === 'extraction') await checkManifest(workspace.members, where);
    const matches = matchMembers(workspace, source, format, where);
    const used = matches.filter(({ rules }) => rules.length > 0);
    for (const { member } of used) await checkJsonText(member.path, { ...where, member: member.name });
    const { references, consulted } = readReferences(workspace, source, format, where);
    normaliser = new SourceNormaliser(source, format, references, options);
    for (const match of used) normaliser.read(match, workspace.scratch);
    const spools = normaliser.finish();
    const idle = matches.filter(({ rules }) => rules.length === 0).map(({ member }) => member.name);
    const unread = workspace.members.filter(isUnread).map(({ name }) => name);
    const unused = [...idle.filter((name) => !consulted.includes(name)), ...unread, ...normaliser.unread];
    const { dataset, vintage = UNKNOWN_VINTAGE } = source;
    const members = normaliser.members;
    const report = { dataset, format: source.format, path, vintage, members, consulted, unused };
    return { report, spools, coverage: normaliser.coverage() };
  } finally {
    workspace.dispose();
    normaliser?.close();
  }
}

/** What is recorded when neither the source nor its entry says its edition. */
export const UNKNOWN_VINTAGE = 'non précisé';
