/**
 * The directory of the sorted keys of a layer: the files of its partitions, and where
 * each leaf of keys begins. Refuses leaves of a file that it does not name.
 */
import { decodeRows, encodeColumn, encodeColumns } from './columns.ts';
import { must } from './corrupt.ts';
import type { Value } from './feature-values.ts';
import type { KeyFile, KeyLeafRef } from './key-leaves.ts';
import { decodeUnit, joinUnit } from './unit-json.ts';

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

type LeafRow = readonly [
  length: number,
  check: number,
  partition: number,
  position: number,
  at: number,
  ...first: Value[],
];
type FileRow = readonly [hash: string, length: number, features: number, featuresOffset: number];

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
  return decodeUnit(raw, name, (json) => {
    const { length: n } = json.length as readonly number[];
    const numbers = [json.length, json.check, json.partition, json.position, json.at];
    const files = (json.files as readonly FileRow[]).map(
      ([hash, length, features, featuresOffset]): KeyFile => ({ hash, length, features, featuresOffset }),
    );
    let offset = leaves;
    const rows = decodeRows<LeafRow>(numbers, json.first, keys, n);
    return {
      files,
      leaves: rows.map(([length, check, partition, position, at, ...first]): KeyLeafRef => {
        must(partition < files.length, 'leaf');
        const ref = { offset, length, check };
        offset += length;
        return { partition, first, position, at, ref };
      }),
    };
  });
}
