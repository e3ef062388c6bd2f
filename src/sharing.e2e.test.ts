/** What callers of one opened tree share, and what they do not: reads, but never answers. */
import { describe, expect, it } from 'vitest';
import { openCarto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { star } from './testing/features.ts';
import { seededRandom } from './testing/random.ts';
import { POSTAL_ROWS } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

const random = seededRandom(92);

/** Two large zones, each the only one of its document: a block of its own in the sorted keys. */
const zones = ['DU_1', 'DU_2'].map((partition, gid) => ({
  properties: { gid, partition },
  geometry: { type: 'MultiPolygon' as const, coordinates: [[star(random, [5, 47.25], 0.1, 2000)]] },
}));
const files = await buildTree(
  {
    'gpu/zone-urba': {
      geometry: 'MultiPolygon',
      fields: 'gid:integer partition',
      partitions: { france: zones },
    },
  },
  POSTAL_ROWS,
);
const open = () => openCarto(memoryTree(files));

const BY_KEY = { partition: 'DU_1' };
const BY_PLACE = { geom: { type: 'Point', coordinates: [5, 47.25] } } as const;

describe('the same bytes, asked for at once by key and by place,', () => {
  it.each([
    ['by key first', [BY_KEY, BY_PLACE]],
    ['by place first', [BY_PLACE, BY_KEY]],
  ])('answer both, %s', async (_, questions) => {
    const carto = await open();
    const alone = [];
    // These also read the index, so that the features are all that is left to read.
    for (const asked of questions) alone.push((await carto.query('gpu/zone-urba', asked)).features);
    const together = await Promise.all(questions.map((asked) => carto.query('gpu/zone-urba', asked)));
    expect(together.map(({ features }) => features)).toEqual(alone);
    expect(together.reduce((sum, { meta }) => sum + meta.requests, 0)).toBeLessThan(4);
  });
});

/** Writes into everything that `value` holds. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    spoil(item);
    Reflect.set(value, key, 'spoilt');
  }
}

describe('an answer', () => {
  it.each([BY_KEY, BY_PLACE])('to %j is its caller’s own to change', async (asked) => {
    const carto = await open();
    const expected = structuredClone(await carto.query('gpu/zone-urba', asked));
    spoil(await carto.query('gpu/zone-urba', asked));
    const { features, meta } = await carto.query('gpu/zone-urba', asked);
    expect(features).toEqual(expected.features);
    expect(meta.provenance).toEqual(expected.meta.provenance);
  });

  it('of postal codes too', async () => {
    const carto = await open();
    spoil(await carto.codesPostaux.communes('21700'));
    expect(await carto.codesPostaux.communes('21700')).toEqual(POSTAL_ROWS.slice(0, 2));
  });
});
