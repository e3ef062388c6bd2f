/** What is told of each request: what a query cost, and what a page may show. */
import { isCartoError, type CartoErrorCode } from '../errors.ts';

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
  readonly httpStatus?: number | undefined;
}

/** Called once for each request; what it throws, the query rejects with. */
export type RequestListener = (report: RequestReport) => void;

type Outcome = Pick<RequestReport, 'bytes' | 'status' | 'httpStatus'>;

function failed(error: unknown): Outcome {
  if (!isCartoError(error)) return { bytes: 0, status: 'aborted' };
  return { bytes: 0, status: error.code, httpStatus: error.details['httpStatus'] as number | undefined };
}

/** What `reading` gives; `report` is told when it has ended, whatever became of it. */
export async function observed(
  reading: Promise<Uint8Array>,
  report: (outcome: Outcome) => void,
): Promise<Uint8Array> {
  const outcome = reading.then(({ length }): Outcome => ({ bytes: length, status: 'ok' }), failed);
  report(await outcome);
  return reading;
}
