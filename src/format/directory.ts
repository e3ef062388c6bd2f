/**
 * A directory: the leaves of one region, which of its pages holds each, and what its
 * partitions cover there. Refuses leaves that do not tile the region, and pages that no
 * leaf opens.
 */
import type { Box } from '../geometry/lattice.ts';
import { concatenate } from './bytes.ts';
import { readBytes } from './byte-reader.ts';
import { cellsWithin, type Cell } from './cells.ts';
import { decodeCounts } from './columns.ts';
import { must } from './corrupt.ts';
import { encodePlanes } from './planes.ts';
import type { Region } from './root.ts';
import { decodeUnit, joinUnit } from './unit-json.ts';
import { inflate } from './inflate.ts';
import { consecutive, unsealBucket, type UnitRef } from './unit.ts';

export interface DirectoryLeaf {
  readonly cell: Cell;
  /** Which of the pages; -1: nothing meets the leaf. */
  readonly page: number;
  /** Among the leaves of its page that are not empty; -1 for an empty one. */
  readonly ordinal: number;
}

/** Where the sources of a partition would have told of a feature. */
export interface PartitionCoverage {
  /** Its number: its place in the catalogue's list. */
  readonly partition: number;
  /** Degrees. */
  readonly box: Box;
}

export interface Directory {
  readonly coverage: readonly PartitionCoverage[];
  readonly leaves: readonly DirectoryLeaf[];
  /** The first may begin in the region before, the last go on in the next one. */
  readonly pages: readonly UnitRef[];
}

const EMPTY = 0;
const NEXT_PAGE = 1;
const SAME_PAGE = 2;

function kindOf({ page, ordinal }: DirectoryLeaf): number {
  if (page < 0) return EMPTY;
  return ordinal === 0 ? NEXT_PAGE : SAME_PAGE;
}

/** The raw bytes of a directory. The leaves are in order, the pages contiguous. */
export function encodeDirectory({ coverage, leaves, pages }: Directory): Uint8Array {
  const json = {
    offset: pages[0]?.offset ?? 0,
    ordinal: leaves.find(({ page }) => page >= 0)?.ordinal ?? 0,
    leaves: leaves.length,
    pages: pages.length,
    partitions: coverage.map(({ partition }) => partition),
    coverage: coverage.map(({ box }) => box),
  };
  const columns = [
    encodePlanes(leaves.map(({ cell }) => cell.level), 1), // prettier-ignore
    encodePlanes(leaves.map(kindOf), 1),
    encodePlanes(pages.map(({ length }) => length), 3), // prettier-ignore
    encodePlanes(pages.map(({ check }) => check), 2), // prettier-ignore
  ];
  return joinUnit(json, concatenate(columns));
}

/** Leaves one after the other, which tile `region`; `next`: the ordinal of the first that is not empty. */
function decodeLeaves(
  levels: readonly number[],
  kinds: readonly number[],
  pages: unknown,
  next: number,
  region: Cell,
): DirectoryLeaf[] {
  let page = next > 0 ? 0 : -1;
  let ordinal = next - 1;
  const leaves = cellsWithin(region, levels).map((cell, i): DirectoryLeaf => {
    const kind = kinds[i];
    if (kind === EMPTY) return { cell, page: -1, ordinal: -1 };
    ordinal += 1;
    if (kind === NEXT_PAGE) {
      page += 1;
      ordinal = 0;
    }
    must(page >= 0, 'leaf');
    return { cell, page, ordinal };
  });
  must(page + 1 === pages, 'leaves');
  return leaves;
}

/**
 * The directory of `region`.
 * @throws CartoError `CorruptFile`.
 */
export function decodeDirectory(raw: Uint8Array, region: Cell, name: string): Directory {
  return decodeUnit(raw, name, (json, { planes }) => {
    const n = json.leaves as number;
    const p = json.pages as number;
    const [offset = 0, ordinal = 0] = decodeCounts([json.offset, json.ordinal], 2);
    const boxes = json.coverage as readonly Box[];
    const partitions = decodeCounts(json.partitions, boxes.length);
    return {
      leaves: decodeLeaves(planes(n, 1), planes(n, 1), p, ordinal, region),
      pages: consecutive(offset, planes(p, 3), planes(p, 2)),
      coverage: boxes.map((box, i) => ({ partition: partitions[i] ?? 0, box })),
    };
  });
}

/** A directory before it is sealed: the length of its deflated bytes, these, and zeros; it will take `room`. */
export function fillDirectory(deflated: Uint8Array, room: number): Uint8Array {
  const payload = new Uint8Array(room - 4);
  new DataView(payload.buffer).setUint32(0, deflated.length, true);
  payload.set(deflated, 4);
  return payload;
}

/**
 * The directory of `region` as it is stored.
 * @throws CartoError `CorruptFile`.
 */
export async function openDirectory(
  stored: Uint8Array,
  region: Region,
  salt: number,
  name: string,
): Promise<Directory> {
  const { take, uint } = readBytes(unsealBucket(stored, region.offset, salt, name));
  return decodeDirectory(await inflate(take(uint(4)), name), region, name);
}
