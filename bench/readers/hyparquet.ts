/**
 * hyparquet: rows whose box meets that of the question, by the columns of boxes, then an
 * exact test of ours, on integers; ids through the Bloom filters. What it keeps is the
 * footer and, through its own cache, every range that it has read.
 */
import type { Geometry } from 'geojson';
import {
  asyncBufferFromUrl,
  cachedAsyncBuffer,
  parquetMetadataAsync,
  parquetQuery,
  type AsyncBuffer,
  type FileMetaData,
  type ParquetQueryFilter,
} from 'hyparquet';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import { prepare } from '../../src/geometry/prepare.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import { PARQUET } from '../data/parquet.ts';
import type { Kind, Query } from '../data/queries.ts';
import { GEOMETRIC, type Reader, type Session } from './reader.ts';

interface Opened {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

async function open(address: string): Promise<Opened> {
  const file = cachedAsyncBuffer(await asyncBufferFromUrl({ url: address }));
  return { file, metadata: await parquetMetadataAsync(file) };
}

function filterOf({ geom, where = {} }: Query): ParquetQueryFilter {
  if (geom === undefined) {
    return { $and: Object.entries(where).map(([name, value]) => ({ [name]: { $eq: value } })) };
  }
  const [west, south, east, north] = boxToDegrees(shapeOf(geom).box);
  const sides = { xmin: { $lte: east }, ymin: { $lte: north }, xmax: { $gte: west }, ymax: { $gte: south } };
  return { $and: Object.entries(sides).map(([name, test]) => ({ [name]: test })) };
}

async function ask({ file, metadata }: Opened, query: Query, idField: string): Promise<string[]> {
  const useBloomFilters = query.geom === undefined;
  const rows = await parquetQuery({ file, metadata, filter: filterOf(query), useBloomFilters });
  const exact = query.geom === undefined ? null : prepare(shapeOf(query.geom));
  return rows
    .filter((row) => exact?.intersects(shapeOf(row['geometry'] as Geometry)) ?? true)
    .map((row) => String(row[idField]));
}

function session(address: string, idField: string): Session {
  let opening: Promise<Opened> | null = null;
  const opened = (): Promise<Opened> => (opening ??= open(address));
  return {
    warm: async () => {
      await opened();
    },
    ask: async (query) => ask(await opened(), query, idField),
  };
}

const KINDS: readonly Kind[] = [...GEOMETRIC, 'id'];

export function hyparquet(idField: string): Reader {
  return {
    name: 'hyparquet',
    kinds: KINDS,
    open: (address) => session(`${address}/hyparquet/${PARQUET}`, idField),
  };
}
