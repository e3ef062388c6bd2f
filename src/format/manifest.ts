/**
 * The manifest: all that there is to say of a published tree, for those who check, list
 * or credit it. The catalogue names it; queries never read it.
 */
import type { Box } from '../geometry/lattice.ts';
import type { Field, LayerGeometry, ModuleName, Provenance, PublishedFile } from './catalogue.ts';

/** What a text looks like as a whole; none of these: it is words, or something mixed. */
export type TextForm = 'YYYYMMDD' | 'YYYY-MM-DD' | 'digits';

/** What the rows of a partition hold, by which its next vintage is judged. */
export interface ValueCounts {
  /** Identical ones too, of which the file keeps one. */
  readonly rows: number;
  /** Rows with a value, by field; fields without any are left out. */
  readonly filled: Readonly<Record<string, number>>;
  /** Rows whose text has a form, by form and field. */
  readonly forms: Readonly<Record<TextForm, Readonly<Record<string, number>>>>;
}

export interface ManifestPartition {
  /** `france`, a département (`21`, `974`), or for postal codes their first two digits. */
  readonly id: string;
  readonly features: number;
  /** `null` in trees of before they were counted. */
  readonly values: ValueCounts | null;
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

/** What API Carto answers for a layer and one of its sources does not have. */
export interface Missing {
  /** The source's format, as in `provenance`. */
  readonly source: string;
  /** Fields that are always null from there. */
  readonly fields: readonly string[];
  /** Rows that it does not hold, in words; `null` when it holds them all. */
  readonly rows: string | null;
}

export interface ManifestLayer {
  readonly module: ModuleName;
  readonly title: string;
  readonly geometry: LayerGeometry;
  /** API Carto's name of the geometry: `geom` or `the_geom`. */
  readonly geometryName: string;
  readonly fields: readonly Field[];
  /** By source; those that lack nothing are left out. */
  readonly missing: readonly Missing[];
  readonly partitions: readonly ManifestPartition[];
  /** Of postal codes, the list of their tables. */
  readonly index: PublishedFile;
}

export interface TileArchive {
  readonly file: PublishedFile;
  readonly layers: readonly string[];
  readonly minZoom: number;
  readonly maxZoom: number;
}

export interface Manifest {
  /** What the tree covers, in words. */
  readonly territory: string;
  /** By layer name: the route of API Carto, `-bdp` added for BD Parcellaire's variants. */
  readonly layers: Readonly<Record<string, ManifestLayer>>;
  readonly tiles: Readonly<Partial<Record<ModuleName, TileArchive>>>;
  /** What browsers are given beside the data: pages, scripts. Those at the root keep their names. */
  readonly site: readonly PublishedFile[];
  /** What built it, by name: carto-statique, gdal, tippecanoe. */
  readonly tools: Readonly<Record<string, string>>;
}
