/** Generated features as spools, one a partition: what packing, ours and the peers', starts from. */
import { join } from 'node:path';
import type { LayerSpec } from '../../pipeline/datasets/dataset.ts';
import { FeatureEncoder } from '../../pipeline/pack/encode.ts';
import type { Properties } from '../../pipeline/pack/properties.ts';
import { encodeKey } from '../../pipeline/pack/sort-key.ts';
import { SpoolWriter } from '../../pipeline/pack/spool.ts';
import { boxToDegrees } from '../../src/geometry/lattice.ts';
import type { Shape } from '../../src/geometry/shape.ts';

export interface BenchFeature {
  readonly partition: string;
  /** Names it in answers. */
  readonly id: string;
  readonly properties: Properties;
  readonly shape: Shape;
}

export interface BenchLayer {
  readonly spec: LayerSpec;
  /** The field that names a feature in answers. */
  readonly idField: string;
  readonly features: () => Iterable<BenchFeature>;
}

/** The spool of a partition in `folder`. */
export function spoolPath(folder: string, partition: string): string {
  return join(folder, `${partition}.spool`);
}

/** Writes all features of `layer` into `folder`; the partitions in the order of their first feature. */
export function writeSpools(layer: BenchLayer, folder: string): string[] {
  const encoder = new FeatureEncoder(layer.spec.fields, layer.spec.geometry);
  const spools = new Map<string, SpoolWriter>();
  for (const { partition, id, properties, shape } of layer.features()) {
    const spool = spools.get(partition) ?? new SpoolWriter(spoolPath(folder, partition));
    spools.set(partition, spool);
    const key = encodeKey(layer.spec.keys, properties);
    spool.add({ id, box: boxToDegrees(shape.box), key, feature: encoder.encode({ properties, shape }) });
  }
  for (const spool of spools.values()) spool.close();
  return [...spools.keys()];
}
