/**
 * Questions that a tree answers, found in the tree itself: for each layer a place where it
 * has a feature, one where several modules have something to say, a postal code. What is
 * not in the tree has no example.
 */
import gdal from 'gdal-async';
import type { Geometry, Point, Position } from 'geojson';
import { z } from 'zod';
import { pointsWithin } from '../../src/api/answer/inside.ts';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { openCarto, type Carto } from '../../src/index.ts';
import type { UnpublishedTree } from '../build/unpublished-tree.ts';

export interface Examples {
  /** By layer. */
  readonly places: Readonly<Record<string, Point>>;
  /** Where as many as possible of AOC, parcels and zones answer. */
  readonly place: Point | null;
  readonly codePostal: string | null;
}

/** How many features are tried before less is good enough. */
const MOST_TRIED = 40;
const TOLD = ['aoc/appellation-viticole', 'cadastre/parcelle', 'gpu/zone-urba'];
const CODES_POSTAUX = 'codes-postaux/communes';

/** The geometries of the first features of the file at `path`, in `box` where there is one. */
function* geometriesIn(path: string, box: Box | null = null): Generator<Geometry> {
  const dataset = gdal.open(path);
  try {
    const layer = dataset.layers.get(0);
    if (box !== null) layer.setSpatialFilter(...box);
    let tried = 0;
    for (const feature of layer.features) {
      const geometry = feature.getGeometry();
      if (geometry !== null) yield JSON.parse(geometry.toJSON()) as Geometry;
      if (++tried === MOST_TRIED) break;
    }
  } finally {
    dataset.close();
  }
}

/** To a tenth of a metre: an address that people can read. */
function rounded([lon = 0, lat = 0]: Position): Point {
  return { type: 'Point', coordinates: [Number(lon.toFixed(6)), Number(lat.toFixed(6))] };
}

/** The first vertex, which features share a point with too. */
function vertexOf(geometry: Geometry): Point | null {
  let found: unknown = 'coordinates' in geometry ? geometry.coordinates : null;
  while (Array.isArray(found) && Array.isArray(found[0])) found = found[0];
  return Array.isArray(found) && found.length > 1 ? { type: 'Point', coordinates: found as Position } : null;
}

function placesIn(geometry: Geometry): Point[] {
  const inside = pointsWithin(geometry)?.coordinates ?? [];
  const middle = inside[Math.floor(inside.length / 2)];
  const vertex = vertexOf(geometry);
  return [...(middle === undefined ? [] : [rounded(middle)]), ...(vertex === null ? [] : [vertex])];
}

async function answers(carto: Carto, layer: string, geom: Point): Promise<boolean> {
  if (carto.catalogue.layers[layer] === undefined) return false;
  const { features } = await carto.query(layer, { geom, limit: 1, geometry: false });
  return features.length > 0;
}

/** A place where `layer` has a feature. */
async function placeOf(carto: Carto, name: string, layer: ManifestLayer, tree: UnpublishedTree) {
  const [first] = layer.partitions;
  if (first === undefined || layer.geometry === null) return null;
  for (const geometry of geometriesIn(tree.locate(first.file.path))) {
    for (const place of placesIn(geometry)) if (await answers(carto, name, place)) return place;
  }
  return null;
}

/**
 * The place where most of the told layers answer. Appellations are told for all of France:
 * what is asked for is where there are parcels.
 */
async function sharedPlace(carto: Carto, { layers }: Manifest, tree: UnpublishedTree): Promise<Point | null> {
  const told = TOLD.filter((name) => name in layers);
  const box = layers['cadastre/parcelle']?.partitions[0]?.bbox ?? null;
  let [best, most]: [Point | null, number] = [null, 0];
  for (const name of told) {
    const file = layers[name]?.partitions[0]?.file;
    for (const geometry of file === undefined ? [] : geometriesIn(tree.locate(file.path), box)) {
      const [place] = placesIn(geometry);
      if (place === undefined) continue;
      const found = await Promise.all(told.map((other) => answers(carto, other, place)));
      const count = found.filter(Boolean).length;
      if (count > most) [best, most] = [place, count];
      if (most === told.length) return best;
    }
  }
  return best;
}

const ROWS = z.array(z.object({ codePostal: z.string(), codeCommune: z.string() }));

/** The postal code of the commune at `place`, or else the first one. */
async function codePostalOf(carto: Carto, { layers }: Manifest, tree: UnpublishedTree, place: Point | null) {
  const tables = layers[CODES_POSTAUX]?.partitions ?? [];
  const parcel =
    place !== null && carto.catalogue.layers['cadastre/parcelle'] !== undefined
      ? await carto.cadastre.parcelles({ geom: place, limit: 1, geometry: false })
      : null;
  const commune = parcel?.features[0]?.properties.code_insee ?? '';
  const table = tables.find(({ id }) => commune.startsWith(id)) ?? tables[0];
  if (table === undefined) return null;
  const text = new TextDecoder().decode(await tree.whole(table.file.path));
  const rows = ROWS.parse(JSON.parse(text));
  return (rows.find(({ codeCommune }) => codeCommune === commune) ?? rows[0])?.codePostal ?? null;
}

export async function findExamples(manifest: Manifest, tree: UnpublishedTree): Promise<Examples> {
  const carto = await openCarto(tree);
  const places: Record<string, Point> = {};
  for (const [name, layer] of Object.entries(manifest.layers)) {
    const place = await placeOf(carto, name, layer, tree);
    if (place !== null) places[name] = place;
  }
  const place = (await sharedPlace(carto, manifest, tree)) ?? Object.values(places)[0] ?? null;
  return { places, place, codePostal: await codePostalOf(carto, manifest, tree, place) };
}
