/**
 * The same parcels as the peers want them, each at its best: one FlatGeobuf file in plain
 * Hilbert order, a PMTiles archive of zoom 14 in which nothing is dropped, and a Parquet
 * file sorted along the same curve, in small row groups with columns of boxes.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../pipeline/pack/pack.ts';
import { readSpool } from '../../pipeline/pack/read-spool.ts';
import { SpoolWriter } from '../../pipeline/pack/spool.ts';
import { runTool } from '../../pipeline/tool.ts';
import type { BenchLayer } from './spools.ts';

export const FGB = 'features.fgb';
export const PMTILES = 'features.pmtiles';
/** The zoom at which a tile is about as large as the answers to clicks in it need. */
export const ZOOM = 14;
/** Inside the tiles. */
export const TILE_LAYER = 'features';

function withoutKeys(spools: string, target: string): void {
  const writer = new SpoolWriter(target);
  for (const name of readdirSync(spools).sort()) {
    for (const { id, box, feature } of readSpool(join(spools, name))) {
      writer.add({ id, box, key: new Uint8Array(0), feature });
    }
  }
  writer.close();
}

/** One file of all partitions: the best case, for a reader of FlatGeobuf asks one file. */
export function makeFlatGeobuf({ spec }: BenchLayer, spools: string, folder: string): void {
  const spool = join(folder, 'all.spool');
  withoutKeys(spools, spool);
  pack({ ...spec, name: TILE_LAYER }, [spool], join(folder, FGB), { memory: 512 * 2 ** 20 });
  rmSync(spool);
}

export async function makeTiles(fgb: string, folder: string): Promise<void> {
  const zooms = [`--minimum-zoom=${ZOOM}`, `--maximum-zoom=${ZOOM}`];
  const limits = ['--no-feature-limit', '--no-tile-size-limit', '--no-tile-stats'];
  const output = ['--quiet', '--force', `--output=${PMTILES}`, '-t', folder];
  const named = `--named-layer=${TILE_LAYER}:${fgb}`;
  await runTool('tippecanoe', [...output, ...zooms, ...limits, named], { cwd: folder });
}
