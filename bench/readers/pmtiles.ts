/**
 * PMTiles as a lookup: the tiles of one zoom that the question meets, decoded, and each
 * feature tested by turf. Inexact by nature: geometries are cut at tiles and rounded to
 * 4,096 steps of one. It finds nothing by attribute.
 */
import { VectorTile } from '@mapbox/vector-tile';
import { booleanIntersects } from '@turf/boolean-intersects';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import { PMTILES, TILE_LAYER, ZOOM } from '../data/peers.ts';
import type { Query } from '../data/queries.ts';
import { GEOMETRIC, type Reader, type Session } from './reader.ts';

function columnOf(lon: number): number {
  return Math.floor(((lon + 180) / 360) * 2 ** ZOOM);
}

function rowOf(lat: number): number {
  const radians = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** ZOOM);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

type Area = Feature<Polygon | MultiPolygon>;

function meets(geom: NonNullable<Query['geom']>, feature: Area): boolean {
  if (geom.type === 'Point') return booleanPointInPolygon(geom.coordinates, feature);
  return booleanIntersects(geom, feature);
}

async function askTile(
  archive: PMTiles,
  x: number,
  y: number,
  geom: NonNullable<Query['geom']>,
  idField: string,
) {
  const tile = await archive.getZxy(ZOOM, x, y);
  const layer = tile === undefined ? undefined : new VectorTile(new PbfReader(tile.data)).layers[TILE_LAYER];
  return range(0, (layer?.length ?? 0) - 1).flatMap((i) => {
    const feature = layer?.feature(i);
    if (feature === undefined || !meets(geom, feature.toGeoJSON(x, y, ZOOM) as Area)) return [];
    return [String(feature.properties[idField])];
  });
}

async function ask(archive: PMTiles, { geom }: Query, idField: string): Promise<string[]> {
  if (geom === undefined) throw new Error('tiles are asked by place');
  const [west, south, east, north] = boxToDegrees(shapeOf(geom).box);
  const places = range(columnOf(west), columnOf(east)).flatMap((x) =>
    range(rowOf(north), rowOf(south)).map((y) => [x, y] as const),
  );
  const found = await Promise.all(places.map(([x, y]) => askTile(archive, x, y, geom, idField)));
  return [...new Set(found.flat())];
}

function session(address: string, idField: string): Session {
  const archive = new PMTiles(address);
  return {
    warm: async () => {
      await archive.getHeader();
    },
    ask: (query) => ask(archive, query, idField),
  };
}

export function pmtiles(idField: string): Reader {
  return {
    name: 'pmtiles z14',
    kinds: GEOMETRIC,
    open: (address) => session(`${address}/pmtiles/${PMTILES}`, idField),
  };
}
