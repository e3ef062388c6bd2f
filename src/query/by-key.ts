/**
 * Finds by the sorted keys: the key directory, the leaves that may hold the values asked
 * for, and the blocks of features themselves, consecutive in their file. What asks for
 * keys alone is counted from the blocks, of which only those of the page asked for are
 * read. Refuses blocks whose checksum does not fit, and to read more than the ceiling.
 */
import { crc32 } from '../format/crc32.ts';
import { corrupt } from '../format/corrupt.ts';
import { decodeKeyDirectory, type KeyDirectory } from '../format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock } from '../format/key-leaves.ts';
import { readFeature, splitFeatures } from '../format/read-feature.ts';
import type { Wanted } from '../source/store.ts';
import { askOnly, type Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { keyTest, leafTest } from './key-order.ts';
import { refuseBeyond } from './refusal.ts';
import { featuresFile, indexFile, unit, type Found, type Search } from './search.ts';
import { tripsOf } from './trips.ts';

/** Leaves of some hundred blocks each, in one request. */
const LEAVES_AT_ONCE = 16;

export interface KeyAnswer {
  /** How many features match; `null` when only reading them tells. */
  readonly matched: number | null;
  /** Whether `found` gives those from `start` to `start + limit` alone. */
  readonly isCut: boolean;
  readonly found: AsyncIterable<Found[]>;
}

/** Gives the blocks of a partition that may hold what is asked for, in the order of its file. */
type BlocksOf = (partition: number) => AsyncGenerator<KeyBlock>;

async function readDirectory({ asked, reads }: Search): Promise<KeyDirectory> {
  const { index } = asked.layer;
  const { fields, leaves } = index.keys;
  const wanted = unit(index, index.keys, (raw, name) => decodeKeyDirectory(raw, leaves, fields.length, name));
  const [directory = { files: [], leaves: [] }] = await reads.units(indexFile(asked), [wanted]);
  return directory;
}

function blocksOf(
  { asked, reads }: Search,
  { files, leaves }: KeyDirectory,
  combinations: readonly Combination[],
): BlocksOf {
  const { index } = asked.layer;
  const { fields } = index.keys;
  const [mayHold, holds] = [leafTest(combinations, fields), keyTest(combinations, fields)];
  return async function* (partition) {
    const file = files[partition];
    if (file === undefined) return;
    const own = leaves.filter((leaf) => leaf.partition === partition);
    const wanted = own
      .filter((leaf, i) => mayHold(leaf, own[i + 1]))
      .map((leaf) =>
        unit(index, leaf.ref, (raw, name) => decodeKeyLeaf(raw, leaf, file, fields.length, name)),
      );
    for (let i = 0; i < wanted.length; i += LEAVES_AT_ONCE) {
      const lists = await reads.units(indexFile(asked), wanted.slice(i, i + LEAVES_AT_ONCE));
      for (const block of lists.flat()) if (holds(block.keys)) yield block;
    }
  };
}

/** The features of a block; the same for whoever asks, as they are shared. */
function blockUnit({ asked: { layer } }: Search, partition: number, block: KeyBlock): Wanted<Found[]> {
  const { offset, length, crc, features, position } = block;
  const decode = (bytes: Uint8Array, name: string): Found[] => {
    if (crc32(bytes) !== crc) corrupt(name, `the checksum of the block at byte ${offset} does not fit`);
    return splitFeatures(bytes, features, name).map((own, i) => ({
      ...readFeature(own, layer, name),
      ...{ partition, position: position + i, place: null },
    }));
  };
  return { offset, length, decode, keep: false };
}

/** What of a block is in the page that is asked for. */
interface Cut {
  readonly block: KeyBlock;
  readonly from: number;
  readonly to: number;
}

/** Cuts the blocks of one partition after another to the features from `start` to `start + limit`. */
function cutter(start: number, limit: number): (blocks: AsyncIterable<KeyBlock>) => AsyncGenerator<Cut> {
  let at = 0;
  return async function* (blocks) {
    for await (const block of blocks) {
      const [from, to] = [Math.max(0, start - at), Math.min(block.features, start + limit - at)];
      at += block.features;
      if (from < to) yield { block, from, to };
      if (at >= start + limit) return;
    }
  };
}

interface Census {
  readonly matched: number;
  /** Of the blocks that the page asked for needs. */
  readonly bytes: number;
}

async function census(
  blocks: BlocksOf,
  partitions: readonly number[],
  cuts: ReturnType<typeof cutter>,
): Promise<Census> {
  let [matched, bytes] = [0, 0];
  for (const partition of partitions) {
    for await (const { features } of blocks(partition)) matched += features;
    for await (const { block } of cuts(blocks(partition))) bytes += block.length;
  }
  return { matched, bytes };
}

/** The features of any of `combinations` in `partitions`, in the order of their files. */
export async function byKey(
  search: Search,
  combinations: readonly Combination[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { asked, question, reads, isStream } = search;
  const { layer } = asked;
  const directory = await readDirectory(search);
  const blocks = blocksOf(search, directory, combinations);
  const isExact = askOnly(question.filters, layer.index.keys.fields);
  const [start, limit] = isExact ? [question.start, question.limit] : [0, Infinity];
  let matched = question.filters.length === 0 ? layer.features : null;
  if (question.filters.length > 0 && !isStream) {
    const counted = await census(blocks, partitions, cutter(start, limit));
    if (isExact) matched = counted.matched;
    if (isExact || question.limit === Infinity)
      refuseBeyond(question.limits.maxBytes, counted.bytes, asked.name);
  }
  const [cuts, test] = [cutter(start, limit), testOf(question.filters, layer.fields)];
  async function* found(): AsyncGenerator<Found[]> {
    for (const partition of partitions) {
      const file = directory.files[partition];
      if (file === undefined) continue;
      const trips = tripsOf(search, cuts(blocks(partition)), ({ block }) => block.length);
      for await (const trip of trips) {
        const wanted = trip.map(({ block }) => blockUnit(search, partition, block));
        const lists = await reads.units(featuresFile(asked, partition, file), wanted);
        yield lists.flatMap((list, i) => list.slice(trip[i]?.from, trip[i]?.to).filter(test));
      }
    }
  }
  return { matched, isCut: isExact, found: found() };
}
