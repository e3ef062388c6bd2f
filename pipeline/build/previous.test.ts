import { describe, expect, it } from 'vitest';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import { parseSources, type Sources } from '../sources/sources-file.ts';
import type { Accepted } from './loss.ts';
import { compareWithPrevious, readPrevious } from './previous.ts';
import { heldBy } from './vintage.ts';

type Numbers = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Kind {
  readonly territory?: string;
  readonly source?: string;
  readonly coverage?: readonly (readonly number[])[];
}

function manifest(numbers: Numbers, { territory = '21', source = 'x', coverage = [] }: Kind = {}): Manifest {
  const layers = Object.entries(numbers).map(([name, partitions]) => {
    const listed = Object.entries(partitions).map(([id, features]) => {
      return { id, features, values: null, provenance: [{ source }], coverage };
    });
    return [name, { partitions: listed } as unknown as ManifestLayer] as const;
  });
  return { territory, layers: Object.fromEntries(layers), tiles: {}, site: [], tools: {} };
}

function sourcesOf(territory: string, ...sources: readonly object[]): Sources {
  const any = { dataset: 'gpu', format: 'extraction', path: 'x' };
  return parseSources({ territory, sources: sources.length === 0 ? [any] : sources }, '/', 'test');
}

interface Compared {
  readonly accepted?: Accepted;
  readonly before?: Kind;
  readonly kind?: Kind;
  readonly sources?: Sources;
}

function compare(before: Numbers, now: Numbers, options: Compared = {}) {
  const { accepted = [], kind = {}, sources = sourcesOf(kind.territory ?? '21') } = options;
  const held = heldBy(manifest(now, kind));
  return compareWithPrevious(manifest(before, options.before), { sources, held, accepted });
}

const PARCELLE = 'cadastre/parcelle';
const ZONE = 'gpu/zone-urba';
const EXPRESS = { dataset: 'cadastre', format: 'parcellaire-express', path: 'x' };
const DEPOSIT = { dataset: 'gpu', format: 'cnig', path: 'x' };

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
    const before = { [PARCELLE]: { '21': 3, '58': 3 }, [ZONE]: { france: 3 } };
    expect(() => compare(before, { [PARCELLE]: { '21': 3 } })).toThrow(
      /^cadastre\/parcelle 58: 0 features, 3 in the tree that is published; and 1 more, such as gpu\/zone-urba .*; --accept-drops cadastre\/parcelle,gpu\/zone-urba takes them$/,
    );
  });

  it('may not lose much of a layer by a little of each partition', () => {
    const communes = (count: number): Numbers => {
      const codes = Array.from({ length: 20 }, (_, i) => [String(i + 10), count] as const);
      return { 'cadastre/commune': Object.fromEntries(codes) };
    };
    expect(compare(communes(100), communes(99))).toHaveLength(20);
    expect(() => compare(communes(100), communes(95))).toThrow(
      'cadastre/commune in 20 partitions: 1900 features, 2000 in the tree that is published',
    );
  });

  it('may do so where it is accepted', () => {
    const [before, now] = [{ [PARCELLE]: { '21': 100, '58': 3 } }, { [PARCELLE]: { '21': 10 } }];
    expect(compare(before, now, { accepted: [PARCELLE] })).toHaveLength(2);
    expect(compare(before, now, { accepted: 'all' })).toHaveLength(2);
    // What it says takes it all: what was accepted already too.
    expect(() => compare(before, now, { accepted: [ZONE] })).toThrow(`--accept-drops ${ZONE},${PARCELLE} `);
  });

  it('is compared by all postal codes, however they are cut', () => {
    const [before, now] = [{ '01': 10, '21': 90 }, { france: 100 }];
    expect(compare({ 'codes-postaux/communes': before }, { 'codes-postaux/communes': now })).toEqual([]);
  });

  it('is compared with nothing where there is nothing, or nothing that can be read', async () => {
    expect(compareWithPrevious(null, { sources: sourcesOf('21'), held: [], accepted: [] })).toEqual([]);
    expect(await readPrevious('/nowhere')).toEqual({ manifest: null, fault: null });
  });
});

describe('a vintage of another territory', () => {
  const more = { territory: '21 and 58' };

  it('is caught in each département that was there before, whatever came or went', () => {
    const drop = `${PARCELLE} 21: 30 features, 100 in the tree that is published`;
    const before = { [PARCELLE]: { '21': 100, '39': 500 } };
    expect(() => compare(before, { [PARCELLE]: { '21': 30, '58': 900 } }, { kind: more })).toThrow(drop);
    expect(() => compare(before, { [PARCELLE]: { '21': 30 } }, { kind: more })).toThrow(drop);
  });

  it('may have départements and modules less, and tells them', () => {
    const before = { [PARCELLE]: { '21': 100, '39': 500 }, [ZONE]: { france: 10 } };
    const sources = sourcesOf('21 and 58', { ...EXPRESS, departement: '21' });
    expect(compare(before, { [PARCELLE]: { '21': 100 } }, { kind: more, sources })).toEqual([
      { layer: PARCELLE, partition: '39', before: 500, now: 0 },
      { layer: ZONE, partition: 'france', before: 10, now: 0 },
    ]);
  });

  it.each([
    ['cadastre/localisant', '21', { ...EXPRESS, departement: '21' }],
    [ZONE, 'france', { dataset: 'gpu', format: 'extraction', path: 'x' }],
    ['codes-postaux/communes', 'france', { dataset: 'codes-postaux', format: 'npm' }],
  ])('may not lose %s %s where its source is there', (layer, partition, source) => {
    const sources = sourcesOf('21 and 58', source);
    expect(() => compare({ [layer]: { [partition]: 9 } }, {}, { kind: more, sources })).toThrow(
      `${layer} ${partition}: 0 features, 9 in the tree that is published`,
    );
  });

  it('is compared by national files that are whole, not by documents or excerpts', () => {
    const [before, now] = [{ [ZONE]: { france: 100 } }, { [ZONE]: { france: 10 } }];
    const whole = { ...more, source: 'extraction', coverage: [[-5, 41, 10, 52]] };
    const was = { ...whole, territory: '21' };
    expect(() => compare(before, now, { before: was, kind: whole })).toThrow(`${ZONE} france: 10 features`);
    const excerpt = { ...whole, coverage: [[4, 47, 5, 48]] };
    expect(compare(before, now, { before: was, kind: excerpt })).toHaveLength(1);
    const deposit = { ...whole, source: 'cnig' };
    expect(compare(before, now, { before: was, kind: deposit })).toHaveLength(1);
    const sources = sourcesOf('21 and 58', DEPOSIT);
    expect(compare(before, {}, { before: was, kind: more, sources })).toHaveLength(1);
  });
});
