/** A tree whose every request is reported: what a query cost, and what a page may show. */
import { isCartoError, type CartoErrorCode } from '../errors.ts';
import type { TreeSource } from './range.ts';

/** One request, when it has ended. A second attempt is a request of its own. */
export interface RequestReport {
  /** The file's URL or path. */
  readonly url: string;
  /** Bytes from the start of the file. */
  readonly offset: number;
  /** Bytes asked for; `null` for a whole file. */
  readonly length: number | null;
  /** Bytes received and used. */
  readonly bytes: number;
  /** `aborted` by the caller, or why it failed. */
  readonly status: 'ok' | 'aborted' | CartoErrorCode;
  /** Of a failed request that the host answered. */
  readonly httpStatus?: number;
}

export type RequestListener = (report: RequestReport) => void;

type Asked = Pick<RequestReport, 'url' | 'offset' | 'length'>;

function failed(asked: Asked, error: unknown): RequestReport {
  if (!isCartoError(error)) return { ...asked, bytes: 0, status: 'aborted' };
  const { httpStatus } = error.details;
  return {
    ...asked,
    bytes: 0,
    status: error.code,
    ...(typeof httpStatus === 'number' ? { httpStatus } : {}),
  };
}

async function report(
  asked: Asked,
  listener: RequestListener,
  work: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await work();
  } catch (error) {
    listener(failed(asked, error));
    throw error;
  }
  listener({ ...asked, bytes: bytes.length, status: 'ok' });
  return bytes;
}

/** `tree`, with `listener` called at the end of each request. */
export function observed(tree: TreeSource, listener: RequestListener): TreeSource {
  return {
    base: tree.base,
    whole(path, signal) {
      const asked = { url: tree.open(path, 0).name, offset: 0, length: null };
      return report(asked, listener, () => tree.whole(path, signal));
    },
    open(path, fileLength) {
      const file = tree.open(path, fileLength);
      return {
        name: file.name,
        read: (offset, length, signal) =>
          report({ url: file.name, offset, length }, listener, () => file.read(offset, length, signal)),
      };
    },
  };
}
