/**
 * Finds by place: walks the packed R-tree of a file from its root, a level a round
 * trip, and gives the places of the features whose boxes meet the one asked for.
 * Refuses an index that contradicts itself.
 */
import {
  childrenOf,
  NODE_BYTES,
  NodeRun,
  type Node,
  type Siblings,
  type TreeShape,
} from '../format/packed-rtree.ts';
import { CartoError } from '../errors.ts';
import { boxesMeet, type Box } from '../geometry/lattice.ts';
import type { OpenFile } from './open-file.ts';
import { trips, type Batch, type Span } from './spans.ts';

/** Where a feature stands: bytes of the file, its length first. */
export interface FeaturePlace extends Span {
  readonly position: number;
}

interface Walk {
  readonly file: OpenFile;
  readonly tree: TreeShape;
  /** Degrees. */
  readonly box: Box;
  readonly signal: AbortSignal | undefined;
}

/** Siblings, and the bytes of the file that hold them. */
interface StoredSiblings extends Span {
  readonly nodes: Siblings;
}

const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];

function nameOf(walk: Walk): string {
  return walk.file.layout.file.name;
}

function stored(walk: Walk, nodes: Siblings): StoredSiblings {
  const { treeOffset } = walk.file.layout;
  return { start: treeOffset + nodes.start * NODE_BYTES, end: treeOffset + nodes.end * NODE_BYTES, nodes };
}

async function readNodes(walk: Walk, first: number, end: number): Promise<NodeRun> {
  const { treeOffset } = walk.file.layout;
  const bytes = await walk.file.read(
    treeOffset + first * NODE_BYTES,
    treeOffset + end * NODE_BYTES,
    walk.signal,
  );
  return new NodeRun(bytes, first, nameOf(walk));
}

function* meeting(walk: Walk, run: NodeRun, siblings: Siblings, limit: number): Generator<Node> {
  for (let index = siblings.start; index < siblings.end; index++) {
    const node = run.node(index, siblings.parent, limit);
    if (node.box !== null && boxesMeet(node.box, walk.box)) yield node;
  }
}

/** A feature is as long as it is to the next one: hence one leaf more is read. */
async function leavesIn(walk: Walk, batch: Batch<StoredSiblings>): Promise<FeaturePlace[]> {
  const { layout } = walk.file;
  const leaves = walk.tree.levels.at(-1) ?? { start: 0, end: 0 };
  const [first, end] = [batch.items[0]?.nodes.start ?? 0, batch.items.at(-1)?.nodes.end ?? 0];
  const limit = layout.file.length - layout.featuresOffset;
  const run = await readNodes(walk, first, Math.min(end + 1, leaves.end));
  return batch.items.flatMap(({ nodes }) =>
    Array.from(meeting(walk, run, nodes, limit), (leaf) => {
      const last = leaf.index + 1 === leaves.end;
      const next = last ? limit : run.position(leaf.index + 1, limit);
      if (next - leaf.position < 4) {
        const message = `${nameOf(walk)}: leaf ${leaf.index} of the index leaves no room for its feature`;
        throw new CartoError('CorruptFile', message, { file: nameOf(walk), node: leaf.index });
      }
      return {
        position: leaf.index - leaves.start,
        start: layout.featuresOffset + leaf.position,
        end: layout.featuresOffset + next,
      };
    }),
  );
}

async function branchesIn(
  walk: Walk,
  batch: Batch<StoredSiblings>,
  level: number,
): Promise<StoredSiblings[]> {
  const [first, end] = [batch.items[0]?.nodes.start ?? 0, batch.items.at(-1)?.nodes.end ?? 0];
  const limit = walk.tree.levels.at(-1)?.end ?? 0;
  const run = await readNodes(walk, first, end);
  return batch.items.flatMap(({ nodes }) =>
    Array.from(meeting(walk, run, nodes, limit), (node) =>
      stored(walk, childrenOf(walk.tree, level, node, nameOf(walk))),
    ),
  );
}

async function* descend(
  walk: Walk,
  level: number,
  siblings: readonly StoredSiblings[],
): AsyncGenerator<FeaturePlace[]> {
  const isLeafLevel = level === walk.tree.levels.length - 1;
  for (const trip of trips(siblings)) {
    if (isLeafLevel) {
      yield (await Promise.all(trip.map((batch) => leavesIn(walk, batch)))).flat();
    } else {
      const below = (await Promise.all(trip.map((batch) => branchesIn(walk, batch, level)))).flat();
      yield* descend(walk, level + 1, below);
    }
  }
}

/**
 * The places of all features whose boxes meet `box` (degrees), in the file's order, a
 * round trip of leaves at a time.
 * @throws CartoError `CorruptFile`, or what reading throws.
 */
export function placesIn(
  file: OpenFile,
  tree: TreeShape,
  box: Box,
  signal: AbortSignal | undefined,
): AsyncGenerator<FeaturePlace[]> {
  const walk = { file, tree, box, signal };
  return descend(walk, 0, [stored(walk, { start: 0, end: 1, parent: EVERYWHERE })]);
}
