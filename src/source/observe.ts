/** A tree whose every request is reported: what a query cost, and what a page may show. */
import { isCartoError, type CartoErrorCode } from '../errors.ts';
import { nameIn, type TreeSource } from './range.ts';

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
  const status = typeof httpStatus === 'number' ? { httpStatus } : {};
  return { ...asked, bytes: 0, status: error.code, ...status };
}

async function report(
  listener: RequestListener,
  asked: Asked,
  reading: Promise<Uint8Array>,
): Promise<Uint8Array> {
  try {
    await reading;
  } catch (error) {
    listener(failed(asked, error));
    throw error;
  }
  const bytes = await reading;
  listener({ ...asked, bytes: bytes.length, status: 'ok' });
  return bytes;
}

/** `tree`, with `listener` called at the end of each request. */
export function observed(tree: TreeSource, listener: RequestListener): TreeSource {
  return {
    base: tree.base,
    whole(path, signal, fresh) {
      const asked = { url: nameIn(tree, path), offset: 0, length: null };
      return report(listener, asked, tree.whole(path, signal, fresh));
    },
    range(file, offset, length, signal, fresh) {
      const asked = { url: nameIn(tree, file.path), offset, length };
      return report(listener, asked, tree.range(file, offset, length, signal, fresh));
    },
  };
}
