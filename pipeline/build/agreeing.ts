/**
 * What no source shows alone: whether those of one layer and partition agree. Refuses two formats
 * or editions that tell of the same things, and more features of one identifier than the layer is
 * known to have.
 */
import type { LayerSpec } from '../datasets/dataset.ts';
import { PipelineError, type Where } from '../errors.ts';
import type { PackResult } from '../pack/pack.ts';
import type { MemberReport } from '../normalise/report.ts';
import type { Source } from '../sources/sources-file.ts';
import type { PlacedSource } from './normalised.ts';
import type { Input } from './packed.ts';

/** The name of a source in the sources file, by the file of its spool. */
export function pathIn(inputs: readonly Input[], file: string): string {
  return inputs.find((input) => input.file === file)?.from.source.path ?? '';
}

/**
 * A département of the cadastre is of one format: their parcels differ in sheets and names.
 * @throws PipelineError `MixedSources`.
 */
export function assertOneFormat(layer: LayerSpec, inputs: readonly Input[]): void {
  const [first, ...others] = inputs.map(({ from }) => from.source);
  const other = others.find(({ format }) => format !== first?.format);
  if (layer.module !== 'cadastre' || first === undefined || other === undefined) return;
  const what = `of ${other.format}, and ${first.path ?? ''} of ${first.format}: a département has one format`;
  throw new PipelineError('MixedSources', what, { source: other.path ?? '', layer: layer.name });
}

/**
 * Of what edition a source is: those of one place or document must agree. A deposit is one edition,
 * and its name tells which; of other formats several files without a vintage may be parts of one.
 */
export function editionOf({ format, vintage, path }: Source): string {
  const named = format === 'cnig' ? path : undefined;
  return `${format} ${vintage ?? named ?? ''}`;
}

/** The part of a member's name that says which commune or sheet it is; `null` where none does. */
function placeOf({ member }: MemberReport): string | null {
  return /[^/]+\.(json(\.gz)?|tar\.bz2\/.*)$/.exec(member)?.[0] ?? null;
}

/**
 * A folder of the cadastre holds a commune or a sheet once: two files of one name are two editions.
 * @throws PipelineError `MixedSources`.
 */
export function assertEachOnce({ source, step }: PlacedSource): void {
  if (source.dataset !== 'cadastre') return;
  const seen = new Map<string, string>();
  for (const report of step.value.report.members) {
    const place = placeOf(report);
    if (place === null) continue;
    const key = `${report.layer} ${place}`;
    const other = seen.get(key);
    seen.set(key, report.member);
    if (other === undefined) continue;
    const where = { source: source.path, member: report.member, layer: report.layer };
    const what = `tells of what ${other} tells of too: one edition is wanted`;
    throw new PipelineError('MixedSources', what, where);
  }
}

/**
 * A document comes from the extraction or from its deposit, and all of a place from one edition.
 * @throws PipelineError `MixedSources`.
 */
export function assertUnmixed({ mixture }: PackResult, layer: LayerSpec, inputs: readonly Input[]): void {
  if (mixture === null) return;
  const [a, b] = mixture.spools.map((file) => pathIn(inputs, file));
  const what = `tells of a document or place that ${a ?? ''} tells of too, in another format or edition`;
  throw new PipelineError('MixedSources', what, { source: b ?? '', layer: layer.name, id: mixture.id });
}

/** A few may, whatever the share: a small file is no proof. */
const FEW_REPEATS = 5;

/** @throws PipelineError `RepeatedId` when more than the layer's share of features repeat an identifier. */
export function assertFewRepeats(result: PackResult, layer: LayerSpec, inputs: readonly Input[]): void {
  const { repeated, features } = result;
  // Of the lowest identifier, wherever it lies.
  const [first] = [...repeated].sort((a, b) => (a.id < b.id ? -1 : 1));
  const allowed = layer.maxRepeats === 0 ? 0 : Math.max(features * layer.maxRepeats, FEW_REPEATS);
  if (first === undefined || repeated.length <= allowed) return;
  const where: Where = { source: pathIn(inputs, first.spool), layer: layer.name, id: first.id };
  const [count, other] = [`${repeated.length} of ${features}`, pathIn(inputs, first.of)];
  const what = `${count} features have the identifier of another one (here of ${other}) and hold something else`;
  throw new PipelineError('RepeatedId', what, where);
}
