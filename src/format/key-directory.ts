/**
 * The directory of the sorted keys of a layer: the files of its partitions, and where
 * each leaf of keys begins. Refuses leaves out of order or outside of their file.
 */
import { count, list, member, refuse, type Check } from './checks.ts';
import { decodeColumns, decodeCounts, encodeColumn, encodeColumns } from './columns.ts';
import { corrupt } from './corrupt.ts';
import { anything, type KeyFile, type KeyLeafRef } from './key-leaves.ts';
import { hash16 } from './places.ts';
import { joinUnit, splitUnit } from './unit-json.ts';
import { consecutive } from './unit.ts';

export interface KeyDirectory {
  /** By the number of the partition. */
  readonly files: readonly KeyFile[];
  /** By partition, then in the order of the file. */
  readonly leaves: readonly KeyLeafRef[];
}

/** The raw bytes of the directory. The leaves are contiguous in the index. */
export function encodeKeyDirectory({ files, leaves }: KeyDirectory, keys: number): Uint8Array {
  const column = (of: (leaf: KeyLeafRef) => number): readonly number[] => leaves.map(of);
  const json = {
    files: files.map(({ hash, length, features, featuresOffset }) => [
      hash,
      length,
      features,
      featuresOffset,
    ]),
    partition: encodeColumn(column(({ partition }) => partition)),
    first: encodeColumns(leaves.map(({ first }) => first), keys), // prettier-ignore
    position: column(({ position }) => position),
    at: column(({ at }) => at),
    length: column(({ ref }) => ref.length),
    check: column(({ ref }) => ref.check),
  };
  return joinUnit(json, new Uint8Array(0));
}

const file: Check<KeyFile> = (value, at) => {
  if (!Array.isArray(value)) return refuse('a file', value, at);
  const [hash, ...counts] = value as unknown[];
  const [length, features, featuresOffset] = counts.map((item) => count(item, at));
  if (length === undefined || features === undefined || featuresOffset === undefined)
    return refuse('a file', value, at);
  return { hash: hash16(hash, at), length, features, featuresOffset };
};

/** Whether `leaf` can come after `before`, in a file that has it. */
function canFollow(leaf: KeyLeafRef, before: KeyLeafRef | undefined, within: KeyFile | undefined): boolean {
  if (within === undefined || leaf.position >= within.features || leaf.at >= within.length) return false;
  if (before === undefined || leaf.partition > before.partition) return true;
  return leaf.partition === before.partition && leaf.position > before.position && leaf.at > before.at;
}

/**
 * The directory in `raw`, whose first leaf stands at byte `leaves` of the index.
 * @throws CartoError `CorruptFile`.
 */
export function decodeKeyDirectory(
  raw: Uint8Array,
  leaves: number,
  keys: number,
  name: string,
): KeyDirectory {
  const { json } = splitUnit(raw, name);
  const files = member(json, name, 'files', list(file));
  const lengths = member(json, name, 'length', list(count));
  const n = lengths.length;
  const columns = ['partition', 'position', 'at', 'check'].map((key) =>
    decodeCounts(member(json, name, key, anything), n, name),
  );
  const firsts = decodeColumns(member(json, name, 'first', anything), keys, n, name);
  const refs = consecutive(leaves, lengths, columns[3] ?? []);
  let before: KeyLeafRef | undefined;
  return {
    files,
    leaves: refs.map((ref, i): KeyLeafRef => {
      const [partition = 0, position = 0, at = 0] = columns.map((column) => column[i] ?? 0);
      const leaf = { partition, first: firsts[i] ?? [], position, at, ref };
      if (!canFollow(leaf, before, files[partition])) corrupt(name, `leaf ${i}`);
      return (before = leaf);
    }),
  };
}
