/**
 * The catalogue: the one mutable file of a published tree. It names every other
 * file by path, length and sha256, so that one answer never mixes two vintages.
 */
import type { Box } from '../geometry/lattice.ts';

/** Raised when a reader of the old number could misread the new tree. */
export const CATALOGUE_FORMAT = 1;

export type ModuleName = 'aoc' | 'codes-postaux' | 'cadastre' | 'gpu';

export type FieldType = 'string' | 'integer' | 'number' | 'boolean';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
}

/** What the features of a layer are; `null` for rows without a place. */
export type LayerGeometry = 'MultiPolygon' | 'MultiLineString' | 'MultiPoint' | null;

/** A file of the tree. `path` is relative to the catalogue and holds the head of `sha256`. */
export interface PublishedFile {
  readonly path: string;
  /** Bytes. */
  readonly length: number;
  /** Of the whole file, in hexadecimal. */
  readonly sha256: string;
}

/** Where the rows of a partition come from, as it must be credited. */
export interface Provenance {
  /** The format that was read, such as `inao` or `parcellaire-express`. */
  readonly source: string;
  /** The producer's edition, a date where there is one. */
  readonly vintage: string;
  readonly producer: string;
  readonly licence: string;
  readonly attribution: string;
}

export interface Partition {
  /** `france`, a département (`21`, `974`), or for postal codes their first two digits. */
  readonly id: string;
  readonly features: number;
  /** Degrees; `null` when no feature has a place. */
  readonly bbox: Box | null;
  /**
   * Where the sources would have told of a feature, in degrees: no feature there is an
   * absence, elsewhere nothing is known. Wider than `bbox` where a producer covers more
   * than it has features; empty without places.
   */
  readonly coverage: readonly Box[];
  readonly provenance: readonly Provenance[];
  readonly file: PublishedFile;
}

export interface Layer {
  readonly module: ModuleName;
  readonly title: string;
  readonly geometry: LayerGeometry;
  /** API Carto's name of the geometry: `geom` or `the_geom`. */
  readonly geometryName: string;
  readonly fields: readonly Field[];
  readonly partitions: readonly Partition[];
}

export interface TileArchive {
  readonly file: PublishedFile;
  readonly layers: readonly string[];
  readonly minZoom: number;
  readonly maxZoom: number;
}

export interface Catalogue {
  readonly format: typeof CATALOGUE_FORMAT;
  /** What the tree covers, in words. */
  readonly territory: string;
  /** By layer name: the route of API Carto, `-bdp` added for BD Parcellaire's variants. */
  readonly layers: Readonly<Record<string, Layer>>;
  readonly tiles: Readonly<Partial<Record<ModuleName, TileArchive>>>;
  /** What built it, by name: carto-statique, gdal, tippecanoe. */
  readonly tools: Readonly<Record<string, string>>;
}
