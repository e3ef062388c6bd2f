/** Reads the members of a source that say something of the rows of others, before those. */
import { basename } from 'node:path';
import type { Layer } from 'gdal-async';
import type { FormatSpec, ReferenceRule } from '../datasets/dataset.ts';
import type { Where } from '../errors.ts';
import type { Source } from '../sources/sources-file.ts';
import type { Member, Workspace } from '../sources/workspace.ts';
import { namesOf, valuesOf } from './layer-columns.ts';
import { openMember, primaryMembers } from './read.ts';
import { References } from './references.ts';
import { Reject } from './reject.ts';
import { Row } from './row.ts';

/** Rows that cannot be read say nothing; where they feed a layer, they are rejects there. */
function readLayer(
  layer: Layer,
  rule: ReferenceRule,
  member: string,
  source: Source,
  into: References,
): boolean {
  const names = namesOf(layer);
  if (!rule.columns.every((name) => names.includes(name))) return false;
  for (const feature of layer.features) {
    const context = { source, member, references: into, note: (): void => undefined };
    try {
      rule.tell(new Row(valuesOf(feature, names)), { ...context, geometry: () => feature.getGeometry() });
    } catch (error) {
      if (!(error instanceof Reject)) throw error;
    }
  }
  return true;
}

function readMember(
  member: Member,
  rule: ReferenceRule,
  { source, workspace, where }: { source: Source; workspace: Workspace; where: Where },
  into: References,
): boolean {
  const at = { ...where, member: member.name };
  const { scratch } = workspace;
  const { dataset } = openMember(member, { encoding: source.encoding, scratch, where: at });
  try {
    const file = basename(member.path);
    return dataset.layers.map((layer) => readLayer(layer, rule, file, source, into)).includes(true);
  } finally {
    dataset.close();
  }
}

/**
 * What the members of a source say of each other's rows, and which members were read for it.
 * @throws PipelineError as `openMember` does.
 */
export function readReferences(
  workspace: Workspace,
  source: Source,
  format: FormatSpec,
  where: Where,
): { readonly references: References; readonly consulted: readonly string[] } {
  const references = new References();
  const consulted: string[] = [];
  for (const member of primaryMembers(workspace.members)) {
    for (const rule of format.references ?? []) {
      if (!rule.member.test(basename(member.path))) continue;
      const read = readMember(member, rule, { source, workspace, where }, references);
      if (read && !consulted.includes(member.name)) consulted.push(member.name);
    }
  }
  return { references, consulted };
}
