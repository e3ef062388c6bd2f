/**
 * The independent route to an answer: GDAL reads every feature of a file, GEOS tests
 * each on the lattice's integers. No index, no code of ours but the rounding.
 */
import gdal, { type Envelope, type Geometry } from 'gdal-async';
import { toLattice } from '../../src/geometry/lattice.ts';
import type { Geometry as GeoJson, Position } from 'geojson';

export interface OracleFeature {
  /** Its place in the file, from 0. */
  readonly position: number;
  /** On the lattice; `null` without a place. */
  readonly geometry: Geometry | null;
  readonly envelope: Envelope | null;
  readonly geoJson: GeoJson | null;
}

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
      if (geometry === null) return { position, geometry: null, envelope: null, geoJson: null };
      const geoJson = geometry.toObject() as GeoJson;
      const [lattice = null] = latticeGeometries(geoJson);
      return { position, geometry: lattice, envelope: lattice?.getEnvelope() ?? null, geoJson };
    });
  } finally {
    dataset.close();
  }
}

/** GEOS tests envelopes first too; testing them here spares most of the calls. */
function meets(a: Envelope, b: Envelope): boolean {
  return a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY;
}

/** The places of the features that share a point with `query`, by brute force. */
export function bruteForce(features: readonly OracleFeature[], query: GeoJson): number[] {
  const parts = latticeGeometries(query).map((geometry) => ({ geometry, envelope: geometry.getEnvelope() }));
  const hits = ({ geometry, envelope }: OracleFeature): boolean =>
    geometry !== null &&
    envelope !== null &&
    parts.some((part) => meets(envelope, part.envelope) && geometry.intersects(part.geometry));
  return features.filter(hits).map(({ position }) => position);
}
