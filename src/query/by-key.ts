/**
 * Finds by the sorted keys: the key directory, the leaves that may hold the values asked
 * for, and the blocks of features themselves, consecutive in their file. What asks for
 * keys alone is counted from the blocks, of which only those of the page asked for are
 * read. Refuses blocks whose checksum does not fit, and to read more than the ceiling.
 */
import { decodeKeyDirectory } from '../format/key-directory.ts';
import { decodeKeyLeaf, type KeyBlock } from '../format/key-leaves.ts';
import { readFeature, splitFeatures } from '../format/read-feature.ts';
import type { Combination } from './combinations.ts';
import { testOf } from './filter.ts';
import { holds, mayHold } from './key-order.ts';
import { refuseBeyond } from './refusal.ts';
import { readFeatures, readUnits, type Found, type Search } from './search.ts';
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

/** The features of any of `combinations` in `partitions`, in the order of their files. */
export async function byKey(
  search: Search,
  combinations: readonly Combination[],
  partitions: readonly number[],
): Promise<KeyAnswer> {
  const { filters, layer, limit, isStream, name } = search;
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
  const isCensus = filters.length > 0 && !isStream;
  let seen = 0;

  async function* cuts(): AsyncGenerator<Cut> {
    for (const partition of partitions) {
      const file = files[partition];
      const own = leaves.filter((leaf) => leaf.partition === partition);
      const near = own.flatMap((leaf, i) =>
        combinations.some((values) => mayHold(values, fields, leaf.first, own[i + 1]?.first))
          ? { ...leaf.ref, leaf }
          : [],
      );
      for (let i = 0; i < near.length && file !== undefined; i += LEAVES_AT_ONCE) {
        const lists = await readUnits(search, near.slice(i, i + LEAVES_AT_ONCE), (raw, index, { leaf }) =>
          decodeKeyLeaf(raw, leaf, file, fields.length, index),
        );
        for (const block of lists.flat()) {
          if (!combinations.some((values) => holds(values, fields, block.keys))) continue;
          const [from, to] = [Math.max(0, start - seen), Math.min(block.features, end - seen)];
          seen += block.features;
          if (from < to) yield { ...block, partition, from, to };
          else if (seen >= end && !isCensus) return;
        }
      }
    }
  }

  async function* found(wanted: Iterable<Cut> | AsyncIterable<Cut>): AsyncGenerator<Found[]> {
    for await (const trip of tripsOf(search, wanted)) {
      for (const partition of new Set(trip.map((cut) => cut.partition))) {
        const [own, file] = [trip.filter((cut) => cut.partition === partition), files[partition]];
        if (file === undefined) continue;
        // The same for whoever asks, as it is shared: cut only then.
        const lists = await readFeatures(
          search,
          partition,
          file,
          own,
          (bytes, path, { features, position }) =>
            splitFeatures(bytes, features, path).map((one, i) => ({
              ...readFeature(one, layer, path),
              ...{ partition, position: position + i, place: null },
            })),
        );
        yield lists.flatMap((list, i) => list.slice(own[i]?.from, own[i]?.to)).filter(testOf(search));
      }
    }
  }

  if (!isCensus) return { matched: layer.features, isCut, found: found(cuts()) };
  const wanted: Cut[] = [];
  for await (const cut of cuts()) wanted.push(cut);
  if (isCut || limit === Infinity) refuseBeyond(search.maxBytes, wanted, name);
  return { matched: isCut ? seen : null, isCut, found: found(wanted) };
}
