/** The last of a build: what was made, with a site for browsers, is described and published. */
import type { Catalogue } from '../../src/format/catalogue.ts';
import { encodeCatalogue } from '../../src/format/catalogue-json.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import { deflate } from '../pack/index/unit-file.ts';
import {
  describeDocument,
  describeFile,
  describePage,
  type Candidate,
  type Document,
  type Page,
} from '../publish/named.ts';
import { publishable } from '../publish/pages.ts';
import { publish } from '../publish/tree.ts';
import { candidatesOf, catalogueOf, manifestOf, type Made } from './described.ts';
import type { StepStore } from './steps.ts';
import type { BuildReport } from './summary.ts';
import { unpublishedTree, type UnpublishedTree } from './unpublished-tree.ts';

/** What browsers are given beside the data. */
export interface Site {
  /** At the root of the tree, under names that they keep. */
  readonly pages: readonly Page[];
  /** Named by their content, in `site/`. */
  readonly candidates: readonly Candidate[];
}

/** Makes the site of a tree that can be read and is not yet published. */
export type SiteMaker = (manifest: Manifest, tree: UnpublishedTree, steps: StepStore) => Promise<Site>;

export interface Published {
  /** `false` when the tree was already this one. */
  readonly changed: boolean;
  readonly catalogue: Catalogue;
  /** Bytes of `catalogue.json`, which every first question reads. */
  readonly catalogueBytes: number;
  readonly manifest: Manifest;
  /** Pages of the site that were not written: there are others of the same name, not ours. */
  readonly leftOut: readonly string[];
}

interface Described {
  readonly manifest: Manifest;
  readonly document: Document;
  readonly catalogue: Catalogue;
  /** Of the catalogue. */
  readonly text: string;
}

function describe(made: Made, site: Site | null): Described {
  const files = [...(site?.pages.map(describePage) ?? []), ...(site?.candidates.map(describeFile) ?? [])];
  const manifest = manifestOf(made, files);
  const document = { name: 'manifest', ending: 'json', text: `${JSON.stringify(manifest, null, 1)}\n` };
  const catalogue = catalogueOf(made, describeDocument(document));
  return { manifest, document, catalogue, text: `${JSON.stringify(encodeCatalogue(catalogue, deflate))}\n` };
}

async function makeSite(made: Made, makeOne: SiteMaker, steps: StepStore): Promise<Site> {
  // Its pages are in the manifest, so they cannot tell of the manifest that has them.
  const { manifest, text } = describe(made, null);
  return makeOne(manifest, unpublishedTree(candidatesOf(made), text), steps);
}

/** Publishes what was made into `directory`: the site before the manifest, and the catalogue last. */
export async function publishAll(
  made: Made,
  report: BuildReport,
  directory: string,
  steps: StepStore,
  makeOne: SiteMaker | null,
): Promise<Published> {
  const site = makeOne === null ? null : await makeSite(made, makeOne, steps);
  const pages = publishable(directory, site?.pages ?? []);
  const { manifest, document, catalogue, text } = describe(made, site && { ...site, pages });
  const changed = await publish(directory, {
    candidates: [...candidatesOf(made), ...(site?.candidates ?? [])],
    pages,
    manifest: document,
    catalogue: text,
    report: `${JSON.stringify(report, null, 1)}\n`,
  });
  const published = new Set(pages.map(({ name }) => name));
  const leftOut = site?.pages.map(({ name }) => name).filter((name) => !published.has(name)) ?? [];
  return { changed, catalogue, catalogueBytes: Buffer.byteLength(text), manifest, leftOut };
}
