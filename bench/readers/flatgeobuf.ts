/**
 * flatgeobuf's own reader: `deserialize` with a rectangle, and an exact test on top, for it
 * answers by boxes. The test is ours, on integers, so that only reading differs. What it
 * keeps is the `HttpReader` that `deserialize` makes anew each time. It finds nothing by
 * attribute.
 */
import { fromFeature } from 'flatgeobuf/lib/mjs/geojson/feature.js';
import { HttpReader } from 'flatgeobuf/lib/mjs/http-reader.js';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import { prepare } from '../../src/geometry/prepare.ts';
import { shapeOf } from '../../src/geometry/shape.ts';
import { FGB } from '../data/peers.ts';
import type { Query } from '../data/queries.ts';
import { GEOMETRIC, type Reader, type Session } from './reader.ts';

async function ask(reader: HttpReader, { geom }: Query, idField: string): Promise<string[]> {
  if (geom === undefined) throw new Error('flatgeobuf is asked by place');
  const query = shapeOf(geom);
  const [minX, minY, maxX, maxY] = boxToDegrees(query.box);
  const found: string[] = [];
  for await (const { id, feature } of reader.selectBbox({ minX, minY, maxX, maxY })) {
    const { geometry, properties } = fromFeature(id, feature, reader.header);
    if (prepare(query).intersects(shapeOf(geometry))) found.push(String(properties?.[idField]));
  }
  return found;
}

function session(address: string, idField: string): Session {
  let reader: Promise<HttpReader> | null = null;
  const opened = (): Promise<HttpReader> => (reader ??= HttpReader.open(address, false));
  return {
    warm: async () => {
      await opened();
    },
    ask: async (query) => ask(await opened(), query, idField),
  };
}

export function flatgeobuf(idField: string): Reader {
  // It tells the console of each request.
  Object.assign(console, { debug: (): void => undefined });
  return {
    name: 'flatgeobuf',
    kinds: GEOMETRIC,
    open: (address) => session(`${address}/flatgeobuf/${FGB}`, idField),
  };
}
