/** Whom a tree is to be credited to: each producer's data once, with all their editions. */
import type { Provenance } from '../../src/format/catalogue.ts';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';

export interface Credit extends Omit<Provenance, 'vintage' | 'source'> {
  /** In order. */
  readonly vintages: readonly string[];
  /** Their layers. */
  readonly layers: readonly string[];
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}

export function provenanceOf({ partitions }: ManifestLayer): Provenance[] {
  return partitions.flatMap(({ provenance }) => provenance);
}

/** The sources of a tree, in the order of its layers. */
export function creditsOf({ layers }: Manifest): Credit[] {
  const all = Object.entries(layers).flatMap(([layer, item]) =>
    provenanceOf(item).map((provenance) => ({ layer, provenance })),
  );
  // Not by source: the Géoportail is owed one line for deposits and extraction.
  const keyOf = ({ producer, attribution, licence }: Provenance): string =>
    JSON.stringify([producer, attribution, licence]);
  const keys = [...new Set(all.map(({ provenance }) => keyOf(provenance)))];
  return keys.flatMap((key) => {
    const own = all.filter(({ provenance }) => keyOf(provenance) === key);
    const [first] = own;
    if (first === undefined) return [];
    const { producer, licence, attribution } = first.provenance;
    const vintages = unique(own.map(({ provenance }) => provenance.vintage));
    return [
      {
        producer,
        licence,
        attribution,
        vintages,
        layers: [...new Set(own.map(({ layer }) => layer))],
      },
    ];
  });
}

/** The editions of a layer, in order. */
export function vintagesOf(layer: ManifestLayer): string[] {
  return unique(provenanceOf(layer).map(({ vintage }) => vintage));
}
