/**
 * Finds in pages: those of the leaves that the question meets, those that an exact key
 * names, or all. What a page holds decides, exactly: no feature is read for the test.
 */
import { cellBox, type Cell } from '../format/cells.ts';
import { openDirectory, type Directory } from '../format/directory.ts';
import { decodePage, type Page, type PageFeature } from '../format/page.ts';
import type { UnitRef } from '../format/unit.ts';
import { boxesMeet, type Box } from '../geometry/lattice.ts';
import { testOf } from './filter.ts';
import { refuseBeyond } from './refusal.ts';
import { indexFile, readUnits, type Found, type Search } from './search.ts';
import { tripsOf } from './trips.ts';

/**
 * The closed box of a cell; for points, which are on the lattice, its half-open one, so
 * that a point on a border is looked up once.
 */
function boxIn(cell: Cell, { shape }: Search): Box {
  const [minX, minY, maxX, maxY] = cellBox(cell);
  const inset = shape && shape.lines.length + shape.polygons.length === 0 ? 1 : 0;
  return [minX, minY, maxX - inset, maxY - inset];
}

/** Whether the question's box meets a cell; without a place, it meets all. */
function isNear(cell: Cell, search: Search): boolean {
  return search.shape === null || boxesMeet(boxIn(cell, search), search.shape.box);
}

/** The directories of the regions that the question's box meets; of all without a place. */
export function readDirectories(search: Search): Promise<Directory[]> {
  const { root, directoryBytes: length, salt } = search.layer.index;
  const met = (root ?? []).filter((region) => isNear(region, search));
  return search.reads.units(
    indexFile(search),
    met.map((region) => ({
      ...{ offset: region.offset, length },
      decode: (bytes: Uint8Array, name: string) => openDirectory(bytes, region, salt, name),
    })),
  );
}

/** A page, and the boxes of those of its leaves that the question meets. */
interface Visit extends UnitRef {
  readonly boxes?: Map<number, Box>;
}

/** The pages of the leaves that the question meets; all without a place. */
export function visitsIn(search: Search, directories: readonly Directory[]): Visit[] {
  // A page may serve leaves of two regions and more.
  const visits = new Map<number, Visit & { readonly boxes: Map<number, Box> }>();
  for (const { leaves, pages } of directories) {
    for (const { cell, page, ordinal } of leaves) {
      const ref = pages[page];
      if (!ref || !isNear(cell, search) || search.place?.meetsBox(boxIn(cell, search)) === false) continue;
      const visit = visits.get(ref.offset) ?? { ...ref, boxes: new Map<number, Box>() };
      visits.set(ref.offset, visit);
      visit.boxes.set(ordinal, cellBox(cell));
    }
  }
  return [...visits.values()];
}

/** Those features of a page that answer the question in `boxes`; attributes are asked first. */
function matchesIn(search: Search, { features, locals }: Page, boxes: Visit['boxes']): PageFeature[] {
  const { place } = search;
  const meets = ({ shape }: PageFeature): boolean => !place || (shape !== null && place.intersects(shape));
  const candidates = new Map(features.filter(testOf(search)).map((one) => [one, meets(one)]));
  for (const { leaf, feature: i, parts } of locals) {
    const [feature, box] = [features[i], boxes?.get(leaf)];
    if (!place || !feature || !box || candidates.get(feature) !== false) continue;
    candidates.set(feature, place.meetsLocally(parts, box));
  }
  return features.filter((feature) => candidates.get(feature));
}

/** The features that answer the question, a trip of pages at a time, in the order of the pages. */
export async function* inPages(search: Search, visits: readonly Visit[]): AsyncGenerator<Found[]> {
  const { fields, geometry } = search.layer;
  if (search.limit === Infinity) refuseBeyond(search.maxBytes, visits, search.name);
  const seen = new Set<number>();
  for await (const trip of tripsOf(search, visits)) {
    const pages = await readUnits(search, trip, (raw, name) =>
      decodePage(raw, fields.length, geometry, name),
    );
    yield pages.flatMap((page, i) =>
      matchesIn(search, page, trip[i]?.boxes).flatMap((feature) => {
        // Positions are below 2^32: FlatGeobuf counts no further.
        const key = feature.partition * 2 ** 32 + feature.position;
        return seen.size < seen.add(key).size ? { ...feature, files: page.files } : [];
      }),
    );
  }
}
