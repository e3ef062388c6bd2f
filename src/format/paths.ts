/** Where the files of a layer stand in a published tree: each named by its content. */

/** The index of `layer`; `hash` is the first 16 hexadecimal digits of its sha256. */
export function indexPath(layer: string, hash: string): string {
  return `data/${layer}.${hash}.idx`;
}

/** The features of `partition` in `layer`. */
export function featuresPath(layer: string, partition: string, hash: string): string {
  return `data/${layer}/${partition}.${hash}.fgb`;
}

/** The table of the postal codes that begin with `digits`. */
export function postalTablePath(digits: string, sha256: string): string {
  return `data/codes-postaux/${digits}.${sha256.slice(0, 16)}.json`;
}
