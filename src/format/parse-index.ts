/** Reads what the catalogue says of an index. Refuses parts that do not fit it, and fields that the layer lacks. */
import type { Field, IdBuckets, KeyDirectoryRef, LayerIndex } from './catalogue.ts';
import { count, list, member, nullable, oneOf, refuse, text, textLike, type Check } from './checks.ts';

/** Of a bucket; docs/format.md. */
const BUCKET_BYTES = 4096;

const hash = textLike(/^[0-9a-f]{16}$/, 'the head of a sha256 in hexadecimal');

function checkRoom(end: number, length: number, at: string): void {
  if (end > length) refuse(`an end by ${length}`, end, at);
}

function names(fields: readonly Field[]): Check<readonly string[]> {
  return list(oneOf(...fields.map(({ name }) => name)));
}

const idBuckets =
  (fields: readonly Field[], length: number): Check<IdBuckets> =>
  (value, at) => {
    const ids = {
      fields: member(value, at, 'fields', names(fields)),
      offset: member(value, at, 'offset', count),
      buckets: member(value, at, 'buckets', count),
    };
    checkRoom(ids.offset + ids.buckets * BUCKET_BYTES, length, at);
    return ids;
  };

const keyDirectory =
  (fields: readonly Field[], length: number): Check<KeyDirectoryRef> =>
  (value, at) => {
    const keys = {
      fields: member(value, at, 'fields', names(fields)),
      offset: member(value, at, 'offset', count),
      length: member(value, at, 'length', count),
      check: member(value, at, 'check', count),
      leaves: member(value, at, 'leaves', count),
    };
    checkRoom(keys.offset + keys.length, length, at);
    checkRoom(keys.leaves, length, at);
    return keys;
  };

/** The index of a layer of `fields`. */
export const layerIndex =
  (fields: readonly Field[]): Check<LayerIndex> =>
  (value, at) => {
    const length = member(value, at, 'length', count);
    const index = {
      hash: member(value, at, 'hash', hash),
      length,
      salt: member(value, at, 'salt', count),
      pages: member(value, at, 'pages', count),
      directories: member(value, at, 'directories', count),
      root: member(value, at, 'root', nullable(text)),
      ids: member(value, at, 'ids', nullable(idBuckets(fields, length))),
      keys: member(value, at, 'keys', keyDirectory(fields, length)),
    };
    checkRoom(index.pages, length, at);
    checkRoom(index.directories, length, at);
    return index;
  };
