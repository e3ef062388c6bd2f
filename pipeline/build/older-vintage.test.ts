import { describe, expect, it } from 'vitest';
import { olderVintage } from './older-vintage.ts';
import type { Held } from './vintage.ts';

function held(vintages: string[], more: Partial<Held> = {}): Held {
  const place = { layer: 'cadastre/parcelle', partition: '21', features: 1, values: null, coverage: [] };
  return { ...place, formats: ['etalab'], vintages, ...more };
}

describe('an edition', () => {
  it('may not be older than the one that is published', () => {
    expect(olderVintage(held(['2026-03-01']), held(['2025-12-01']))).toEqual([
      {
        code: 'OlderVintage',
        name: 'cadastre/parcelle',
        what: 'cadastre/parcelle 21: of 2025-12-01, of 2026-03-01 in the tree that is published',
      },
    ]);
  });

  it.each([
    ['the same', held(['2026-03-01']), held(['2026-03-01'])],
    ['newer', held(['2026-03-01']), held(['2026-06-01'])],
    ['of some sources', held(['2025-12-01', '2026-03-01']), held(['2026-03-01', '2019-01-01'])],
    ['of another format', held(['2026-03-01']), held(['2025-12-01'], { formats: ['edigeo'] })],
    ['no day', held(['4.1.2']), held(['2025-12-01'])],
    ['not said', held(['2026-03-01']), held(['non précisé'])],
    ['nobody’s', held([]), held([])],
  ])('may be %s', (_, before, now) => {
    expect(olderVintage(before, now)).toEqual([]);
  });

  it('is compared of national files, and not of documents that somebody chose', () => {
    const of = (format: string) => ({ partition: 'france', formats: [format] });
    const compare = (format: string) =>
      olderVintage(held(['2026-03-08'], of(format)), held(['2026-03-01'], of(format)));
    expect(compare('extraction')).toHaveLength(1);
    expect(compare('cnig')).toEqual([]);
  });
});
