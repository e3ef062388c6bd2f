/**
 * Features of a megabyte and more that overlap each other: half of them one ragged
 * polygon with a hole, as the zones of large plans are, half thousands of plots over a
 * whole region, as appellations are. Same seed, same features.
 */
import { LATTICE } from '../../src/geometry/lattice.ts';
import { boxOfPaths, type Coordinates, type Rings, type Shape } from '../../src/geometry/shape.ts';
import { between, noiseAt } from './noise.ts';
import type { BenchFeature } from './spools.ts';

type Centre = readonly [x: number, y: number];

/** Waves of a ragged border: each of a frequency, a height relative to the radius, and a phase. */
function waves(random: () => number): { frequency: number; height: number; phase: number }[] {
  return Array.from({ length: 9 }, (_, octave) => ({
    frequency: Math.round(between(random, 2, 4) * 3 ** octave),
    height: 0.16 * between(random, 0.5, 1) * 0.55 ** octave,
    phase: between(random, 0, 2 * Math.PI),
  }));
}

/** A closed ring around `centre` that a ray from there meets once. */
function raggedRing(random: () => number, centre: Centre, radius: number, vertices: number): Coordinates {
  const parts = waves(random);
  const ring = new Float64Array(2 * vertices + 2);
  for (let i = 0; i < vertices; i++) {
    const angle = (2 * Math.PI * i) / vertices;
    const ripple = parts.reduce((sum, { frequency, height, phase }) => {
      return sum + height * Math.sin(frequency * angle + phase);
    }, 1);
    ring[2 * i] = Math.round(centre[0] + radius * ripple * Math.cos(angle));
    ring[2 * i + 1] = Math.round(centre[1] + radius * ripple * Math.sin(angle));
  }
  ring.copyWithin(2 * vertices, 0, 2);
  return ring;
}

function zone(random: () => number, centre: Centre): Rings[] {
  const radius = between(random, 0.1, 0.35) * LATTICE;
  const vertices = Math.round(between(random, 75_000, 120_000));
  const hole = raggedRing(random, centre, radius / 6, 4_000).reverse();
  // Reversed pairs: back to x before y.
  for (let i = 0; i < hole.length; i += 2) hole.subarray(i, i + 2).reverse();
  return [[raggedRing(random, centre, radius, vertices), hole]];
}

/** Plots on a loose grid around the centre, none touching another. */
function plots(random: () => number, centre: Centre): Rings[] {
  const side = Math.round(between(random, 55, 75));
  const step = (between(random, 0.2, 0.6) * LATTICE) / side;
  return Array.from({ length: side * side }, (_, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    const x = centre[0] + (column - side / 2) * step;
    const y = centre[1] + (row - side / 2) * step;
    return [raggedRing(random, [x, y], between(random, 0.15, 0.3) * step, 22)];
  });
}

const FIELDS = ['appellation', 'denomination', 'nomcom', 'crinao'];

function feature(seed: number, i: number): BenchFeature {
  const random = noiseAt(seed, 6, i);
  const centre: Centre = [between(random, 4, 5.4) * LATTICE, between(random, 46.4, 47.6) * LATTICE];
  const polygons = i % 2 === 0 ? zone(random, centre) : plots(random, centre);
  const box = boxOfPaths(polygons.flat());
  const texts = Object.fromEntries(FIELDS.map((name) => [name, `${name} ${i % 40}`]));
  const id = `1-${i}-21${String(i).padStart(3, '0')}`;
  const properties = { ...texts, idapp: String(i), id_uni: id, segment: '1', granularite: 'exacte' };
  const shape: Shape = { points: new Float64Array(0), lines: [], polygons, box };
  return { partition: 'france', id, properties: { ...properties, instruction_obligatoire: false }, shape };
}

/** `count` of them. */
export function* bigFeatures(seed: number, count: number): Generator<BenchFeature> {
  for (let i = 0; i < count; i++) yield feature(seed, i);
}
