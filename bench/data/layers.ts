/** The two layers that are measured: a cadastre of any size, and features of a megabyte and more. */
import { cadastreLayers } from '../../pipeline/datasets/cadastre.ts';
import { aocLayers } from '../../pipeline/datasets/aoc.ts';
import type { LayerSpec } from '../../pipeline/datasets/dataset.ts';
import { bigFeatures } from './big.ts';
import { cadastre } from './cadastre.ts';
import type { BenchFeature, BenchLayer } from './spools.ts';

export const SEED = 7;
/** Of megabytes, so few are enough: a point meets a dozen. */
export const BIG_FEATURES = 240;

function specOf(layers: readonly LayerSpec[], name: string): LayerSpec {
  const spec = layers.find((layer) => layer.name === name);
  if (spec === undefined) throw new Error(`no layer ${name}`);
  return spec;
}

function* parcelles(size: number): Generator<BenchFeature> {
  for (const parcelle of cadastre(SEED, size)) yield { ...parcelle, id: parcelle.properties.idu };
}

export function cadastreLayer(size: number): BenchLayer {
  const spec = specOf(cadastreLayers, 'cadastre/parcelle');
  return { spec, idField: 'idu', features: () => parcelles(size) };
}

export function bigLayer(): BenchLayer {
  const spec = specOf(aocLayers, 'aoc/appellation-viticole');
  return { spec, idField: 'id_uni', features: () => bigFeatures(SEED, BIG_FEATURES) };
}
