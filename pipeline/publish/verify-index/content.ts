/** What an index says of a feature, in a few bytes: the same for what its file says. */
import { createHash, type Hash } from 'node:crypto';
import type { Value } from '../../../src/format/feature-values.ts';
import type { FeaturePlace } from '../../../src/format/page.ts';
import type { LocalPart } from '../../../src/geometry/local.ts';
import type { Coordinates, Shape } from '../../../src/geometry/shape.ts';

/** What of a feature by place meets a leaf of a page. */
export interface LocalContent {
  readonly ordinal: number;
  readonly parts: readonly LocalPart[];
}

export interface Content {
  readonly values: readonly Value[];
  /** Of a feature that a page holds whole. */
  readonly shape: Shape | null;
  /** Of one that it holds by place, and its parts in the leaves of the page. */
  readonly place: FeaturePlace | null;
  readonly locals: readonly LocalContent[];
}

export const DIGEST_BYTES = 16;

function addPaths(hash: Hash, paths: readonly Coordinates[]): void {
  hash.update(`${paths.length}:`);
  for (const xy of paths) hash.update(`${xy.length} ${xy.join()};`);
}

function addShape(hash: Hash, { points, lines, polygons }: Shape): void {
  addPaths(hash, [points]);
  addPaths(hash, lines);
  for (const rings of polygons) addPaths(hash, rings);
}

function addLocal(hash: Hash, { ordinal, parts }: LocalContent): void {
  hash.update(`leaf ${ordinal} `);
  for (const { dimension, covers, isOver, chains } of parts) {
    hash.update(`${dimension} ${String(covers)} ${String(isOver)} `);
    addPaths(hash, chains);
  }
}

export function digestOf({ values, shape, place, locals }: Content): Buffer {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([values, place]));
  if (shape !== null) addShape(hash, shape);
  for (const local of locals) addLocal(hash, local);
  return hash.digest().subarray(0, DIGEST_BYTES);
}
