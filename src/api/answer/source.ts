/** What the API asks of the library: `openCarto` gives one. */
import type { Answer } from '../../query/answer.ts';
import type { CommunePostale } from '../../query/postal-codes.ts';

/** An opened tree, as far as the API asks it. */
export interface CartoSource {
  readonly catalogue: {
    readonly layers: Readonly<
      Record<string, { readonly fields: readonly { readonly name: string; readonly type?: string }[] }>
    >;
  };
  readonly codesPostaux: {
    communes(
      codePostal: string,
      options?: { readonly signal?: AbortSignal | undefined },
    ): Promise<CommunePostale[]>;
  };
  query(layer: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** The fields of a layer; none when the tree does not hold it. */
export function fieldsOf({ catalogue }: CartoSource, layer: string): readonly string[] {
  const published = Object.hasOwn(catalogue.layers, layer) ? catalogue.layers[layer] : undefined;
  return published?.fields.map(({ name }) => name) ?? [];
}
