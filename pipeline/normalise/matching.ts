/**
 * Which rules of its format read each member of a source. Refuses a source of which its format
 * knows no member, and several members where one is meant.
 */
import { basename } from 'node:path';
import type { FormatSpec, MemberRule } from '../datasets/dataset.ts';
import { PipelineError, type Where } from '../errors.ts';
import type { Source } from '../sources/sources-file.ts';
import { isUnopened, type Member, type Workspace } from '../sources/workspace.ts';
import { primaryMembers } from './read.ts';

/** A member and the rules that read it (one a layer inside it). */
export interface Match {
  readonly member: Member;
  readonly rules: readonly MemberRule[];
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

/**
 * The members of `workspace` with the rules that read them, those that none reads included.
 * @throws PipelineError `BadSourcesFile`, `BadSchema`.
 */
export function matchMembers(
  workspace: Workspace,
  source: Source,
  format: FormatSpec,
  where: Where,
): Match[] {
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
