/**
 * The independent route to an answer: GDAL reads every feature of a file, GEOS tests
 * each on the lattice's integers. No index, no code of ours but the rounding; only of
 * features so large that GEOS would take minutes, the exact predicate stands in for it,
 * which is held against GEOS in tests of its own.
 */
import gdal, { type Geometry } from 'gdal-async';
import type { Geometry as GeoJson, Position } from 'geojson';
import RBush from 'rbush';
import { toLattice, type Box } from '../../src/geometry/lattice.ts';
import { prepare } from '../../src/geometry/prepare.ts';
import { shapeOf, type Shape } from '../../src/geometry/shape.ts';

export interface OracleFeature {
  /** Its place in the file, from 0. */
  readonly position: number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** On the lattice; `null` without a place. */
  readonly geometry: Geometry | null;
  readonly shape: Shape | null;
  readonly geoJson: GeoJson | null;
}

/** GEOS reads a geometry anew for each question. */
const MOST_VERTICES = 1000;

type Coordinates = Position | Coordinates[];

function onLattice(coordinates: Coordinates): Coordinates {
  return coordinates.map((item) =>
    typeof item === 'number' ? toLattice(item) : onLattice(item),
  ) as Coordinates;
}

/** A geometry in degrees, as GEOS sees it on the integers: the members of a collection apart. */
export function latticeGeometries(geoJson: GeoJson): Geometry[] {
  if (geoJson.type === 'GeometryCollection') return geoJson.geometries.flatMap(latticeGeometries);
  const { type, coordinates } = geoJson;
  return [gdal.Geometry.fromGeoJson({ type, coordinates: onLattice(coordinates) })];
}

/** All features of the FlatGeobuf file at `path`. */
export function readAll(path: string): OracleFeature[] {
  const dataset = gdal.open(path);
  try {
    return dataset.layers.get(0).features.map((feature, position) => {
      const geometry = feature.getGeometry();
      const properties = feature.fields.toObject() as OracleFeature['properties'];
      if (geometry === null) return { position, properties, geometry: null, shape: null, geoJson: null };
      const geoJson = geometry.toObject() as GeoJson;
      const [lattice = null] = latticeGeometries(geoJson);
      return { position, properties, geometry: lattice, shape: shapeOf(geoJson), geoJson };
    });
  } finally {
    dataset.close();
  }
}

function isLarge({ points, lines, polygons }: Shape): boolean {
  const vertices = [points, ...lines, ...polygons.flat()].reduce((sum, xy) => sum + xy.length / 2, 0);
  return vertices > MOST_VERTICES;
}

interface Placed {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly feature: OracleFeature & { readonly shape: Shape };
  readonly isLarge: boolean;
}

function corners([minX, minY, maxX, maxY]: Box): Omit<Placed, 'feature' | 'isLarge'> {
  return { minX, minY, maxX, maxY };
}

/** The features of one file, to be asked many questions. */
export class Oracle {
  readonly features: readonly OracleFeature[];
  /** Spares tests of features whose boxes are apart, and nothing else. */
  readonly #boxes = new RBush<Placed>();

  constructor(features: readonly OracleFeature[]) {
    this.features = features;
    this.#boxes.load(
      features.flatMap((feature) => {
        const { shape } = feature;
        return shape === null
          ? []
          : [{ ...corners(shape.box), feature: { ...feature, shape }, isLarge: isLarge(shape) }];
      }),
    );
  }

  /** The places of the features that share a point with `query`, in the order of the file. */
  meeting(query: GeoJson): number[] {
    const asked = shapeOf(query);
    const [parts, prepared] = [latticeGeometries(query), prepare(asked)];
    const isLargeQuery = isLarge(asked);
    return this.#boxes
      .search(corners(asked.box))
      .filter(({ feature: { shape, geometry }, isLarge: isLargeFeature }) =>
        isLargeQuery || isLargeFeature
          ? prepared.intersects(shape)
          : parts.some((part) => geometry?.intersects(part) === true),
      )
      .map(({ feature }) => feature.position)
      .sort((a, b) => a - b);
  }

  /** The places of the features whose properties have all of `values`. */
  having(values: Readonly<Record<string, unknown>>): number[] {
    return this.features
      .filter(({ properties }) => Object.entries(values).every(([name, value]) => properties[name] === value))
      .map(({ position }) => position);
  }
}
