/**
 * Goes through the features of every partition's file by the blocks of the keys, and holds
 * each against what the pages say of it: it is in every page whose leaves it meets and in no
 * other, as its file has it, and its id leads to one of them.
 */
import type { Value } from '../../../src/format/feature-values.ts';
import { crc32 } from '../../../src/format/crc32.ts';
import type { Layer } from '../../../src/format/catalogue.ts';
import { refuse } from './refuse.ts';
import { readFeature, splitFeatures } from '../../../src/format/read-feature.ts';
import type { Shape } from '../../../src/geometry/shape.ts';
import { digestOf, type LocalContent } from './content.ts';
import type { PartitionBlock } from './keys.ts';
import type { LeafTable } from './leaf-table.ts';
import type { Sighting, Sightings } from './sightings.ts';

export interface FeaturesInput {
  /** The index in errors. */
  readonly name: string;
  readonly layer: Layer;
  readonly leaves: LeafTable;
  readonly sightings: Sightings;
}

/** A feature where its file has it. */
interface Feature {
  readonly partition: number;
  readonly position: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly values: readonly Value[];
  readonly shape: Shape | null;
}

/** What meets each leaf of each page that must hold the feature. */
function expectedPages({ shape }: Feature, { leaves, name }: FeaturesInput): Map<number, LocalContent[]> {
  const pages = new Map<number, LocalContent[]>();
  for (const { page, ordinal, parts, cell } of shape === null ? [] : leaves.metBy(shape)) {
    if (page < 0) refuse(name, `the leaf at code ${cell.start} is said to be empty, and is not`);
    const locals = pages.get(page) ?? [];
    locals.push({ ordinal, parts });
    pages.set(page, locals);
  }
  return pages;
}

function checkContent(feature: Feature, sighting: Sighting, locals: readonly LocalContent[]): boolean {
  const { values, shape, offset, bytes } = feature;
  if (sighting.isWhole) {
    return digestOf({ values, shape, place: null, locals: [] }).equals(sighting.digest);
  }
  if (shape === null) return false;
  const place = { offset, length: bytes.length, crc: crc32(bytes), box: shape.box };
  return digestOf({ values, shape: null, place, locals }).equals(sighting.digest);
}

function checkFeature(feature: Feature, input: FeaturesInput): void {
  const { partition, position } = feature;
  const fail = (what: string): never =>
    refuse(input.name, `feature ${position} of partition ${partition} ${what}`);
  const expected = expectedPages(feature, input);
  const found = input.sightings.of(partition, position);
  const pages = [...expected.keys()];
  if (found.map(({ page }) => page).join() !== pages.join()) {
    fail(`is in the pages ${found.map(({ page }) => page).join()} and meets ${pages.join()}`);
  }
  for (const sighting of found) {
    if (!checkContent(feature, sighting, expected.get(sighting.page) ?? []))
      fail(`is another in page ${sighting.page}`);
  }
  if (input.layer.index.ids !== null && !found.some(({ isNamed }) => isNamed)) fail('is not found by its id');
}

/** Checks the features of a block, whose `bytes` its file has. */
export function checkBlock(block: PartitionBlock, bytes: Uint8Array, input: FeaturesInput): void {
  const { layer, name } = input;
  if (crc32(bytes) !== block.crc)
    refuse(name, `the checksum of the block at byte ${block.offset} does not fit`);
  const columns = layer.index.keys.fields.map((key) => layer.fields.findIndex((field) => field.name === key));
  let { position, offset } = block;
  for (const feature of splitFeatures(bytes, block.features, name)) {
    const { values, shape } = readFeature(feature, layer, name);
    if (columns.some((column, i) => values[column] !== block.keys[i])) {
      refuse(name, `feature ${position} of partition ${block.partition} is in a block of other keys`);
    }
    checkFeature({ partition: block.partition, position, offset, bytes: feature, values, shape }, input);
    [position, offset] = [position + 1, offset + feature.length];
  }
}
