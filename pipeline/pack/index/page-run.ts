/** Consecutive leaves as one page: each of their features once. */
import type { Field, LayerGeometry } from '../../../src/format/catalogue.ts';
import { type Cell } from '../../../src/format/cells.ts';
import { encodePage, type PageFeature, type PageLocal } from '../../../src/format/page.ts';

import { partsOf, type Entry, type IndexedFeature } from './entry.ts';
import { shapeOf } from './feature-shape.ts';
import type { ValueReader } from './value-reader.ts';

/** A leaf of the tree, with what meets it. */
export interface Leaf {
  readonly cell: Cell;
  readonly entries: readonly Entry[];
}

export interface PageLayer {
  readonly geometry: LayerGeometry;
  readonly fields: readonly Field[];
  /** Of all fields. */
  readonly values: ValueReader;
  /** The .fgb of each partition, by its number. */
  readonly files: readonly { readonly hash: string; readonly length: number }[];
}

/** A number of its own for each feature of a layer. */
export function identity({ partition, position }: IndexedFeature): number {
  return partition * 2 ** 32 + position;
}

/** The features of `leaves` in the order of a page. */
function featuresOf(leaves: readonly Leaf[]): IndexedFeature[] {
  const features = new Map<number, IndexedFeature>();
  for (const { entries } of leaves)
    for (const { feature } of entries) features.set(identity(feature), feature);
  return [...features.values()].sort((a, b) => identity(a) - identity(b));
}

function pageFeature(feature: IndexedFeature, { values, geometry }: PageLayer): PageFeature {
  const { partition, position, place } = feature;
  const shape = place === null ? shapeOf(feature, geometry) : null;
  return { partition, position, values: values.read(feature), shape, place };
}

/** What of the features by place meets each leaf that is not empty. */
function localsOf(
  leaves: readonly Leaf[],
  features: readonly IndexedFeature[],
  layer: PageLayer,
): PageLocal[] {
  const numbers = new Map(features.map((feature, i) => [identity(feature), i]));
  return leaves
    .filter(({ entries }) => entries.length > 0)
    .flatMap(({ cell, entries }, leaf) =>
      entries
        .filter(({ feature }) => feature.place !== null)
        .map((entry): PageLocal => ({
          leaf,
          feature: numbers.get(identity(entry.feature)) ?? NaN,
          parts: partsOf(entry, cell, layer.geometry),
        }))
        .sort((a, b) => a.feature - b.feature),
    );
}

function filesOf(features: readonly IndexedFeature[], layer: PageLayer) {
  const partitions = new Set(
    features.filter(({ place }) => place !== null).map(({ partition }) => partition),
  );
  return new Map(
    [...partitions].map((partition) => {
      const file = layer.files[partition];
      if (file === undefined) throw new RangeError(`no file of partition ${partition}`);
      return [partition, file] as const;
    }),
  );
}

export interface EncodedPage {
  readonly raw: Uint8Array;
  readonly features: readonly IndexedFeature[];
  /** The values of each feature. */
  readonly values: readonly PageFeature['values'][];
}

/** The page of `leaves`, which hold a feature at least. */
export function encodeRun(leaves: readonly Leaf[], layer: PageLayer): EncodedPage {
  const features = featuresOf(leaves);
  const paged = features.map((feature) => pageFeature(feature, layer));
  const locals = localsOf(leaves, features, layer);
  const raw = encodePage(
    { features: paged, locals, files: filesOf(features, layer) },
    layer.fields.length,
    layer.geometry,
  );
  return { raw, features, values: paged.map(({ values }) => values) };
}
