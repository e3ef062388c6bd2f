/** The fourth steps of a build: one tile archive a module. */
import { join } from 'node:path';
import type { ModuleName } from '../../src/format/catalogue.ts';
import type { TileArchive } from '../../src/format/manifest.ts';
import { describeFile, type Candidate } from '../publish/named.ts';
import { makeTiles, ZOOMS, type Attribution, type TileInput } from '../tiles/tippecanoe.ts';
import { sha256OfFile } from './fingerprint.ts';
import type { PackedPartition } from './packed.ts';
import type { StepStore } from './steps.ts';

export interface Tiles {
  readonly archives: Partial<Record<ModuleName, TileArchive>>;
  readonly candidates: readonly Candidate[];
}

function isTiled(module: ModuleName): module is keyof typeof ZOOMS {
  return Object.hasOwn(ZOOMS, module);
}

function inputsOf(packed: readonly PackedPartition[]): TileInput[] {
  const files = new Map<string, string[]>();
  for (const { layer, path } of packed) {
    const name = layer.name.split('/')[1] ?? layer.name;
    files.set(name, [...(files.get(name) ?? []), path]);
  }
  return [...files].map(([layer, paths]) => ({ layer, files: paths }));
}

/** Each source once, with its edition or from the oldest to the newest: licences ask for both. */
function attributionOf(packed: readonly PackedPartition[]): Attribution {
  const vintages = new Map<string, string[]>();
  for (const { attribution, vintage } of packed.flatMap(({ provenance }) => provenance)) {
    vintages.set(attribution, [...(vintages.get(attribution) ?? []), vintage]);
  }
  return [...vintages].map(([attribution, all]) => {
    const [oldest = '', ...others] = [...new Set(all)].sort();
    return `${attribution} (${[oldest, ...others.slice(-1)].join(' – ')})`;
  });
}

async function buildModule(
  module: keyof typeof ZOOMS,
  packed: readonly PackedPartition[],
  tippecanoe: string,
  steps: StepStore,
): Promise<{ archive: TileArchive; candidate: Candidate }> {
  const attribution = attributionOf(packed);
  const { value, folder } = await steps.run({
    name: `tiles ${module}`,
    inputs: { tippecanoe, attribution, files: packed.map(({ layer, sha256 }) => [layer.name, sha256]) },
    run: async (target) => {
      const tiles = await makeTiles(module, inputsOf(packed), target, attribution);
      return { ...tiles, sha256: await sha256OfFile(join(target, tiles.file)) };
    },
  });
  const { file, sha256, layers, minZoom, maxZoom } = value;
  const candidate = { name: `tiles/${module}`, ending: 'pmtiles', path: join(folder, file), sha256 };
  return { archive: { file: describeFile(candidate), layers, minZoom, maxZoom }, candidate };
}

/** Tiles of every module that has a layer with places. */
export async function buildTiles(
  packed: readonly PackedPartition[],
  tippecanoe: string,
  steps: StepStore,
): Promise<Tiles> {
  const archives: Partial<Record<ModuleName, TileArchive>> = {};
  const candidates: Candidate[] = [];
  for (const module of Object.keys(ZOOMS).filter((name): name is keyof typeof ZOOMS =>
    isTiled(name as ModuleName),
  )) {
    const own = packed.filter(({ layer }) => layer.module === module && layer.geometry !== null);
    if (own.length === 0) continue;
    const { archive, candidate } = await buildModule(module, own, tippecanoe, steps);
    archives[module] = archive;
    candidates.push(candidate);
  }
  return { archives, candidates };
}
