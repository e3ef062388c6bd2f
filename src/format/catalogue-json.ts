/**
 * What `catalogue.json` holds: the format, what the tree covers and the manifest for
 * everyone to read; for queries, `tree`: all the rest as one sealed unit in base64, since
 * every first question pays for it. In the unit, provenances, schemas and lists of
 * partitions are said once and named by their number, and the roots of the indexes stand
 * after the JSON, in the order of the layers. `parse-catalogue.ts` reads it.
 */
import { toBase64 } from './base64.ts';
import { concatenate } from './bytes.ts';
import type { Catalogue, Field, Layer, LayerPartition, Provenance } from './catalogue.ts';
import { encodeRoot } from './root.ts';
import { joinUnit } from './unit-json.ts';
import { sealBucket } from './unit.ts';

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

/** What queries read of `catalogue`, before it is deflated. */
function treeOf({ layers, codesPostaux, tiles }: Catalogue): Uint8Array {
  const provenance = new Shared<Provenance>();
  const [schemas, partitions] = [new Shared<string>(), new Shared<string>()];
  const roots: Uint8Array[] = [];
  const encodeLayer = ({ geometry, fields, features, partitions: own, index }: Layer): unknown => {
    if (index.root !== null) roots.push(encodeRoot(index.root));
    return {
      geometry,
      schema: schemas.numberOf(schemaOf(fields)),
      features,
      partitions: partitions.numberOf(own.map(({ id }) => id).join(' ')),
      provenance: provenanceOf(own, provenance),
      index: { ...index, root: index.root?.length ?? null },
    };
  };
  const json = {
    layers: Object.entries(layers).map(([name, layer]) => [name, encodeLayer(layer)]),
    codesPostaux: codesPostaux && {
      ...codesPostaux,
      provenance: codesPostaux.provenance.map((item) => provenance.numberOf(item)),
    },
    tiles,
    provenance: provenance.values,
    schemas: schemas.values,
    partitions: partitions.values,
  };
  return joinUnit(json, concatenate(roots));
}

/**
 * `catalogue` as a JSON value.
 * @param deflate - deflates without a header, as well as can be.
 */
export function encodeCatalogue(catalogue: Catalogue, deflate: (bytes: Uint8Array) => Uint8Array): unknown {
  const { format, territory, manifest } = catalogue;
  return { format, territory, manifest, tree: toBase64(sealBucket(deflate(treeOf(catalogue)), 0, 0)) };
}
