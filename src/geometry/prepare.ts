/**
 * A query shape made ready once and asked about many features: its edges are read and
 * put in trees here, not again for each feature.
 */
import { figureContains } from './contains.ts';
import { figureOf } from './figure.ts';
import { figuresMeet } from './intersects.ts';
import { boxCovers, boxesMeet } from './lattice.ts';
import type { Shape } from './shape.ts';

export interface Prepared {
  /** As `intersects(query, feature)`. */
  intersects(feature: Shape): boolean;
  /** As `contains(query, feature)`. */
  contains(feature: Shape): boolean;
}

/**
 * Makes `query` ready. Its coordinates are read again by every answer: they must stay as
 * they are.
 */
export function prepare(query: Shape): Prepared {
  const figure = figureOf(query);
  const { box } = query;
  return {
    intersects: (feature) => boxesMeet(box, feature.box) && figuresMeet(figure, figureOf(feature, box)),
    contains: (feature) => boxCovers(box, feature.box) && figureContains(figure, figureOf(feature)),
  };
}
