/**
 * GML 3.2 in a WFS 2.0 collection, as a local platform exports its planning documents.
 * Easting comes first, and the CRS is named by an address without an authority's URN.
 */
import type { FieldTable, Values } from './fields.ts';
import type { Point, Surface } from './ring.ts';
import type { Shape } from './shape.ts';
import type { Row } from './vector-file.ts';

const NAMESPACES = [
  'xmlns:xs="http://www.w3.org/2001/XMLSchema"',
  'xmlns:gp-urba="http://www.exemple.fr/ns/gp-urba"',
  'xmlns:wfs="http://www.opengis.net/wfs/2.0"',
  'xmlns:gml="http://www.opengis.net/gml/3.2"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
].join(' ');

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function positions(points: readonly Point[]): string {
  return `<gml:posList>${points.map((point) => point.join(' ')).join(' ')}</gml:posList>`;
}

function polygonOf([shell = [], ...holes]: Surface): string {
  const ring = (points: readonly Point[]): string => `<gml:LinearRing>${positions(points)}</gml:LinearRing>`;
  const interiors = holes.map((hole) => `<gml:interior>${ring(hole)}</gml:interior>`);
  const exterior = `<gml:exterior>${ring(shell)}</gml:exterior>`;
  return `<gml:Polygon srsDimension="2">${exterior}${interiors.join('')}</gml:Polygon>`;
}

function pointOf(point: Point): string {
  return `<gml:Point srsDimension="2"><gml:pos>${point.join(' ')}</gml:pos></gml:Point>`;
}

function lineOf(points: readonly Point[]): string {
  return `<gml:LineString srsDimension="2">${positions(points)}</gml:LineString>`;
}

function members(tag: string, parts: readonly string[]): string {
  return parts.map((part) => `<gml:${tag}>${part}</gml:${tag}>`).join('');
}

/** Everything is a multi-geometry there, whatever it holds. */
function bodyOf(shape: Shape): readonly [element: string, body: string] {
  switch (shape.type) {
    case 'Point':
      return ['MultiPoint', members('pointMember', [pointOf(shape.coordinates)])];
    case 'MultiPoint':
      return ['MultiPoint', members('pointMember', shape.coordinates.map(pointOf))];
    case 'LineString':
      return ['MultiCurve', members('curveMember', [lineOf(shape.coordinates)])];
    case 'MultiLineString':
      return ['MultiCurve', members('curveMember', shape.coordinates.map(lineOf))];
    case 'Polygon':
      return ['MultiSurface', members('surfaceMember', [polygonOf(shape.coordinates)])];
    case 'MultiPolygon':
      return ['MultiSurface', members('surfaceMember', shape.coordinates.map(polygonOf))];
  }
}

function geometryOf(shape: Shape, epsg: number): string {
  const [element, body] = bodyOf(shape);
  const srs = `srsDimension="2" srsName="http://www.opengis.net/gml/srs/epsg.xml#${String(epsg)}"`;
  return `<gp-urba:the_geom><gml:${element} ${srs}>${body}</gml:${element}></gp-urba:the_geom>`;
}

function property(name: string, values: Values): string {
  const value = values[name] ?? null;
  const tag = `gp-urba:${name}`;
  return value === null ? `<${tag}/>` : `<${tag}>${escaped(String(value))}</${tag}>`;
}

export interface GmlLayer {
  readonly name: string;
  readonly epsg: number;
  readonly fields: FieldTable;
  readonly rows: readonly Row[];
}

/** The text of a collection; an empty layer is an empty collection. */
export function toGml({ name, epsg, fields, rows }: GmlLayer): string {
  const count = `numberMatched="unknown" numberReturned="${String(rows.length)}"`;
  const head = `<wfs:FeatureCollection ${NAMESPACES} ${count}`;
  const lines = rows.flatMap(({ values, shape }, i) => [
    `<wfs:member><gp-urba:${name} gml:id="${name}.${String(i + 1)}">`,
    ...(shape ? [geometryOf(shape, epsg)] : []),
    ...fields.map((field) => property(field.name, values)),
    `</gp-urba:${name}></wfs:member>`,
  ]);
  const body = lines.length === 0 ? [`${head}/>`] : [`${head}>`, ...lines, '</wfs:FeatureCollection>'];
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...body, ''].join('\n');
}
