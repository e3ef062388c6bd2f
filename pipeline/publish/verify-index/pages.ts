/**
 * Reads every directory and page of an index: what each page says of its features is noted,
 * and the leaves are kept to look features up in.
 */
import type { Layer } from '../../../src/format/catalogue.ts';
import { refuse } from './refuse.ts';
import type { Directory } from '../../../src/format/directory.ts';
import { decodePage, type Page } from '../../../src/format/page.ts';
import type { Region } from '../../../src/format/root.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import type { CoverageSearch } from '../../pack/index/coverage.ts';
import { digestOf, type LocalContent } from './content.ts';
import type { IdLookup } from './id-lookup.ts';
import type { IndexFile } from './index-file.ts';
import { LeafTable } from './leaf-table.ts';
import type { Sightings } from './sightings.ts';

export interface PagesInput {
  readonly file: IndexFile;
  readonly layer: Layer;
  /** What the partitions cover, by the manifest. */
  readonly coverage: CoverageSearch;
  readonly ids: IdLookup | null;
  readonly sightings: Sightings;
}

/** The local parts of each feature of a page, by its number there. */
function localsOf(page: Page): Map<number, LocalContent[]> {
  const locals = new Map<number, LocalContent[]>();
  for (const { leaf: ordinal, feature, parts } of page.locals) {
    const own = locals.get(feature) ?? [];
    own.push({ ordinal, parts });
    locals.set(feature, own);
  }
  return locals;
}

function notePage({ ids, sightings }: PagesInput, page: Page, number: number, ref: UnitRef): void {
  const locals = localsOf(page);
  page.features.forEach(({ partition, position, values, shape, place }, i) => {
    const isNamed = ids?.leadsTo(ref, values) ?? false;
    const digest = digestOf({ values, shape, place, locals: locals.get(i) ?? [] });
    sightings.note({ partition, position, page: number, isWhole: place === null, isNamed, digest });
  });
}

function checkCoverage({ file, coverage }: PagesInput, region: Region, directory: Directory): void {
  const expected = coverage(region);
  if (JSON.stringify(directory.coverage) === JSON.stringify(expected)) return;
  refuse(file.name, `the directory at byte ${region.offset} covers other places than the manifest says`);
}

/** A page that goes on in another region must be the same there. */
function expectSame(file: IndexFile, before: UnitRef | undefined, page: UnitRef | undefined): void {
  if (JSON.stringify(before) === JSON.stringify(page)) return;
  refuse(file.name, `a directory goes on with the page at byte ${page?.offset}, not with the last one`);
}

/** Reads the pages, which come first in the file; then the directories are told as read. */
export async function readPages(input: PagesInput, onFile: (page: Page) => void): Promise<LeafTable> {
  const { file, layer } = input;
  const leaves = new LeafTable();
  const regions = file.index.root ?? [];
  let pages = 0;
  let last: UnitRef | undefined;
  for (const region of regions) {
    const directory = await file.directory(region);
    checkCoverage(input, region, directory);
    // The first page may have begun in the region before.
    const isBegun = (directory.leaves.find(({ page }) => page >= 0)?.ordinal ?? 0) > 0;
    if (isBegun) expectSame(file, last, directory.pages[0]);
    const first = isBegun ? pages - 1 : pages;
    for (const { cell, page, ordinal } of directory.leaves) {
      leaves.add({ cell, page: page < 0 ? -1 : first + page, ordinal });
    }
    for (const ref of directory.pages.slice(isBegun ? 1 : 0)) {
      last = ref;
      file.expect(`page ${pages}`, ref.offset, ref.length);
      const page = decodePage(await file.unit(ref), layer.fields.length, layer.geometry, file.name);
      onFile(page);
      notePage(input, page, pages++, ref);
    }
  }
  for (const { offset } of regions) file.expect('a directory', offset, file.index.directoryBytes);
  return leaves;
}
