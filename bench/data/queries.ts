/**
 * Seeded questions to a synthetic cadastre, with their right answers: GEOS says them, on
 * integers, about all parcels of the communes near the question. Points are weighted by
 * parcels, as clicks are; one in ten lies on a vertex that neighbours share.
 */
import type { Geometry } from 'geojson';
import { LATTICE, toDegrees, toLattice } from '../../src/geometry/lattice.ts';
import { communesOf, type Commune } from './communes.ts';
import { Country } from './country.ts';
import { between, noiseAt } from './noise.ts';
import { boxAround, insideOf, polygonAround, vertexOf, type Place } from './places.ts';

export type Kind = 'point' | 'polygon' | 'box' | 'id' | 'section' | 'commune';

export interface Query {
  readonly kind: Kind;
  readonly geom?: Geometry;
  /** Attributes by exact equality. */
  readonly where?: Readonly<Record<string, string>>;
  /** The `idu` of the right features, sorted; `null` for questions that only warm up. */
  readonly expected: readonly string[] | null;
}

/** Asked of one reader that stays: the first ones, which are not counted, then the others. */
export interface Group {
  readonly before: readonly Query[];
  readonly queries: readonly Query[];
}

export interface QuerySets {
  /** Anywhere, each for itself. */
  readonly anywhere: Readonly<Record<Kind, readonly Query[]>>;
  /**
   * Places: within three by three communes, of each of which something was asked before.
   * Ids: in the same hundred of a section as the one asked before.
   */
  readonly sameRegion: Readonly<Record<'point' | 'polygon' | 'box' | 'id', readonly Group[]>>;
  /** Points within 200 m of the one asked before. */
  readonly nearby: readonly Group[];
}

/** Metres in lattice steps, north. */
const METRE = LATTICE / 111_200;
const NEAR_METRES = 200;
const CLICKS = 5;

class Asker {
  readonly #country: Country;
  readonly #seed: number;

  constructor(country: Country, seed: number) {
    this.#country = country;
    this.#seed = seed;
  }

  #place(query: Omit<Query, 'expected'> & { readonly geom: Geometry }): Query {
    return { ...query, expected: this.#country.meeting(query.geom) };
  }

  at(kind: 'point' | 'polygon' | 'box', place: Place, random: () => number): Query {
    switch (kind) {
      case 'point':
        return this.#place({ kind, geom: { type: 'Point', coordinates: [...place] } });
      case 'polygon':
        return this.#place({ kind, geom: polygonAround(place, between(random, 20, 80), random) });
      case 'box':
        return this.#place({ kind, geom: boxAround(place, 250) });
    }
  }

  geometric(kind: 'point' | 'polygon' | 'box', number: number, within?: readonly Commune[]): Query {
    const random = noiseAt(this.#seed, kind.length, number);
    const parcelle = this.#country.anyParcelle(random, within);
    const isOnVertex = kind === 'point' && number % 10 === 9;
    return this.at(kind, (isOnVertex ? vertexOf : insideOf)(parcelle.shape, random), random);
  }

  byId(number: number): Query {
    const { idu } = this.#country.anyParcelle(noiseAt(this.#seed, 7, number)).properties;
    return { kind: 'id', where: { idu }, expected: [idu] };
  }

  byPrefix(kind: 'section' | 'commune', number: number): Query {
    const { properties } = this.#country.anyParcelle(noiseAt(this.#seed, 8, number));
    const where = { code_insee: String(properties['code_insee']) };
    const section = { ...where, section: String(properties['section']) };
    const wanted = kind === 'section' ? section : where;
    return { kind, where: wanted, expected: this.#country.matching(wanted) };
  }

  region(kind: 'point' | 'polygon' | 'box', number: number, count: number): Group {
    const block = this.#country.blockAround(noiseAt(this.#seed, 9, number));
    const before = block.map((commune): Query => {
      const { shape } = this.#country.middleOf(commune);
      const geom: Geometry = { type: 'Point', coordinates: [...insideOf(shape, noiseAt(1))] };
      return { kind: 'point', geom, expected: null };
    });
    const queries = Array.from({ length: count }, (_, i) =>
      this.geometric(kind, 1000 * (number + 1) + i, block),
    );
    return { before, queries };
  }

  hundred(number: number): Group {
    const { idu } = this.#country.anyParcelle(noiseAt(this.#seed, 10, number)).properties;
    const ids = this.#country.matching({ code_insee: idu.slice(0, 5), section: idu.slice(8, 10) });
    const others = ids.filter((id) => id !== idu && id.startsWith(idu.slice(0, 12))).slice(0, CLICKS);
    const ask = (id: string): Query => ({ kind: 'id', where: { idu: id }, expected: [id] });
    return { before: [ask(idu)], queries: others.map(ask) };
  }

  clicks(number: number): Group {
    const random = noiseAt(this.#seed, 11, number);
    const start = insideOf(this.#country.anyParcelle(random).shape, random);
    const queries = Array.from({ length: CLICKS }, () => {
      const [angle, metres] = [2 * Math.PI * random(), NEAR_METRES * Math.sqrt(random())];
      const x = toLattice(start[0]) + Math.round(1.45 * metres * METRE * Math.cos(angle));
      const y = toLattice(start[1]) + Math.round(metres * METRE * Math.sin(angle));
      return this.at('point', [toDegrees(x), toDegrees(y)], random);
    });
    return { before: [this.at('point', start, random)], queries };
  }
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** The questions to a cadastre of `size` parcels, `count` of each kind. */
export function queriesOf(seed: number, size: number, count: number): QuerySets {
  const asker = new Asker(new Country(seed, communesOf(seed, size)), seed);
  const groups = Math.min(10, count);
  const region = (kind: 'point' | 'polygon' | 'box'): Group[] =>
    times(groups, (i) => asker.region(kind, i, Math.ceil(count / groups)));
  return {
    anywhere: {
      point: times(count, (i) => asker.geometric('point', i)),
      polygon: times(count, (i) => asker.geometric('polygon', i)),
      box: times(count, (i) => asker.geometric('box', i)),
      id: times(count, (i) => asker.byId(i)),
      section: times(count, (i) => asker.byPrefix('section', i)),
      commune: times(Math.ceil(count / 10), (i) => asker.byPrefix('commune', i)),
    },
    sameRegion: {
      point: region('point'),
      polygon: region('polygon'),
      box: region('box'),
      id: times(Math.ceil(count / CLICKS), (i) => asker.hundred(i)),
    },
    nearby: times(Math.ceil(count / CLICKS), (i) => asker.clicks(i)),
  };
}
