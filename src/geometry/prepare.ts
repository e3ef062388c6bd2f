/**
 * A query shape made ready once and asked about many features: its edges are read and
 * put in trees here, not again for each feature.
 */
import { figureOf } from './figure.ts';
import { figuresMeet } from './intersects.ts';
import { boxesMeet, type Box } from './lattice.ts';
import { meetsBox, meetsLocally } from './local/meet.ts';
import type { LocalPart } from './local/part.ts';
import type { Shape } from './shape.ts';

export interface Prepared {
  /** As `intersects(query, feature)`. */
  intersects(feature: Shape): boolean;
  /** Whether the query shares a point with a feature, of which a closed cell knows `parts`: see `meetsLocally`. */
  meetsLocally(parts: readonly LocalPart[], cell: Box): boolean;
  /** Whether the query shares a point with a closed box, in lattice steps. */
  meetsBox(box: Box): boolean;
}

/**
 * Makes `query` ready. Its coordinates are read again by every answer: they must stay as
 * they are.
 */
export function prepare(query: Shape): Prepared {
  const figure = figureOf(query);
  const { box } = query;
  return {
    intersects: (feature) => boxesMeet(box, feature.box) && figuresMeet(figure, figureOf(feature)),
    meetsLocally: (parts, cell) => meetsLocally(figure, parts, cell),
    meetsBox: (box) => meetsBox(figure, box),
  };
}
