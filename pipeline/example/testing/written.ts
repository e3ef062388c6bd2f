/**
 * The example as its tests meet it: written once into a temporary folder, its archives
 * unpacked and its files opened with the tools that its readers use.
 */
import gdal from 'gdal-async';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sevenZipProgram } from '../../seven-zip-program.ts';
import { runTool } from '../../tool.ts';
import { writeExample, type Example, type ExampleOptions } from '../index.ts';
import type { Counts } from '../tally.ts';

/** Paths of all files under `root`, relative to it, sorted. */
export function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}

export interface Opened {
  readonly count: number;
  readonly fields: string[];
  readonly invalid: number;
  readonly empty: number;
  readonly srs: gdal.SpatialReference | null;
  readonly first: Record<string, unknown>;
}

/** What GDAL finds in the one layer of a file. */
export function open(path: string): Opened {
  const dataset = gdal.open(path);
  const layer = dataset.layers.get(0);
  const fields = layer.fields.getNames();
  const { srs } = layer;
  const features = [...layer.features];
  const geometries = features.map((feature) => feature.getGeometry());
  const placed = geometries.filter((geometry) => geometry !== null && !geometry.isEmpty());
  const opened = {
    count: features.length,
    fields,
    invalid: placed.filter((geometry) => geometry?.isValid() === false).length,
    empty: geometries.length - placed.length,
    srs,
    first: (features[0]?.fields.toObject() ?? {}) as Record<string, unknown>,
  };
  dataset.close();
  return opened;
}

/** The axes of WGS84 are stored longitude first, which `isSame` counts as another system. */
export function isSameCrs(srs: gdal.SpatialReference | null, epsg: number): boolean {
  if (epsg === 4326) return srs?.getAuthorityCode('GEOGCS') === '4326';
  return srs?.isSame(gdal.SpatialReference.fromEPSG(epsg)) ?? false;
}

/** The one member that the pattern names. */
export function one(names: readonly string[], pattern: RegExp): string {
  const found = names.filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`expected one ${String(pattern)} among ${names.join(', ')}`);
  return found[0] ?? '';
}

export interface Unpacked {
  readonly root: string;
  readonly members: string[];
}

export class Written {
  /** For whatever a test writes; gone with `remove`. */
  readonly folder: string;
  readonly root: string;
  readonly example: Example;

  private constructor(folder: string, root: string, example: Example) {
    this.folder = folder;
    this.root = root;
    this.example = example;
  }

  static async write(options?: ExampleOptions): Promise<Written> {
    const folder = mkdtempSync(join(tmpdir(), 'example-'));
    const root = join(folder, 'one');
    return new Written(folder, root, await writeExample(root, options));
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** What is expected of a layer in one source. */
  expected(layer: string, source: string): Counts {
    const counts = this.example.expected.layers[layer]?.sources[source];
    if (!counts) throw new Error(`nothing is expected of ${layer} in ${source}`);
    return counts;
  }

  /** Unpacks an archive of the example. */
  async unpack(source: string): Promise<Unpacked> {
    const root = mkdtempSync(join(this.folder, 'unpacked-'));
    await runTool(sevenZipProgram(), ['x', '-bd', '-bso0', `-o${root}`, this.path(source)]);
    return { root, members: filesUnder(root) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
