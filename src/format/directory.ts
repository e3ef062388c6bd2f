/**
 * A directory: the leaves of one region, which of its pages holds each, and what its
 * partitions cover there. Refuses leaves that do not tile the region, pages that no leaf
 * opens, and pages that pass the directory itself.
 */
import type { Box } from '../geometry/lattice.ts';
import { concatenate } from './bytes.ts';
import { cellSpan, MAX_LEVEL, type Cell } from './cells.ts';
import { count, list, member, refuse, type Check } from './checks.ts';
import { corrupt } from './corrupt.ts';
import { encodePlanes, readPlanes } from './planes.ts';
import type { Region } from './root.ts';
import { joinUnit, splitUnit } from './unit-json.ts';
import { consecutive, type UnitRef } from './unit.ts';

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
  readonly pages: readonly UnitRef[];
}

const [EMPTY, NEXT_PAGE, SAME_PAGE] = [0, 1, 2];

function kindOf({ page, ordinal }: DirectoryLeaf): number {
  if (page < 0) return EMPTY;
  return ordinal === 0 ? NEXT_PAGE : SAME_PAGE;
}

/** The raw bytes of a directory. The leaves are in order, the pages contiguous. */
export function encodeDirectory({ coverage, leaves, pages }: Directory): Uint8Array {
  const json = {
    offset: pages[0]?.offset ?? 0,
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

const box: Check<Box> = (value, at) => {
  const isBox = Array.isArray(value) && value.length === 4 && value.every(Number.isFinite);
  const corners = isBox ? (value as [number, number, number, number]) : refuse('a box', value, at);
  return corners[0] <= corners[2] && corners[1] <= corners[3] ? corners : refuse('a box', value, at);
};

function decodeCoverage(json: unknown, name: string): PartitionCoverage[] {
  const partitions = member(json, name, 'partitions', list(count));
  const boxes = member(json, name, 'coverage', list(box));
  if (partitions.length !== boxes.length) return corrupt(name, 'coverage');
  return boxes.map((one, i) => ({ partition: partitions[i] ?? 0, box: one }));
}

function decodeLeaves(
  levels: Float64Array,
  kinds: Float64Array,
  pages: number,
  region: Region,
  name: string,
) {
  let [start, page, ordinal] = [region.start, -1, 0];
  const leaves = Array.from(levels, (level, i): DirectoryLeaf => {
    const [cell, span, kind] = [{ start, level }, cellSpan(level), kinds[i]];
    if (level > MAX_LEVEL || start % span !== 0) corrupt(name, `leaf ${i}`);
    start += span;
    if (kind === EMPTY) return { cell, page: -1, ordinal: -1 };
    if (kind === NEXT_PAGE) [page, ordinal] = [page + 1, 0];
    else if (kind === SAME_PAGE && page >= 0) ordinal++;
    else corrupt(name, `leaf ${i}`);
    return { cell, page, ordinal };
  });
  if (start !== region.end) corrupt(name, 'leaves');
  return page === pages - 1 ? leaves : corrupt(name, 'pages');
}

/**
 * The directory of `region`.
 * @throws CartoError `CorruptFile`.
 */
export function decodeDirectory(raw: Uint8Array, region: Region, name: string): Directory {
  const { json, rest } = splitUnit(raw, name);
  const [offset = 0, n = 0, p = 0] = ['offset', 'leaves', 'pages'].map((key) =>
    member(json, name, key, count),
  );
  const planes = readPlanes(rest, name);
  const leaves = decodeLeaves(planes.take(n, 1), planes.take(n, 1), p, region, name);
  const lengths = planes.take(p, 3);
  const pages = consecutive(offset, lengths, planes.take(p, 2));
  planes.end();
  const end = lengths.reduce((sum, length) => sum + length, offset);
  // Pages come first in the file.
  if (end > region.ref.offset) return corrupt(name, 'pages');
  return { coverage: decodeCoverage(json, name), leaves, pages };
}
