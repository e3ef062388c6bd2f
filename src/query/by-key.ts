/**
 * Finds by the sorted keys: the key directory, the leaves that may hold the values asked
 * for, and the blocks of features themselves, consecutive in their file. What asks for
 * keys alone is counted from the blocks, of which only those of the page asked for are
 * read. Refuses blocks whose checksum does not fit, and to read more than the ceiling.
 */
import { decodeKeyDirectory } from '../format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock } from '../format/key-leaves.ts';
import type { Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { holds, mayHold } from './key-order.ts';
import { refuseBeyond } from './refusal.ts';
import { readFeatures, readUnits, type Found, type Search, type Stretch } from './search.ts';
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
interface Cut extends KeyBlock, Stretch {
  readonly from: number;
  readonly to: number;
}

/** The features of any of `combinations` in `partitions`, in the order of their files. */
export async function byKey(
  search: Search,
  combinations: readonly Combination[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { filters, layer, limit, name } = search;
  const { keys } = layer.index;
  const { fields } = keys;
  const [{ files, leaves } = { files: [], leaves: [] }] = await readUnits(search, [keys], (raw, file) =>
    decodeKeyDirectory(raw, keys.leaves, fields.length, file),
  );
  const isCut = filters.every(({ anyOf }) =>
    anyOf.flat().every((test) => 'equals' in test && fields.includes(test.field)),
  );
  const [start, end] = isCut ? [search.start, search.start + limit] : [0, Infinity];
  // Of all features the number is known: what is not asked for need not be counted.
  const isCensus = filters.length > 0;
  let seen = 0;

  async function* cuts(): AsyncGenerator<Cut> {
    const near = leaves.flatMap((leaf, i) => {
      const { partition, first, ref } = leaf;
      const [file, next] = [files[partition], leaves[i + 1]];
      const end = next?.partition === partition ? next.first : undefined;
      const isNear = combinations.some((values) => mayHold(values, fields, first, end));
      return file && isNear && partitions.includes(partition) ? { ...ref, leaf, file } : [];
    });
    for (let i = 0; i < near.length; i += LEAVES_AT_ONCE) {
      const some = near.slice(i, i + LEAVES_AT_ONCE);
      const lists = await readUnits(search, some, (raw, index, { leaf, file }) =>
        decodeKeyLeaf(raw, leaf, file, fields.length, index).map((block) => ({
          ...block,
          ...{ partition: leaf.partition, file },
        })),
      );
      for (const block of lists.flat()) {
        if (!combinations.some((values) => holds(values, fields, block.keys))) continue;
        const [from, to] = [Math.max(0, start - seen), Math.min(block.features, end - seen)];
        seen += block.features;
        if (from < to) yield { ...block, from, to };
        else if (seen >= end && !isCensus) return;
      }
    }
  }

  async function* found(wanted: Iterable<Cut> | AsyncIterable<Cut>): AsyncGenerator<Found[]> {
    for await (const trip of tripsOf(search, wanted)) {
      const read = await readFeatures(search, trip);
      const pages = trip.map((cut) => {
        const { partition, position, from, to } = cut;
        const features = read.get(cut)?.map((one, i) => ({
          ...one,
          ...{ partition, position: position + i, place: null },
        }));
        return features?.slice(from, to) ?? [];
      });
      yield pages.flat().filter(testOf(search));
    }
  }

  if (!isCensus) return { matched: layer.features, isCut, found: found(cuts()) };
  const wanted: Cut[] = [];
  for await (const cut of cuts()) wanted.push(cut);
  if (isCut || limit === Infinity) refuseBeyond(search.maxBytes, wanted, name);
  return { matched: isCut ? seen : null, isCut, found: found(wanted) };
}
