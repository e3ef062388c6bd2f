/** The answer to a query: a GeoJSON FeatureCollection that says what it is worth. */
import type { Geometry } from 'geojson';
import type { Provenance } from '../format/catalogue.ts';
import type { Value } from '../format/feature-values.ts';
import type { Coverage } from './coverage.ts';

/** The properties of a feature of any layer, in the order of the layer's fields. */
export type Properties = Readonly<Record<string, Value>>;

/** A feature of an answer: GeoJSON, whose `properties` are those of API Carto. */
export interface AnswerFeature<P> {
  readonly type: 'Feature';
  /**
   * `<layer>.<partition>.<n>`, such as `parcelle.21.123`: the last part of the layer's
   * name, the partition, and the feature's place in its file, from 0. Stable as long as
   * the tree is; another vintage may give it to another feature.
   */
  readonly id: string;
  /** Degrees, at most 8 decimals; `null` without a place, or with `geometry: false`. */
  readonly geometry: Geometry | null;
  readonly properties: P;
  /** [minLon, minLat, maxLon, maxLat] in degrees; absent without a place. */
  readonly bbox?: [number, number, number, number];
}

/** What an answer is worth: whether it is all, of what place, from whom, and at what cost. */
export interface AnswerMeta {
  readonly layer: string;
  readonly coverage: Coverage;
  /** `null` when the answer was cut before all matches were known. */
  readonly numberMatched: number | null;
  readonly numberReturned: number;
  /** Whether there are matches beyond `start` + `limit`. */
  readonly truncated: boolean;
  /** Where the partitions that were read come from, as it must be credited. */
  readonly provenance: readonly Provenance[];
  /** What this query cost: requests, second attempts included, and bytes received. */
  readonly requests: number;
  readonly bytes: number;
}

/** A FeatureCollection; empty with `coverage: 'outside'` says that nothing is known there, else that there is nothing. */
export interface Answer<P = Properties> {
  readonly type: 'FeatureCollection';
  readonly features: AnswerFeature<P>[];
  readonly meta: AnswerMeta;
}
