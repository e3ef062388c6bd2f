import { describe, expect, it } from 'vitest';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import { compareWithPrevious, readPrevious, type Counts } from './previous.ts';

type Numbers = Readonly<Record<string, Readonly<Record<string, number>>>>;

function countsOf(numbers: Numbers): Counts {
  return new Map(
    Object.entries(numbers).map(([layer, partitions]) => [layer, new Map(Object.entries(partitions))]),
  );
}

function manifest(numbers: Numbers, territory = '21'): Manifest {
  const layers = Object.entries(numbers).map(([name, partitions]) => {
    const listed = Object.entries(partitions).map(([id, features]) => ({ id, features }));
    return [name, { partitions: listed } as unknown as ManifestLayer] as const;
  });
  return { territory, layers: Object.fromEntries(layers), tiles: {}, site: [], tools: {} };
}

function compare(before: Numbers, now: Numbers, accepted: 'all' | string[] = []) {
  return compareWithPrevious(manifest(before), { territory: '21', counts: countsOf(now), accepted });
}

const PARCELLE = 'cadastre/parcelle';

describe('a new vintage', () => {
  it('may lose a share of each layer, and what changed is told', () => {
    const changes = compare(
      { [PARCELLE]: { '21': 1000, '58': 10 } },
      { [PARCELLE]: { '21': 951, '58': 12 } },
    );
    expect(changes).toEqual([
      { layer: PARCELLE, partition: '21', before: 1000, now: 951 },
      { layer: PARCELLE, partition: '58', before: 10, now: 12 },
    ]);
  });

  it.each([
    [PARCELLE, 1000, 949],
    ['cadastre/commune', 1000, 989],
    ['aoc/appellation-viticole', 1000, 989],
    ['gpu/zone-urba', 10, 4],
    ['codes-postaux/communes', 1000, 979],
  ])('of %s that has %i may not become %i', (layer, before, now) => {
    expect(() => compare({ [layer]: { france: before } }, { [layer]: { france: now } })).toThrow(
      expect.objectContaining({
        code: 'CountDropped',
        message:
          `${layer} france: ${now} features, ${before} in the tree that is published; ` +
          `--accept-drops ${layer} takes it`,
      }),
    );
  });

  it('may not lose a département nor a layer', () => {
    const before = { [PARCELLE]: { '21': 3, '58': 3 }, 'gpu/zone-urba': { france: 3 } };
    expect(() => compare(before, { [PARCELLE]: { '21': 3 } })).toThrow(
      /^cadastre\/parcelle 58: 0 features, 3 in the tree that is published; and 1 more, such as gpu\/zone-urba/,
    );
  });

  it('may do so where it is accepted', () => {
    const [before, now] = [{ [PARCELLE]: { '21': 100, '58': 3 } }, { [PARCELLE]: { '21': 10 } }];
    expect(compare(before, now, [PARCELLE])).toHaveLength(2);
    expect(compare(before, now, 'all')).toHaveLength(2);
    expect(() => compare(before, now, ['gpu/zone-urba'])).toThrow();
  });

  it('is compared by all postal codes, however they are cut', () => {
    const [before, now] = [{ '01': 10, '21': 90 }, { france: 100 }];
    expect(compare({ 'codes-postaux/communes': before }, { 'codes-postaux/communes': now })).toEqual([]);
  });

  it('of another territory is not compared, nor is the first one', async () => {
    const now = { territory: 'france', counts: countsOf({}), accepted: [] };
    expect(compareWithPrevious(manifest({ [PARCELLE]: { '21': 100 } }), now)).toEqual([]);
    expect(compareWithPrevious(null, now)).toEqual([]);
    expect(await readPrevious('/nowhere')).toBeNull();
  });
});
