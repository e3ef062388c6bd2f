/**
 * Which partitions of a layer a question concerns, and whether they cover its place.
 * Refuses to leave one out unless its box or its name proves that it holds no match.
 */
import RBush from 'rbush';
import type { Layer, Partition } from '../format/catalogue.ts';
import { boxToDegrees, type Box } from '../geometry/lattice.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import type { Question } from './parameters.ts';

/**
 * The box of a question in degrees, a step of the lattice wider on each side: doubles
 * that round to one lattice point must meet. The exact test decides.
 */
export function searchBox(box: Box): Box {
  const [minX, minY, maxX, maxY] = box;
  return boxToDegrees([minX - 1, minY - 1, maxX + 1, maxY + 1]);
}

/** `21`, `2A`, `974`: what partitions are called when each is a département. */
const DEPARTEMENT = /^(\d{2,3}|2[AB])$/;

function mayHold(partition: Partition, departement: string | null): boolean {
  const { id } = partition;
  if (departement === null || !DEPARTEMENT.test(id)) return true;
  // `97` stands for all of overseas, on either side.
  return id.startsWith(departement) || departement.startsWith(id);
}

function coverageByName(named: readonly Partition[], departement: string | null): Coverage {
  if (departement === null) return 'unknown';
  if (named.length === 0) return 'outside';
  return named.some(({ id }) => DEPARTEMENT.test(id)) ? 'inside' : 'unknown';
}

interface Placed {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly partition: Partition;
}

/** The partitions that a question concerns, in the catalogue's order. */
export interface Selection {
  readonly partitions: readonly Partition[];
  readonly coverage: Coverage;
}

/** The partitions of one layer, found by place and by name. */
export class PartitionIndex {
  readonly #partitions: readonly Partition[];
  readonly #boxes = new RBush<Placed>();

  constructor(layer: Layer) {
    this.#partitions = layer.partitions;
    this.#boxes.load(
      layer.partitions.flatMap((partition) => {
        if (partition.bbox === null) return [];
        const [minX, minY, maxX, maxY] = partition.bbox;
        return [{ minX, minY, maxX, maxY, partition }];
      }),
    );
  }

  select({ shape, departement }: Pick<Question, 'shape' | 'departement'>): Selection {
    const named = this.#partitions.filter((partition) => mayHold(partition, departement));
    if (shape === null) {
      return { partitions: named, coverage: coverageByName(named, departement) };
    }
    const covered = named.flatMap(({ coverage }) => coverage);
    const [minX, minY, maxX, maxY] = searchBox(shape.box);
    const meeting = new Set(this.#boxes.search({ minX, minY, maxX, maxY }).map(({ partition }) => partition));
    return {
      partitions: named.filter((partition) => meeting.has(partition)),
      coverage: coverageOf(boxToDegrees(shape.box), covered),
    };
  }
}
