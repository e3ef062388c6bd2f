/**
 * What all queries on one opened tree share: the decoded units they used last, and the
 * requests under way. Refuses to keep anything of a read that failed.
 */
import type { QueryLimits } from './limits.ts';
import { observed, type RequestListener } from './observe.ts';
import { queryReads, type Send } from './query-reads.ts';
import type { TreeSource } from './range.ts';
import type { Reads } from './reads.ts';
import { openShelf } from './shelf.ts';

export type { QueryLimits } from './limits.ts';
export type { Decode, Reads, Wanted } from './reads.ts';

export interface StoreOptions {
  /** Of decoded values kept, estimated. */
  readonly cacheBytes: number;
  /** Called at the end of each request, whatever became of it. */
  readonly onRequest?: RequestListener | undefined;
}

export interface Store {
  readonly tree: TreeSource;
  /** One request of `tree`, neither shared nor counted. */
  readonly send: Send;
  /** The reads of one query. @param signal - aborts them with its reason. */
  query(limits: QueryLimits, signal?: AbortSignal): Reads;
}

export function openStore(tree: TreeSource, { cacheBytes, onRequest }: StoreOptions): Store {
  const shelf = openShelf(cacheBytes);
  const { base } = tree;
  const send: Send = (file, span, signal, fresh) => {
    const { offset, length } = span ?? { offset: 0, length: null };
    const reading =
      length === null
        ? tree.whole(file.path, signal, fresh)
        : tree.range(file, offset, length, signal, fresh);
    return observed(reading, (outcome) => onRequest?.({ url: base + file.path, offset, length, ...outcome }));
  };
  return { tree, send, query: (limits, signal) => queryReads({ shelf, send, base }, limits, signal) };
}
