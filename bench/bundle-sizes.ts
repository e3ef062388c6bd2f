/**
 * What a page must load: our library beside the peers', each with all that it needs, all
 * by the bundler of the site (esbuild, then terser), then `gzip -9`. Ours answers by place and by name on all
 * layers, exactly; what each peer does less is told beside it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from '../pipeline/site/bundle.ts';

interface Entry {
  readonly name: string;
  readonly does: string;
  readonly code: string;
  /** What a page loads only when it needs it. */
  readonly later?: readonly string[];
}

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TILES = `export { PMTiles } from 'pmtiles';
  export { VectorTile } from '@mapbox/vector-tile'; export { PbfReader } from 'pbf';`;
const PARQUET = `export { asyncBufferFromUrl, parquetMetadataAsync, parquetQuery } from 'hyparquet';`;

const ENTRIES: readonly Entry[] = [
  {
    name: 'carto-statique',
    does: 'exact, by place and by name, every response checked',
    code: `export * from './src/index.ts';`,
  },
  {
    name: 'flatgeobuf',
    does: 'by box; no test of geometries, no names',
    code: `export { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';`,
    later: ['@bokuweb/zstd-wasm'],
  },
  { name: 'pmtiles', does: 'finds tiles; reads none', code: `export { PMTiles } from 'pmtiles';` },
  {
    name: 'pmtiles, vector-tile, pbf',
    does: 'reads tiles: cut and rounded geometries; no test of them',
    code: TILES,
  },
  {
    name: 'pmtiles, vector-tile, pbf, turf',
    does: 'the same, with point-in-polygon',
    code: `${TILES} export { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';`,
  },
  { name: 'hyparquet', does: 'by columns; no test of geometries', code: PARQUET },
];

interface BundleSize {
  readonly name: string;
  readonly does: string;
  /** Bytes. */
  readonly minified: number;
  readonly gzipped: number;
}

async function bundleSize({ name, does, code, later = [] }: Entry): Promise<BundleSize> {
  const { bytes } = await bundle({ text: code, folder: ROOT }, later);
  return { name, does, minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

const sizes: BundleSize[] = [];
for (const entry of ENTRIES) sizes.push(await bundleSize(entry));
for (const { name, does, minified, gzipped } of sizes) {
  const columns = [name.padEnd(32), String(minified).padStart(7), String(gzipped).padStart(7), ` ${does}`];
  process.stdout.write(`${columns.join(' ')}\n`);
}
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('bundle-sizes.json', results), `${JSON.stringify(sizes, null, 1)}\n`);
