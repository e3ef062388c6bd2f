/** The header of a FlatGeobuf file: what GDAL and QGIS need to open it. */
import { Builder, type Offset } from 'flatbuffers';
import { Column } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Field, LayerGeometry } from '../../src/format/catalogue.ts';
import { MAGIC } from '../../src/format/flatgeobuf.ts';
import type { Box } from '../../src/geometry/lattice.ts';
import { GEOMETRY_TYPES } from './encode.ts';
import { COLUMN_TYPES } from './properties.ts';
import { NODE_SIZE } from './rtree.ts';

/** FlatGeobuf 3, patch level 0. */
export const FILE_START = Uint8Array.of(...MAGIC, 0);

export interface HeaderContent {
  /** The layer's name inside the file. */
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly geometry: LayerGeometry;
  readonly features: number;
  /** Degrees; `null` without a place, and then there is no index. */
  readonly envelope: Box | null;
}

function encodeColumn(builder: Builder, field: Field): Offset {
  const name = builder.createString(field.name);
  Column.startColumn(builder);
  Column.addName(builder, name);
  Column.addType(builder, COLUMN_TYPES[field.type]);
  return Column.endColumn(builder);
}

/** WGS84; in FlatGeobuf, as in GDAL, coordinates are longitude then latitude all the same. */
function encodeCrs(builder: Builder): Offset {
  const org = builder.createString('EPSG');
  const name = builder.createString('WGS 84');
  Crs.startCrs(builder);
  Crs.addOrg(builder, org);
  Crs.addCode(builder, 4326);
  Crs.addName(builder, name);
  return Crs.endCrs(builder);
}

/** The size-prefixed header. */
export function encodeHeader(content: HeaderContent): Uint8Array {
  const builder = new Builder(2048);
  const columns = Header.createColumnsVector(
    builder,
    content.fields.map((field) => encodeColumn(builder, field)),
  );
  const name = builder.createString(content.name);
  const title = builder.createString(content.title);
  const crs = encodeCrs(builder);
  const envelope =
    content.envelope === null ? 0 : Header.createEnvelopeVector(builder, [...content.envelope]);
  Header.startHeader(builder);
  Header.addName(builder, name);
  if (envelope !== 0) Header.addEnvelope(builder, envelope);
  Header.addGeometryType(
    builder,
    content.geometry === null ? GeometryType.Unknown : GEOMETRY_TYPES[content.geometry],
  );
  Header.addColumns(builder, columns);
  Header.addFeaturesCount(builder, BigInt(content.features));
  // Not FlatGeobuf's default: 0 says that there is no index.
  Header.addIndexNodeSize(builder, content.envelope === null ? 0 : NODE_SIZE);
  Header.addCrs(builder, crs);
  Header.addTitle(builder, title);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}
