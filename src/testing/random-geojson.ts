/** GeoJSON made up at random: much of it right, much of it wrong in every way that people get it wrong. */

type Random = () => number;

/** Whatever stands where something else should. */
const SCALARS = JSON.parse(
  '[null, true, false, 0, 1, 2.5, -1, "", "a", "1", [], {}, [1], [1, 2], [[1, 2]], [null]]',
) as readonly unknown[];
const TYPES =
  'Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection Feature FeatureCollection point POLYGON Circle feature'.split(
    ' ',
  );
const BOXES = JSON.parse(
  '[[1, 2, 3, 4], [1, 2, 3, 4, 5, 6], [1, 2], "x", 1, [1, 2, 3, "4"], null, {}, 0]',
) as readonly unknown[];
const STRANGERS = 'properties geometry features coordinates crs id extra geometries'.split(' ');

class Maker {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  /** What `make` makes, now and then something else. */
  #usually(make: () => unknown): unknown {
    return this.#random() < 0.05 ? this.#pick(SCALARS) : make();
  }

  #list(lengths: readonly number[], make: () => unknown): unknown {
    return this.#usually(() => Array.from({ length: this.#pick(lengths) }, make));
  }

  #position(): unknown {
    return this.#list([2, 2, 2, 2, 3, 1, 0, 4], () => this.#usually(() => this.#pick([1, 2, 3, 4.5])));
  }

  #line(): unknown {
    return this.#list([0, 1, 2, 3], () => this.#position());
  }

  #ring(): unknown {
    const ring = this.#list([0, 2, 3, 3, 4], () => this.#position());
    if (!Array.isArray(ring) || this.#random() < 0.2) return ring;
    return [...(ring as unknown[]), this.#random() < 0.1 ? [9, 9] : ring[0]];
  }

  #coordinates(type: string): unknown {
    const rings = () => this.#list([0, 1, 1, 2], () => this.#ring());
    if (/multipolygon/i.test(type)) return this.#list([0, 1, 2], rings);
    if (/polygon/i.test(type)) return rings();
    if (type === 'MultiLineString') return this.#list([0, 1, 2], () => this.#line());
    return type === 'MultiPoint' || type === 'LineString' ? this.#line() : this.#position();
  }

  #members(type: string, depth: number): Record<string, unknown> {
    const inner = () => (depth > 2 ? this.#pick(SCALARS) : this.object(depth + 1));
    if (type === 'GeometryCollection') return { geometries: this.#list([0, 1, 2, 3], inner) };
    if (type === 'FeatureCollection') return { features: this.#list([0, 1, 2], inner) };
    if (!/feature/i.test(type)) return { coordinates: this.#coordinates(type) };
    return { properties: this.#usually(() => ({})), geometry: this.#pick([null, inner(), inner()]) };
  }

  object(depth = 0): unknown {
    return this.#usually(() => {
      const type = this.#pick(TYPES);
      const made: Record<string, unknown> = { type, ...this.#members(type, depth) };
      if (this.#random() < 0.1) made['bbox'] = this.#pick(BOXES);
      if (this.#random() < 0.1) made[this.#pick(STRANGERS)] = this.#pick(SCALARS);
      const missing = this.#pick(Object.keys(made));
      return this.#random() < 0.05
        ? Object.fromEntries(Object.entries(made).filter(([name]) => name !== missing))
        : made;
    });
  }
}

/** As an object, as its text, or as a text that is broken somewhere. */
export function randomGeojson(random: Random): unknown {
  const value = new Maker(random).object();
  if (random() < 0.4) return value;
  const text = JSON.stringify(value);
  const at = Math.floor(random() * text.length);
  if (random() < 0.7) return text;
  const token =
    [',', '}', ']', '"', ' ', '\n', '\\', '1', '{', 'é', '\u0000', '-', "'"][Math.floor(random() * 13)] ?? '';
  return text.slice(0, at) + token + text.slice(random() < 0.5 ? at : at + 1);
}
