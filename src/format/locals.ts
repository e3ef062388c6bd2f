/**
 * Locals: what of the features that a page does not hold whole meets each of its leaves.
 * Refuses counts that pass the end and features that the page does not have.
 */
import type { LocalPart } from '../geometry/local.ts';
import type { ByteReader } from './byte-reader.ts';
import { must } from './corrupt.ts';
import type { ShapeReader } from './read-shapes.ts';
import type { VarintWriter } from './varint.ts';
import type { ShapeWriter } from './write-shapes.ts';

/** What of a feature by place meets a leaf. */
export interface PageLocal {
  /** Which of the page's leaves that are not empty. */
  readonly leaf: number;
  /** Which of the page's features. */
  readonly feature: number;
  readonly parts: readonly LocalPart[];
}

/** By leaf, then by feature. */
export function encodeLocals(locals: readonly PageLocal[], out: VarintWriter, shapes: ShapeWriter): void {
  out.unsigned(locals.length);
  let before = 0;
  for (const { leaf, feature, parts } of locals) {
    out.unsigned(leaf - before);
    out.unsigned(feature);
    out.unsigned(parts.length);
    parts.forEach(shapes.part);
    before = leaf;
  }
}

/** Of a page of so many `features`. @throws RangeError. */
export function decodeLocals(
  { varint, list }: ByteReader,
  { part }: ShapeReader,
  features: number,
): PageLocal[] {
  let leaf = 0;
  return list(() => {
    leaf += varint();
    const feature = varint();
    must(feature < features, 'local part');
    return { leaf, feature, parts: list(part) };
  });
}
