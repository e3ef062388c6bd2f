/** All that exists: the layers of API Carto's four modules and the formats that feed them. */
import type { Source } from '../sources/sources-file.ts';
import { aocFormats, aocLayers } from './aoc.ts';
import { cadastreFormats, cadastreLayers } from './cadastre.ts';
import type { FormatSpec, LayerSpec } from './dataset.ts';
import { gpuFormats, gpuLayers } from './gpu.ts';

export const layers: readonly LayerSpec[] = [...aocLayers, ...cadastreLayers, ...gpuLayers];

/** Every format of places. */
export const formats: readonly FormatSpec[] = [...aocFormats, ...cadastreFormats, ...gpuFormats];

export function findLayer(name: string): LayerSpec | null {
  return layers.find((layer) => layer.name === name) ?? null;
}

/** The format of a source; `null` for tables without places (postal codes). */
export function findFormat(source: Source): FormatSpec | null {
  return formats.find((spec) => spec.format === source.format) ?? null;
}
