/**
 * Normalises one source: lays its files open, finds the members that its format knows,
 * and spools their features by layer and partition.
 */
import type { Box } from '../../src/geometry/lattice.ts';
import { findFormat } from '../datasets/index.ts';
import { checkManifest } from '../sources/manifest.ts';
import type { Source } from '../sources/sources-file.ts';
import { isUnread, openWorkspace } from '../sources/workspace.ts';
import { checkJsonText } from './json-text.ts';
import { matchMembers } from './matching.ts';
import { readReferences } from './read-references.ts';
import type { SourceReport } from './report.ts';
import { SourceNormaliser, type NormaliseOptions, type Spool } from './source-normaliser.ts';

export interface NormalisedSource {
  readonly report: SourceReport;
  readonly spools: readonly Spool[];
  /** Where the source would have told of a feature; degrees. */
  readonly coverage: readonly Box[];
}

/** What is recorded when neither the source nor its entry says its edition. */
export const UNKNOWN_VINTAGE = 'non précisé';

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
