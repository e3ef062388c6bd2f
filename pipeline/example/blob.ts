/**
 * Irregular outlines drawn around a centre: a wood, a hamlet, a hillside of vines.
 * The radius is a function of the angle, so an outline never crosses itself, however
 * many vertices it has.
 */
import type { Random } from './random.ts';
import { onGrid, type Point, type Ring, type Surface } from './ring.ts';

export interface BlobOptions {
  readonly vertices: number;
  /** Share of the radius by which the outline wanders, under 0.5. */
  readonly roughness?: number;
}

/** Waves to a turn: few for the shape, many for the detail. */
const WAVES = [2, 3, 5, 8, 13, 34, 89, 233];

/** A ring of about `radius` metres around `centre`, counter-clockwise. */
export function blob(centre: Point, radius: number, random: Random, options: BlobOptions): Ring {
  const { vertices, roughness = 0.25 } = options;
  const waves = WAVES.filter((k) => k * 4 < vertices).map((k) => ({
    k,
    phase: random.uniform(0, 2 * Math.PI),
    height: (roughness * random.uniform(0.5, 1)) / k,
  }));
  const ring: Point[] = [];
  for (let i = 0; i < vertices; i++) {
    const angle = (2 * Math.PI * i) / vertices;
    const wander = waves.reduce((sum, w) => sum + w.height * Math.cos(w.k * angle + w.phase), 1);
    ring.push(
      onGrid(centre[0] + radius * wander * Math.cos(angle), centre[1] + radius * wander * Math.sin(angle)),
    );
  }
  const [first] = ring;
  return first ? [...ring, first] : ring;
}

export interface GiantOptions {
  /** Vertices of the shell; 65,536 of them weigh a mebibyte in a shapefile. */
  readonly shell: number;
  readonly holes: number;
  /** Vertices of each hole. */
  readonly hole: number;
}

/** Positions that spread evenly over a disc (a sunflower's seeds). */
function seed(centre: Point, radius: number, [i, count]: Point): Point {
  const r = radius * Math.sqrt((i + 0.5) / count);
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  return [centre[0] + r * Math.cos(angle), centre[1] + r * Math.sin(angle)];
}

/** A surface with many holes, heavy enough that no one should fetch it for nothing. */
export function giant(centre: Point, radius: number, random: Random, options: GiantOptions): Surface {
  const shell = blob(centre, radius, random, { vertices: options.shell, roughness: 0.15 });
  const field = radius * 0.65;
  // Half of the mean distance between seeds, less what an outline may wander.
  const holeRadius = (0.32 * field * Math.sqrt(Math.PI)) / Math.sqrt(options.holes);
  const holes = Array.from({ length: options.holes }, (_, i) =>
    blob(seed(centre, field, [i, options.holes]), holeRadius, random, { vertices: options.hole }),
  );
  return [shell, ...holes.map((ring) => [...ring].reverse())];
}
