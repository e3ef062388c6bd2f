/**
 * Seeded query geometries around given features: where answers go wrong is on vertices,
 * on edges and along shared borders, so that is where most of them lie.
 */
import type { Geometry, Position } from 'geojson';
import { toDegrees, toLattice } from '../../src/geometry/lattice.ts';

export type Random = () => number;

function positionsOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf);
  }
}

/** Makes query geometries around `features`, all coordinates on the lattice. */
export class QueryMaker {
  readonly #features: readonly Geometry[];
  readonly #random: Random;

  constructor(features: readonly Geometry[], random: Random) {
    this.#features = features;
    this.#random = random;
  }

  /** The `n`-th query: kinds take turns. */
  make(n: number): Geometry {
    const kinds = [
      () => this.#point(this.#inside()),
      () => this.#point(this.#vertex()),
      () => this.#point(this.#edgeMidpoint()),
      () => this.#point(this.#stepOff(this.#edgeMidpoint())),
      () => this.#point(this.#stepOff(this.#vertex())),
      () => this.#box(),
      () => this.#border(),
      () => this.#whole(),
      () => ({ type: 'Polygon' as const, coordinates: this.#ring(this.#vertex()) }),
      () => this.#line(),
      () => this.#multi(),
      () => this.#collection(),
    ];
    return (kinds[n % kinds.length] ?? (() => this.#box()))();
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  #part(): Position[] {
    return this.#pick(positionsOf(this.#pick(this.#features)).filter((part) => part.length > 0));
  }

  #vertex(): Position {
    return this.#pick(this.#part());
  }

  #edge(): [Position, Position] {
    const part = this.#part();
    const i = Math.floor(this.#random() * Math.max(part.length - 1, 1));
    const a = part[i] ?? this.#vertex();
    return [a, part[i + 1] ?? a];
  }

  /** The lattice point nearest to the middle of an edge: on it, or one step off. */
  #edgeMidpoint(): Position {
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = this.#edge();
    return this.#snap((ax + bx) / 2, (ay + by) / 2);
  }

  /** One step of the lattice beside `position`, or two, in any direction. */
  #stepOff([x = 0, y = 0]: Position): Position {
    const step = (): number => Math.floor(5 * this.#random()) - 2;
    return [toDegrees(toLattice(x) + step()), toDegrees(toLattice(y) + step())];
  }

  /** A stretch of a feature's own boundary, which its neighbour may share. */
  #border(): Geometry {
    const part = this.#part();
    const start = Math.floor(this.#random() * Math.max(part.length - 2, 1));
    const stretch = part.slice(start, start + 2 + Math.floor(3 * this.#random()));
    const [a = this.#vertex(), b = a] = stretch;
    const isPoint = stretch.every(([x, y]) => x === a[0] && y === a[1]);
    return isPoint
      ? { type: 'LineString', coordinates: [a, this.#other(b)] }
      : { type: 'LineString', coordinates: stretch };
  }

  /** A feature itself: all its neighbours touch it. A small one, that GEOS answers in time. */
  #whole(): Geometry {
    const feature = this.#pick(this.#features);
    const vertices = positionsOf(feature).reduce((sum, part) => sum + part.length, 0);
    return vertices <= 200 ? feature : this.#box();
  }

  /** Between two vertices of one feature: mostly inside it, in a hole, or just outside. */
  #inside(): Position {
    const part = this.#part();
    const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [this.#pick(part), this.#pick(part)];
    const t = 0.2 + 0.6 * this.#random();
    return this.#snap(ax + (bx - ax) * t, ay + (by - ay) * t);
  }

  #snap(x: number, y: number): Position {
    return [toDegrees(toLattice(x)), toDegrees(toLattice(y))];
  }

  #point(coordinates: Position): Geometry {
    return { type: 'Point', coordinates };
  }

  /** From tens of metres to tens of kilometres. */
  #reach(): number {
    return 10 ** (-4 + 3.5 * this.#random());
  }

  #box(): Geometry {
    const [x = 0, y = 0] = this.#vertex();
    const [w, h] = [this.#reach(), this.#reach()];
    const corners: [number, number][] = [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
      [0, 0],
    ];
    return { type: 'Polygon', coordinates: [corners.map(([dx, dy]) => this.#snap(x + dx, y + dy))] };
  }

  /** An octagon with an octagonal hole: features in the hole do not count. */
  #ring(centre: Position): Position[][] {
    const radius = this.#reach();
    return [this.#octagon(centre, radius), this.#octagon(centre, radius * 0.7).reverse()];
  }

  #octagon([x = 0, y = 0]: Position, radius: number): Position[] {
    const corners = Array.from({ length: 8 }, (_, i) =>
      this.#snap(x + radius * Math.cos((i * Math.PI) / 4), y + radius * Math.sin((i * Math.PI) / 4)),
    );
    return [...corners, ...corners.slice(0, 1)];
  }

  /** An octagon with a hole, and in the hole another one: valid, where overlapping parts are not. */
  #rings(): Position[][][] {
    const centre = this.#inside();
    const radius = this.#reach();
    const octagon = (share: number): Position[] => this.#octagon(centre, radius * share);
    return [[octagon(1), octagon(0.7).reverse()], [octagon(0.4)]];
  }

  #line(): Geometry {
    const [a, b] = this.#edge();
    return { type: 'LineString', coordinates: [a, b, this.#other(b)] };
  }

  /** From a point to somewhere else: GEOS takes a line without length for invalid. */
  #lineFrom(a: Position): Position[] {
    return [a, this.#other(a)];
  }

  /** A vertex that is not `a`; beside `a` in a layer of one point. */
  #other([x = 0, y = 0]: Position): Position {
    const vertex = this.#vertex();
    return vertex[0] === x && vertex[1] === y ? this.#snap(x + this.#reach(), y) : vertex;
  }

  #multi(): Geometry {
    const kind = Math.floor(this.#random() * 3);
    if (kind === 0)
      return { type: 'MultiPoint', coordinates: [this.#vertex(), this.#inside(), this.#edgeMidpoint()] };
    if (kind === 1)
      return {
        type: 'MultiLineString',
        coordinates: [this.#lineFrom(this.#vertex()), this.#lineFrom(this.#inside())],
      };
    return { type: 'MultiPolygon', coordinates: this.#rings() };
  }

  #collection(): Geometry {
    return {
      type: 'GeometryCollection',
      geometries: [this.#point(this.#inside()), this.#line(), this.#box()],
    };
  }
}
