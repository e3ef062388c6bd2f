/**
 * What `catalogue.json` holds: the catalogue, tersely. Provenances, schemas and lists of
 * partitions are said once and named by their number. `parse-catalogue.ts` reads it.
 */
import type { Catalogue, Field, Layer, LayerPartition, Provenance } from './catalogue.ts';
import { sealed } from './seal.ts';

/** Values that many layers share, in the order of their first use. */
class Shared<T> {
  readonly #numbers = new Map<string, number>();
  readonly values: T[] = [];

  numberOf(value: T): number {
    const key = JSON.stringify(value);
    const number = this.#numbers.get(key) ?? this.values.push(value) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/** `gid:integer numero`: a type that is left out is `string`. */
function schemaOf(fields: readonly Field[]): string {
  return fields.map(({ name, type }) => (type === 'string' ? name : `${name}:${type}`)).join(' ');
}

/** One list for all partitions when they have the same; else one each. */
function provenanceOf(
  partitions: readonly LayerPartition[],
  shared: Shared<Provenance>,
): readonly number[] | readonly (readonly number[])[] {
  const each = partitions.map(({ provenance }) => provenance.map((item) => shared.numberOf(item)));
  const distinct = new Set(each.map((numbers) => numbers.join()));
  return distinct.size === 1 ? (each[0] ?? []) : each;
}

/** `catalogue` as a JSON value. */
export function encodeCatalogue(catalogue: Catalogue): unknown {
  const [provenance, schemas, partitions] = [
    new Shared<Provenance>(),
    new Shared<string>(),
    new Shared<string>(),
  ];
  const encodeLayer = (layer: Layer): unknown => ({
    geometry: layer.geometry,
    schema: schemas.numberOf(schemaOf(layer.fields)),
    features: layer.features,
    partitions: partitions.numberOf(layer.partitions.map(({ id }) => id).join(' ')),
    provenance: provenanceOf(layer.partitions, provenance),
    index: layer.index,
  });
  const { codesPostaux } = catalogue;
  const layers = Object.entries(catalogue.layers).map(([name, layer]) => [name, encodeLayer(layer)] as const);
  const postal =
    codesPostaux === null
      ? null
      : {
          ...codesPostaux.file,
          provenance: codesPostaux.provenance.map((item) => provenance.numberOf(item)),
        };
  return sealed({
    format: catalogue.format,
    territory: catalogue.territory,
    manifest: catalogue.manifest,
    provenance: provenance.values,
    schemas: schemas.values,
    partitions: partitions.values,
    layers: Object.fromEntries(layers),
    codesPostaux: postal,
    tiles: catalogue.tiles,
  });
}
