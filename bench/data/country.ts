/** A synthetic cadastre to look things up in, generated commune by commune as far as it is asked. */
import type { Geometry } from 'geojson';
import { geos } from '../../src/geometry/testing/oracles.ts';
import { boxesMeet, type Box } from '../../src/geometry/lattice.ts';
import { boxOfPaths, shapeOf, type Coordinates, type Shape } from '../../src/geometry/shape.ts';
import { parcellesOf, type Parcelle } from './cadastre.ts';
import { landOf, type Commune } from './communes.ts';

/** Bends of a commune's border stand out of the box of its corners by less than this share of it. */
const MARGIN = 0.05;

function ringText(ring: Coordinates): string {
  const pairs = Array.from({ length: ring.length / 2 }, (_, i) => `${ring[2 * i] ?? 0} ${ring[2 * i + 1] ?? 0}`);
  return `(${pairs.join(',')})`;
}

/** In lattice steps. */
function textOf({ points, polygons }: Shape): string {
  if (points.length > 0) return `POINT ${ringText(points)}`;
  return `MULTIPOLYGON (${polygons.map((rings) => `(${rings.map(ringText).join(',')})`).join(',')})`;
}

function boxOfCommune(seed: number, commune: Commune): Box {
  const { bottom, top } = landOf(seed, commune);
  const corners = [bottom.from, bottom.to, top.from, top.to].flatMap(({ x, y }) => [x, y]);
  const [minX, minY, maxX, maxY] = boxOfPaths([Float64Array.from(corners)]);
  const [mx, my] = [(maxX - minX) * MARGIN, (maxY - minY) * MARGIN];
  return [minX - mx, minY - my, maxX + mx, maxY + my];
}

export class Country {
  readonly #seed: number;
  readonly #communes: readonly { readonly commune: Commune; readonly box: Box }[];
  readonly #generated = new Map<Commune, readonly Parcelle[]>();

  constructor(seed: number, communes: readonly Commune[]) {
    this.#seed = seed;
    this.#communes = communes.map((commune) => ({ commune, box: boxOfCommune(seed, commune) }));
  }

  #parcelles(commune: Commune): readonly Parcelle[] {
    let parcelles = this.#generated.get(commune);
    if (parcelles === undefined) {
      // Neighbouring questions use the same communes; all of a large country would not fit.
      if (this.#generated.size > 60) this.#generated.clear();
      parcelles = [...parcellesOf(this.#seed, commune)];
      this.#generated.set(commune, parcelles);
    }
    return parcelles;
  }

  /** Any parcel of the country, or of some communes, all equally likely. */
  anyParcelle(random: () => number, within?: readonly Commune[]): Parcelle {
    const communes = this.#communes.filter(({ commune }) => within?.includes(commune) ?? true);
    const total = communes.reduce((sum, { commune }) => sum + commune.parcels, 0);
    let number = Math.floor(random() * total);
    for (const { commune } of communes) {
      const parcelle = number < commune.parcels ? this.#parcelles(commune)[number] : undefined;
      if (parcelle !== undefined) return parcelle;
      number -= commune.parcels;
    }
    throw new Error('a country without parcels');
  }

  /** A commune and those around it. */
  blockAround(random: () => number): Commune[] {
    const any = this.#communes[Math.floor(random() * this.#communes.length)]?.commune;
    if (any === undefined) throw new Error('a country without communes');
    return this.#communes
      .map(({ commune }) => commune)
      .filter(({ column, row }) => Math.abs(column - any.column) <= 1 && Math.abs(row - any.row) <= 1);
  }

  middleOf(commune: Commune): Parcelle {
    const parcelles = this.#parcelles(commune);
    const middle = parcelles[parcelles.length >> 1];
    if (middle === undefined) throw new Error('a commune without parcels');
    return middle;
  }

  /** The `idu` of all parcels that share a point with `geom`, sorted. */
  meeting(geom: Geometry): string[] {
    const query = shapeOf(geom);
    const text = textOf(query);
    const near = this.#communes.filter(({ box }) => boxesMeet(box, query.box));
    return near
      .flatMap(({ commune }) => this.#parcelles(commune))
      .filter(({ shape }) => boxesMeet(shape.box, query.box) && geos(text, textOf(shape)).intersects)
      .map(({ properties }) => properties.idu)
      .sort();
  }

  /** The `idu` of all parcels of a commune that have these values, sorted. */
  matching(where: Readonly<Record<string, string>>): string[] {
    const own = this.#communes.filter(({ commune }) => commune.departement + commune.code === where['code_insee']);
    return own
      .flatMap(({ commune }) => this.#parcelles(commune))
      .map(({ properties }) => properties)
      .filter((properties) => Object.entries(where).every(([name, value]) => properties[name] === value))
      .map(({ idu }) => idu)
      .sort();
  }
}
