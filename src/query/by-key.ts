/**
 * Finds by the sorted keys: the key directory, the leaves that may hold the values asked
 * for, and the blocks of features themselves, consecutive in their file. What asks for
 * keys alone is counted from the blocks, of which only those of the page asked for are
 * read. Refuses blocks whose checksum does not fit, and to read more than the ceiling.
 */
import { crc32 } from '../format/crc32.ts';
import { corrupt } from '../format/corrupt.ts';
import { decodeKeyDirectory } from '../format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock, type KeyFile } from '../format/key-leaves.ts';
import { readFeature, splitFeatures } from '../format/read-feature.ts';
import type { Wanted } from '../source/store.ts';
import type { Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { holds, mayHold } from './key-order.ts';
import { refuseBeyond } from './refusal.ts';
import { featuresFile, readUnits, type Found, type Search } from './search.ts';
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

/** A block, and what of it is in the page that is asked for. */
interface Cut extends KeyBlock {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** The features of a block; the same for whoever asks, as they are shared. */
function blockUnit(
  { layer }: Search,
  { partition, offset, length, crc, features, position }: Cut,
): Wanted<Found[]> {
  const decode = (bytes: Uint8Array, name: string): Found[] =>
    crc32(bytes) === crc
      ? splitFeatures(bytes, features, name).map((own, i) => ({
          ...readFeature(own, layer, name),
          ...{ partition, position: position + i, place: null },
        }))
      : corrupt(name, `the checksum at byte ${offset} does not fit`);
  return { offset, length, decode, keep: false };
}

/** The features of any of `combinations` in `partitions`, in the order of their files. */
export async function byKey(
  search: Search,
  combinations: readonly Combination[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { filters, layer, limits, isStream } = search;
  const { keys } = layer.index;
  const { fields } = keys;
  const [directory] = await readUnits(search, [keys], (raw, name) =>
    decodeKeyDirectory(raw, keys.leaves, fields.length, name),
  );
  const { files = [], leaves = [] } = directory ?? {};

  /** The blocks of `partition` that may hold what is asked for, in the order of its file. */
  async function* blocksOf(partition: number, file: KeyFile): AsyncGenerator<KeyBlock> {
    const own = leaves.filter((leaf) => leaf.partition === partition);
    const near = own
      .filter(({ first }, i) =>
        combinations.some((values) => mayHold(values, fields, first, own[i + 1]?.first)),
      )
      .map((leaf) => ({ ...leaf.ref, leaf }));
    for (let i = 0; i < near.length; i += LEAVES_AT_ONCE) {
      const lists = await readUnits(search, near.slice(i, i + LEAVES_AT_ONCE), (raw, name, { leaf }) =>
        decodeKeyLeaf(raw, leaf, file, fields.length, name),
      );
      for (const block of lists.flat()) {
        if (combinations.some((values) => holds(values, fields, block.keys))) yield block;
      }
    }
  }

  const isCut = filters.every(({ anyOf }) =>
    anyOf.flat().every((test) => 'equals' in test && fields.includes(test.field)),
  );
  const [start, end] = isCut ? [search.start, search.start + search.limit] : [0, Infinity];
  let seen = 0;

  /** What of the blocks of `partition`, after the `seen` features before it, is asked for; all are seen if `isCensus`. */
  async function* cutsOf(partition: number, file: KeyFile, isCensus: boolean): AsyncGenerator<Cut> {
    for await (const block of blocksOf(partition, file)) {
      const [from, to] = [Math.max(0, start - seen), Math.min(block.features, end - seen)];
      seen += block.features;
      if (from < to) yield { ...block, partition, from, to };
      else if (seen >= end && !isCensus) return;
    }
  }

  let matched = filters.length === 0 ? layer.features : null;
  if (matched === null && !isStream) {
    const cuts: Cut[] = [];
    for (const partition of partitions) {
      const file = files[partition];
      if (file !== undefined) for await (const cut of cutsOf(partition, file, true)) cuts.push(cut);
    }
    if (isCut) matched = seen;
    if (isCut || search.limit === Infinity) refuseBeyond(limits.maxBytes, cuts, search.name);
    seen = 0;
  }

  async function* found(): AsyncGenerator<Found[]> {
    for (const partition of partitions) {
      const file = files[partition];
      if (file === undefined) continue;
      for await (const trip of tripsOf(search, cutsOf(partition, file, false))) {
        const lists = await search.reads.units(
          featuresFile(search, partition, file),
          trip.map((cut) => blockUnit(search, cut)),
        );
        yield lists.flatMap((list, i) => list.slice(trip[i]?.from, trip[i]?.to).filter(testOf(search)));
      }
    }
  }
  return { matched, isCut, found: found() };
}
