/**
 * What the root of a country costs, which no machine here holds: pages of an imaginary
 * France, numbered and never written, are cut into regions by the writer's own code.
 * `node --import tsx bench/roots.ts 200000 5`: so many pages, of so many leaves each in the
 * mean (parcels have 5, zones of town planning 10). What a region takes does not depend on
 * how many there are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { coverageSearch } from '../pipeline/pack/index/coverage.ts';
import type { Leaf } from '../pipeline/pack/index/page-run.ts';
import { RegionWriter } from '../pipeline/pack/index/regions.ts';
import { UnitFile } from '../pipeline/pack/index/unit-file.ts';
import { TemporaryFile } from '../pipeline/pack/temporary-file.ts';
import { cellSpan, childrenOfCell, codeAt, MAX_LEVEL, ROOT_CELL, type Cell } from '../src/format/cells.ts';
import { encodeRoot } from '../src/format/root.ts';
import { toLattice, type Box } from '../src/geometry/lattice.ts';
import { seededRandom } from '../src/testing/random.ts';
import { normal } from './data/noise.ts';

const [pages = 200_000, leavesOfPage = 5] = process.argv.slice(2).map(Number);
const DIRECTORY_BYTES = 5600;
const COMMUNES = 35_000;
const random = seededRandom(94);

/** Where the features of the communes are: each is as large as chance has it, around its town. */
function places(count: number): Float64Array {
  const codes = new Float64Array(count);
  const size = Math.ceil(count / COMMUNES);
  for (let i = 0; i < count;) {
    const [angle, radius] = [2 * Math.PI * random(), Math.sqrt(random())];
    const [lon, lat] = [2.4 + 5.2 * radius * Math.cos(angle), 46.6 + 4.2 * radius * Math.sin(angle)];
    for (
      const end = Math.min(count, i + Math.ceil(size * Math.exp(0.9 * normal(random) - 0.4)));
      i < end;
      i++
    ) {
      codes[i] = codeAt(toLattice(lon + 0.03 * normal(random)), toLattice(lat + 0.02 * normal(random)));
    }
  }
  return codes.sort();
}

/** The leaves of a tree that holds at most `most` of `codes[from…to]` in each, in order. */
function* leavesOf(codes: Float64Array, most: number, cell: Cell, from: number, to: number): Generator<Leaf> {
  if (to - from <= most || cell.level === MAX_LEVEL) {
    yield { cell, entries: Array(to - from) };
    return;
  }
  let next = from;
  for (const child of childrenOfCell(cell)) {
    const begin = next;
    while (next < to && (codes[next] ?? Infinity) < child.start + cellSpan(child.level)) next++;
    yield* leavesOf(codes, most, child, begin, next);
  }
}

/** Boxes of a hundred départements. */
const COVERAGE = Array.from({ length: 100 }, (_, i): { coverage: Box[] } => {
  const [west, south] = [-3 + (i % 10), 42 + Math.floor(i / 10) * 0.9];
  return { coverage: [[west, south, west + 1.2, south + 1.1]] };
});

const folder = mkdtempSync(join(tmpdir(), 'carto-roots-'));
const spool = new TemporaryFile(folder);
const file = new UnitFile(join(folder, 'roots.idx'), 1);
try {
  const regions = new RegionWriter({
    directoryBytes: DIRECTORY_BYTES,
    coverage: coverageSearch(COVERAGE),
    spool,
  });
  // A leaf is half full in the mean, and of four leaves about one is empty.
  const codes = places(pages * leavesOfPage);
  let [run, held, offset, total, leaves] = [[] as Leaf[], 0, 8, 0, 0];
  const flush = (): void => {
    const length = 5000 + Math.floor(600 * random());
    const ref = held === 0 ? null : { offset, length, check: Math.floor(65_536 * random()) };
    if (ref !== null) [offset, total] = [offset + length, total + 1];
    regions.add({ leaves: run, ref, page: null });
    [run, held] = [[], 0];
  };
  for (const leaf of leavesOf(codes, 2, ROOT_CELL, 0, codes.length)) {
    leaves += 1;
    if (held + leaf.entries.length > leavesOfPage) flush();
    run.push(leaf);
    held += leaf.entries.length;
  }
  flush();
  const { root } = regions.finish(file);
  const deflated = deflateRawSync(encodeRoot(root), { level: 6 }).length;
  const said = {
    pages: total,
    leavesOfPage: (leaves / total).toFixed(1),
    regions: root.length,
    pagesOfRegion: (total / root.length).toFixed(0),
    rootBytes: deflated,
    bitsOfRegion: ((8 * deflated) / root.length).toFixed(2),
    inCatalogue: Math.ceil((deflated * 4) / 3),
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
} finally {
  spool.close();
  file.close();
  rmSync(folder, { recursive: true });
}
