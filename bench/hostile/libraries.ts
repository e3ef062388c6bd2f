/** The libraries that are put before a hostile host, each asked as its documentation shows. */
import { createHash } from 'node:crypto';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { asyncBufferFromUrl, cachedAsyncBuffer, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { PMTiles } from 'pmtiles';
import { openCarto } from '../../src/index.ts';
import { ASKED, FGB, LAYER, PARQUET, PMTILES } from './data.ts';

/** One instance, as a page keeps it: asks the same question each time. */
export type Ask = () => Promise<string>;

export interface Library {
  readonly name: string;
  /** Whether a file at the host is one of its own. */
  readonly owns: (path: string) => boolean;
  open(address: string): Ask;
}

const [west, south, east, north] = ASKED;

/** What `opening` gives, begun again when it failed, as a page does on the next click. */
function keptWhenWell<T>(opening: () => Promise<T>): () => Promise<T> {
  let kept: T | undefined;
  return async () => (kept ??= await opening());
}

export const LIBRARIES: readonly Library[] = [
  {
    name: 'carto-statique',
    owns: (path) => path === 'catalogue.json' || path.startsWith('data/'),
    open(address) {
      // Its only setting here: half a minute, its default, would outlast the watch.
      const opened = keptWhenWell(() => openCarto(address, { timeoutMs: 3000 }));
      const ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      return async () => {
        const geom = { type: 'Polygon', coordinates: [ring] };
        const { features } = await (await opened()).query(LAYER, { geom });
        return JSON.stringify(features.map(({ properties, geometry }) => [properties, geometry]));
      };
    },
  },
  {
    name: 'flatgeobuf',
    owns: (path) => path === FGB,
    open: (address) => async () => {
      const found: unknown[] = [];
      const rect = { minX: west, minY: south, maxX: east, maxY: north };
      for await (const { properties, geometry } of deserialize(address + FGB, { rect })) {
        found.push([properties, geometry]);
      }
      return JSON.stringify(found);
    },
  },
  {
    name: 'pmtiles',
    owns: (path) => path === PMTILES,
    open(address) {
      const archive = new PMTiles(address + PMTILES);
      return async () => {
        const tile = await archive.getZxy(6, 60, 61);
        return tile === undefined
          ? 'none'
          : createHash('sha256').update(new Uint8Array(tile.data)).digest('hex');
      };
    },
  },
  {
    name: 'hyparquet',
    owns: (path) => path === PARQUET,
    open(address) {
      const opened = keptWhenWell(async () =>
        cachedAsyncBuffer(await asyncBufferFromUrl({ url: address + PARQUET })),
      );
      return async () => {
        const file = await opened();
        const metadata = await parquetMetadataAsync(file);
        const rows = Math.min(1500, Number(metadata.num_rows));
        return JSON.stringify(
          await parquetReadObjects({ file, metadata, rowStart: rows - 10, rowEnd: rows }),
        );
      };
    },
  },
];

// flatgeobuf tells the console of each request.
// eslint-disable-next-line no-console -- to silence it
console.debug = (): void => undefined;
