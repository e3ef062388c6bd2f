/**
 * Finds by place: the regions that the question's box meets, their directories, the pages
 * of the leaves that the question itself meets, and in them the exact test. Without a
 * place: all pages. Refuses to read features for the test: what a page holds decides.
 */
import { cellBox, cellSpan, childrenOfCell, ROOT_CELL, type Cell } from '../format/cells.ts';
import { decodeDirectory, type Directory } from '../format/directory.ts';
import { decodePage, type Page, type PageFeature } from '../format/page.ts';
import { readRoot, type Region } from '../format/root.ts';
import type { UnitRef } from '../format/unit.ts';
import { boxesMeet, type Box } from '../geometry/lattice.ts';
import type { Wanted } from '../source/store.ts';
import { testOf } from './filter.ts';
import { refuseBeyond } from './refusal.ts';
import { featuresFile, indexFile, unit, type Found, type Search } from './search.ts';
import { tripsOf } from './trips.ts';

/**
 * The closed box of a cell; for points, which are on the lattice, its half-open one, so
 * that a point on a border is looked up once.
 */
function boxIn(cell: Cell, { question: { shape } }: Search): Box {
  const [minX, minY, maxX, maxY] = cellBox(cell);
  const inset = shape !== null && shape.lines.length + shape.polygons.length === 0 ? 1 : 0;
  return [minX, minY, maxX - inset, maxY - inset];
}

/** Adds those of `regions` to `met` that share a cell with `box`. */
function collect(search: Search, cell: Cell, regions: readonly Region[], box: Box, met: Set<Region>): void {
  if (!boxesMeet(boxIn(cell, search), box)) return;
  const end = cell.start + cellSpan(cell.level);
  const own = regions.filter((region) => region.start < end && region.end > cell.start);
  if (own.length < 2) for (const region of own) met.add(region);
  else for (const child of childrenOfCell(cell)) collect(search, child, own, box, met);
}

/** The directories of the regions that `box`, in lattice steps, meets; of all for `null`. */
export async function directoriesIn(search: Search, box: Box | null): Promise<Directory[]> {
  const { asked, reads } = search;
  const { index } = asked.layer;
  const file = indexFile(asked);
  const regions = await readRoot(index.root ?? '', index.directories, file.path);
  const met = new Set<Region>();
  if (box !== null) collect(search, ROOT_CELL, regions, box, met);
  return reads.units(
    file,
    regions
      .filter((region) => box === null || met.has(region))
      .map((region) => unit(index, region.ref, (raw, name) => decodeDirectory(raw, region, name))),
  );
}

/** A page, and the boxes of those of its leaves that the question meets. */
interface Visit {
  readonly ref: UnitRef;
  readonly leaves: Map<number, Box>;
}

function visitsIn(search: Search, { leaves, pages }: Directory, within: Box | null): Visit[] {
  const visits = new Map<number, Visit>();
  for (const { cell, page, ordinal } of leaves) {
    const ref = pages[page];
    if (ref === undefined) continue;
    const box = boxIn(cell, search);
    if (within !== null && !boxesMeet(box, within)) continue;
    if (search.place?.meetsBox(box) === false) continue;
    const visit = visits.get(page) ?? { ref, leaves: new Map<number, Box>() };
    visit.leaves.set(ordinal, cellBox(cell));
    visits.set(page, visit);
  }
  return [...visits.values()];
}

export function pageUnit({ asked: { layer } }: Search, ref: UnitRef): Wanted<Page> {
  const { fields, geometry, index } = layer;
  return unit(index, ref, (raw, name) => decodePage(raw, fields.length, geometry, name));
}

/** A feature of a page, as what it is found to be. */
export function foundIn({ asked }: Search, page: Page, feature: PageFeature): Found {
  const { place, partition } = feature;
  const file = page.files.get(partition);
  return {
    ...feature,
    place: place && file ? { ...place, file: featuresFile(asked, partition, file) } : null,
  };
}

/** Those features of `page` that answer the question in `leaves`; attributes are asked first. */
function matchesIn(search: Search, page: Page, leaves: ReadonlyMap<number, Box>): PageFeature[] {
  const { asked, question, place } = search;
  const candidates = page.features.map(testOf(question.filters, asked.layer.fields));
  if (place === null) return page.features.filter((_, i) => candidates[i]);
  const near = page.locals.map(({ leaf }) => leaves.get(leaf));
  page.features.forEach(({ shape }, i) => {
    if (shape !== null && candidates[i] === true) candidates[i] = place.intersects(shape);
  });
  const met = new Set<number>();
  page.locals.forEach(({ feature, parts }, i) => {
    const box = near[i];
    if (box === undefined || candidates[feature] !== true || met.has(feature)) return;
    if (place.meetsLocally(parts, box)) met.add(feature);
  });
  return page.features.filter(({ shape }, i) => candidates[i] === true && (shape !== null || met.has(i)));
}

/**
 * The features that answer the question, a trip of pages at a time, in the order of the
 * pages; of those of `directories` and, unless it is `null`, in leaves that meet `within`.
 */
export async function* byPlace(
  search: Search,
  directories: readonly Directory[],
  within: Box | null,
): AsyncGenerator<Found[]> {
  const { asked, question, reads, isStream } = search;
  const visits = directories.flatMap((directory) => visitsIn(search, directory, within));
  if (question.limit === Infinity && !isStream) {
    const bytes = visits.reduce((sum, { ref }) => sum + ref.length, 0);
    refuseBeyond(question.limits.maxBytes, bytes, asked.name);
  }
  const seen = new Set<number>();
  for await (const trip of tripsOf(search, visits, ({ ref }) => ref.length)) {
    const pages = await reads.units(
      indexFile(asked),
      trip.map(({ ref }) => pageUnit(search, ref)),
    );
    const found: Found[] = [];
    pages.forEach((page, i) => {
      for (const feature of matchesIn(search, page, trip[i]?.leaves ?? new Map<number, Box>())) {
        // Positions are below 2^32: FlatGeobuf counts no further.
        const key = feature.partition * 2 ** 32 + feature.position;
        if (!seen.has(key)) found.push(foundIn(search, page, feature));
        seen.add(key);
      }
    });
    yield found;
  }
}
