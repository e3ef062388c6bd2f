/** Random geometries on the lattice for tests, each simple: stars, zigzags, points. */
import type { MultiLineString, MultiPoint, MultiPolygon, Position } from 'geojson';
import { toDegrees, toLattice, type Box } from '../geometry/lattice.ts';
import type { TestFeature } from './tree.ts';

type Random = () => number;

/** On the lattice, as everything that is published. */
function position(x: number, y: number): Position {
  return [toDegrees(toLattice(x)), toDegrees(toLattice(y))];
}

export function randomPosition(random: Random, [minX, minY, maxX, maxY]: Box): Position {
  return position(minX + random() * (maxX - minX), minY + random() * (maxY - minY));
}

/** A ring around a centre that never crosses itself. */
export function star(random: Random, [x = 0, y = 0]: Position, radius: number, corners: number): Position[] {
  const ring = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    const reach = radius * (0.5 + random() / 2);
    return position(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  });
  return [...ring, ...ring.slice(0, 1)];
}

/** A star, every third one with a hole in it. */
export function randomPolygon(random: Random, box: Box, radius: number): MultiPolygon {
  const centre = randomPosition(random, box);
  const shell = star(random, centre, radius, 5 + Math.floor(random() * 8));
  const hole = random() < 1 / 3 ? [star(random, centre, radius / 3, 4).reverse()] : [];
  return { type: 'MultiPolygon', coordinates: [[shell, ...hole]] };
}

export function randomLine(random: Random, box: Box, reach: number): MultiLineString {
  const [x = 0, y = 0] = randomPosition(random, box);
  const lines = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
      position(x + random() * reach, y + random() * reach),
    ),
  );
  return { type: 'MultiLineString', coordinates: lines };
}

export function randomPoints(random: Random, box: Box): MultiPoint {
  const count = 1 + Math.floor(random() * 3);
  return {
    type: 'MultiPoint',
    coordinates: Array.from({ length: count }, () => randomPosition(random, box)),
  };
}

/** `count` parcels of a commune, numbered one after the other in sections of a hundred. */
export function parcelles(random: Random, codeInsee: string, codeArr: string, box: Box, count: number) {
  const [codeDep, codeCom] = [codeInsee.slice(0, 2), codeInsee.slice(2)];
  return Array.from({ length: count }, (_, i): TestFeature => {
    const section = `A${String.fromCharCode(65 + Math.floor(i / 100))}`;
    const numero = String((i % 100) + 1).padStart(4, '0');
    const commune = codeArr === '000' ? codeCom : codeArr;
    const properties = {
      gid: i,
      numero,
      feuille: 1,
      section,
      code_dep: codeDep,
      nom_com: i % 7 === 0 ? null : `Œuilly ${codeInsee}`,
      code_com: codeCom,
      com_abs: '000',
      code_arr: codeArr,
      idu: `${codeDep}${commune}000${section}${numero}`,
      contenance: i % 5 === 0 ? null : 18_560_911_142 + i,
      code_insee: codeInsee,
    };
    return { properties, geometry: randomPolygon(random, box, 0.01) };
  });
}

export const PARCELLE_FIELDS =
  'gid:integer numero feuille:integer section code_dep nom_com code_com com_abs code_arr idu contenance:integer code_insee';
