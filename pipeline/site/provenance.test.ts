import { expect, it } from 'vitest';
import type { Provenance } from '../../src/format/catalogue.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import { creditsOf } from './provenance.ts';

const OF_PORTAL = { producer: 'Communes', licence: 'LO 2.0', attribution: 'Géoportail' };

function manifestOf(layers: Readonly<Record<string, readonly Provenance[]>>): Manifest {
  const entries = Object.entries(layers).map(([name, provenance]) => [
    name,
    { partitions: [{ provenance }] },
  ]);
  return { layers: Object.fromEntries(entries) as unknown } as Manifest;
}

it('credits whoever is owed the same line once, whatever the files came in', () => {
  const credits = creditsOf(
    manifestOf({
      'gpu/zone-urba': [
        { source: 'extraction', vintage: '2026-03-01', ...OF_PORTAL },
        { source: 'cnig', vintage: '2023-06-15', ...OF_PORTAL },
      ],
      'gpu/document': [{ source: 'extraction', vintage: '2026-03-01', ...OF_PORTAL }],
      'aoc/appellation-viticole': [
        { ...OF_PORTAL, source: 'inao', vintage: '2019-06-01', attribution: 'INAO' },
      ],
    }),
  );
  expect(credits.map(({ attribution, vintages, layers }) => [attribution, vintages, layers])).toEqual([
    ['Géoportail', ['2023-06-15', '2026-03-01'], ['gpu/zone-urba', 'gpu/document']],
    ['INAO', ['2019-06-01'], ['aoc/appellation-viticole']],
  ]);
});
