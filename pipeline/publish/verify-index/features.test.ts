import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../src/format/catalogue.ts';
import { cellBox, childrenOfCell, ROOT_CELL } from '../../../src/format/cells.ts';
import { crc32 } from '../../../src/format/crc32.ts';
import type { FeaturePlace } from '../../../src/format/page.ts';
import { localParts } from '../../../src/geometry/local.ts';
import { shapeOf, type Shape } from '../../../src/geometry/shape.ts';
import { FeatureEncoder } from '../../pack/encode.ts';
import { useFolder } from '../../testing/folder.ts';
import { digestOf, type LocalContent } from './content.ts';
import { checkBlock } from './features.ts';
import type { PartitionBlock } from './keys.ts';
import { LeafTable } from './leaf-table.ts';
import { Sightings, type Sighting } from './sightings.ts';

const folder = useFolder();

const OFFSET = 1000;
const VALUES = ['A', 1];
const fields = [
  { name: 'section', type: 'string' },
  { name: 'feuille', type: 'integer' },
] as const;
const keys = { fields: ['section'], offset: 0, length: 0, check: 0, leaves: 0 };
const ids = { fields: ['section'], offset: 0, buckets: 1 };
const index = {
  hash: '',
  length: 0,
  salt: 0,
  pages: 0,
  directories: 0,
  directoryBytes: 0,
  root: [],
  ids,
  keys,
};
const layer: Layer = { geometry: 'MultiPolygon', fields, features: 1, partitions: [], index };

/** Around the meridian of Greenwich: it meets the two northern quarters of the root cell. */
const shape: Shape = shapeOf({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [-1, 47],
        [1, 47],
        [1, 48],
        [-1, 48],
        [-1, 47],
      ],
    ],
  ],
});
const feature = new FeatureEncoder(fields, 'MultiPolygon').encode({
  properties: { section: 'A', feuille: 1 },
  shape,
});
const block: PartitionBlock = {
  ...{ partition: 0, keys: ['A'], position: 7, features: 1 },
  ...{ offset: OFFSET, length: feature.length, crc: crc32(feature) },
};
const place: FeaturePlace = { offset: OFFSET, length: feature.length, crc: crc32(feature), box: shape.box };
const whole = digestOf({ values: VALUES, shape, place: null, locals: [] });

/** Of the leaf of a quarter, the only one of its page. */
function localsIn(quarter: 2 | 3): LocalContent[] {
  return [{ ordinal: 0, parts: localParts(shape, cellBox(childrenOfCell(ROOT_CELL)[quarter])) }];
}

function sighting(page: number, other: Partial<Sighting> = {}): Sighting {
  return { partition: 0, position: 7, page, isWhole: true, isNamed: true, digest: whole, ...other };
}

/** By place, in a page of one quarter. */
function inPlace(page: number, where: FeaturePlace, locals: readonly LocalContent[]): Sighting {
  const digest = digestOf({ values: VALUES, shape: null, place: where, locals });
  return sighting(page, { isWhole: false, digest });
}

/** Checks the block against what is noted; the pages of the quarters are 0 to 3. */
function check(noted: readonly Sighting[], other: Partial<PartitionBlock> = {}, pages = [0, 1, 2, 3]): void {
  const leaves = new LeafTable();
  childrenOfCell(ROOT_CELL).forEach((cell, i) => {
    leaves.add({ cell, page: pages[i] ?? -1, ordinal: 0 });
  });
  const sightings = new Sightings(folder.path('sorting'));
  noted.forEach((item) => {
    sightings.note(item);
  });
  try {
    checkBlock({ ...block, ...other }, feature, { name: 'an index', layer, leaves, sightings });
  } finally {
    sightings.close();
  }
}

describe('a feature', () => {
  it('whole in every page that it meets is sound, and needs to be named in one only', () => {
    check([sighting(2), sighting(3)]);
    check([sighting(3, { isNamed: false }), sighting(2)]);
    check([sighting(2)], {}, [0, 1, 2, 2]);
  });

  it('by its place, with its parts in each leaf, is sound too', () => {
    check([inPlace(2, place, localsIn(2)), inPlace(3, place, localsIn(3))]);
  });

  it.each<[string, Sighting[], RegExp]>([
    ['missing in a page', [sighting(2)], /feature 7 of partition 0 is in the pages 2 and meets 2,3$/],
    [
      'in a page that it does not meet',
      [sighting(1), sighting(2), sighting(3)],
      /pages 1,2,3 and meets 2,3$/,
    ],
    ['in no page', [], /pages {2}and meets 2,3$/],
    [
      'another in one page',
      [sighting(2), sighting(3, { digest: Buffer.alloc(16) })],
      /is another in page 3$/,
    ],
    [
      'not found by its id',
      [sighting(2, { isNamed: false }), sighting(3, { isNamed: false })],
      /is not found by its id$/,
    ],
    [
      'by a place that is another one’s',
      [inPlace(2, { ...place, offset: 1 }, localsIn(2)), inPlace(3, place, localsIn(3))],
      /is another in page 2$/,
    ],
    [
      'with the parts of another leaf',
      [inPlace(2, place, localsIn(3)), inPlace(3, place, localsIn(3))],
      /is another in page 2$/,
    ],
    ['without its parts', [inPlace(2, place, []), inPlace(3, place, localsIn(3))], /is another in page 2$/],
  ])('%s is refused', (_, noted, message) => {
    expect(() => {
      check(noted);
    }).toThrow(message);
  });

  it('that meets a leaf which is said to be empty is refused', () => {
    expect(() => {
      check([sighting(2)], {}, [0, 1, 2, -1]);
    }).toThrow(/^an index: the leaf at code \d+ is said to be empty, and is not$/);
  });

  it.each<[string, Partial<PartitionBlock>, RegExp]>([
    ['of another checksum', { crc: 1 }, /the checksum of the block at byte 1000 does not fit$/],
    ['of other keys', { keys: ['B'] }, /feature 7 of partition 0 is in a block of other keys$/],
    ['of another number of features', { features: 2 }, /an index/],
  ])('in a block %s is refused', (_, other, message) => {
    expect(() => {
      check([sighting(2), sighting(3)], other);
    }).toThrow(message);
  });
});
