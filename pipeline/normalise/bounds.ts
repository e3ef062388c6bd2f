/**
 * Where coordinates may lie: the boxes of the territories, in degrees with a margin
 * of about ten kilometres. They catch a wrong coordinate system, not a wrong address.
 */
import { boxToDegrees, toLattice, type Box } from '../../src/geometry/lattice.ts';

/** From the extents of IGN's own projections (EPSG registry, areas of use). */
const TERRITORIES = {
  FXX: [-5.7, 41.2, 9.8, 51.3],
  '971': [-61.95, 15.7, -60.9, 16.7],
  '972': [-61.35, 14.25, -60.7, 15.0],
  '973': [-54.8, 2.0, -51.4, 5.95],
  '974': [55.1, -21.5, 55.95, -20.75],
  '975': [-56.6, 46.65, -56.0, 47.25],
  '976': [44.9, -13.15, 45.4, -12.5],
  '977': [-63.0, 17.8, -62.7, 18.05],
  '978': [-63.25, 17.95, -62.9, 18.2],
} as const satisfies Record<string, Box>;

export type Territory = keyof typeof TERRITORIES;

export interface Bounds {
  readonly name: string;
  /** On the lattice. */
  readonly boxes: readonly Box[];
}

function isTerritory(name: string): name is Territory {
  return Object.hasOwn(TERRITORIES, name);
}

function toLatticeBox([minX, minY, maxX, maxY]: Box): Box {
  return [toLattice(minX), toLattice(minY), toLattice(maxX), toLattice(maxY)];
}

/** The bounds of a territory, of a département, or of all (`france`); nothing for another name. */
export function findBounds(name: string): Bounds | null {
  if (name === 'france') {
    return { name: 'France', boxes: Object.values(TERRITORIES).map((box) => toLatticeBox(box)) };
  }
  const territory = /^(\d\d|2[AB])$/.test(name) ? 'FXX' : name;
  if (!isTerritory(territory)) return null;
  const words = territory === 'FXX' ? 'metropolitan France' : `département ${territory}`;
  return { name: words, boxes: [toLatticeBox(TERRITORIES[territory])] };
}

function inside(box: Box, outer: Box): boolean {
  return box[0] >= outer[0] && box[1] >= outer[1] && box[2] <= outer[2] && box[3] <= outer[3];
}

/** What is wrong with the place of a box (on the lattice); `null` when it lies inside. */
export function misplaced(box: Box, bounds: Bounds): string | null {
  if (bounds.boxes.some((outer) => inside(box, outer))) return null;
  const swapped: Box = [box[1], box[0], box[3], box[2]];
  if (bounds.boxes.some((outer) => inside(swapped, outer))) {
    return `outside ${bounds.name}: looks like latitude and longitude swapped`;
  }
  const [lon, lat] = boxToDegrees(box);
  const metres = Math.abs(lon) > 180 || Math.abs(lat) > 90;
  return metres
    ? `outside ${bounds.name}: looks like metres of a projection, taken for degrees`
    : `outside ${bounds.name}: near ${lon.toFixed(4)}, ${lat.toFixed(4)}`;
}
