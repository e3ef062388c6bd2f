/** The answer to a question, in the envelope of API Carto: its members, in its order. */
import type { BBox, Geometry } from 'geojson';
import type { ApiRequest } from '../read/body.ts';
import { COVERAGE, VINTAGE } from '../respond.ts';
import type { Route } from '../routes/routes.ts';
import type { Feature, Found } from './ask.ts';
import { centroidOf } from './centroid.ts';
import type { Question } from './question.ts';

export interface ApiFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly geometry_name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly bbox?: BBox;
}

export interface Link {
  readonly title: string;
  readonly type: string;
  readonly rel: 'next';
  readonly href: string;
}

export interface Collection {
  readonly type: 'FeatureCollection';
  readonly features: readonly ApiFeature[];
  /** `null` where counting all would have cost too much. */
  readonly totalFeatures: number | null;
  readonly numberMatched: number | null;
  readonly numberReturned: number;
  readonly timeStamp: string;
  readonly links?: readonly Link[];
  readonly crs: { readonly type: 'name'; readonly properties: { readonly name: string } } | null;
  readonly bbox?: BBox;
}

const CRS = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4326' } } as const;

function around(features: readonly Feature[]): BBox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { bbox } of features) {
    if (bbox === undefined) continue;
    west = Math.min(west, bbox[0]);
    south = Math.min(south, bbox[1]);
    east = Math.max(east, bbox[2]);
    north = Math.max(north, bbox[3]);
  }
  return west === Infinity ? undefined : [west, south, east, north];
}

/** Upstream completes what its sources lack. */
function propertiesOf({ properties }: Feature, { layer }: Route): ApiFeature['properties'] {
  const { code_dep: dep, code_com: com } = properties;
  if (!layer.startsWith('cadastre/') || properties['code_insee']) return properties;
  return typeof dep === 'string' && typeof com === 'string'
    ? { ...properties, code_insee: dep + com }
    : properties;
}

function featureOf(feature: Feature, route: Route, geometry: Question['geometry']): ApiFeature {
  const { type, id, bbox } = feature;
  return {
    type,
    id,
    geometry: geometry === 'centroid' ? centroidOf(feature.geometry) : feature.geometry,
    geometry_name: route.geometryName,
    properties: propertiesOf(feature, route),
    ...(bbox && { bbox }),
  };
}

/** The page after this one: the same request, with another `_start` in its place or at the end. */
function nextLink(request: ApiRequest, start: number): Link {
  const { origin, pathname, search } = new URL(request.url);
  const next = `_start=${start}`;
  const parts = search
    .slice(1)
    .split('&')
    .filter((part) => part !== '');
  const moved = parts.map((part) => (part.startsWith('_start=') ? next : part));
  const query = moved.includes(next) ? moved : [...moved, next];
  const href = `${origin}${pathname}?${query.join('&')}`;
  return { title: 'next page', type: 'application/json', rel: 'next', href };
}

/** The collection that answers `question`. */
export function collectionOf(
  found: Found,
  question: Question,
  route: Route,
  request?: ApiRequest,
): Collection {
  const { features, numberMatched, isTruncated } = found;
  const bbox = around(features);
  const next = question.start + features.length;
  return {
    type: 'FeatureCollection',
    features: features.map((feature) => featureOf(feature, route, question.geometry)),
    totalFeatures: numberMatched,
    numberMatched,
    numberReturned: features.length,
    timeStamp: new Date().toISOString(),
    ...(request && isTruncated && features.length > 0 && { links: [nextLink(request, next)] }),
    crs: bbox === undefined ? null : CRS,
    ...(bbox && { bbox }),
  };
}

/** What the envelope has no room for: whether the tree covers the place, and its vintage. */
export function headersOf({ coverage, vintages }: Found): Record<string, string> {
  const vintage = vintages.join(', ').replace(/[^\x20-\x7E]/g, '?');
  return { [COVERAGE]: coverage, ...(vintage && { [VINTAGE]: vintage }) };
}
