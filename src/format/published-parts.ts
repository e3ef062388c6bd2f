/** Checks of parts that manifests share with catalogues: files, provenances, names. */
import type { Provenance, PublishedFile } from './catalogue.ts';
import { count, member, oneOf, text, textLike, type Check } from './checks.ts';

/** Relative, of plain segments that do not begin with a dot: it can point nowhere but into the tree. */
const path = textLike(/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/, 'a relative path');
const sha256 = textLike(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');

export const partitionId = textLike(/^\w+$/, 'a partition name');
export const layerGeometry = oneOf('MultiPolygon', 'MultiLineString', 'MultiPoint');
export const fieldType = oneOf('string', 'integer', 'number', 'boolean');

export const file: Check<PublishedFile> = (value, at) => ({
  path: member(value, at, 'path', path),
  length: member(value, at, 'length', count),
  sha256: member(value, at, 'sha256', sha256),
});

export const provenance: Check<Provenance> = (value, at) => ({
  source: member(value, at, 'source', text),
  vintage: member(value, at, 'vintage', text),
  producer: member(value, at, 'producer', text),
  licence: member(value, at, 'licence', text),
  attribution: member(value, at, 'attribution', text),
});
