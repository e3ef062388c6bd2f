/**
 * The one error that the library throws. An empty answer is a proven absence;
 * whatever could not be asked or read is a `CartoError` with a literal `code`.
 */

/**
 * - `InvalidQuery`: the question is wrong; nothing was read. `details.path` says where.
 * - `UnknownLayer`: no such layer, or the published catalogue does not hold it.
 * - `NotFound`: the host has no such file (404, 410).
 * - `AccessDenied`: the host refuses (401, 403).
 * - `HostFault`: the host fails (5xx, 429, network down); may pass.
 * - `Offline`: the browser says that the device is offline; may pass.
 * - `Timeout`: no answer in time, of the host or of the query (`maxMs`); may pass.
 * - `RangeNotSupported`: the host ignores `Range` and sends whole files.
 * - `WrongRange`: the host sent other bytes than those asked for.
 * - `Truncated`: fewer bytes came than were announced or asked for.
 * - `NotOurFile`: the bytes are not what the catalogue says (an HTML page, say).
 * - `CorruptFile`: the file contradicts itself or its checksum.
 * - `UnsupportedVersion`: the catalogue is of a newer major format.
 * - `TooCostly`: the query would pass a ceiling of bytes or requests; `details` name both.
 * - `OutsideCoverage`: the tree does not cover what was asked, and the answer (a plain
 *   array) has no room to say so. Where an answer has a `meta`, it says so there instead.
 */
export type CartoErrorCode =
  | 'InvalidQuery'
  | 'UnknownLayer'
  | 'NotFound'
  | 'AccessDenied'
  | 'HostFault'
  | 'Offline'
  | 'Timeout'
  | 'RangeNotSupported'
  | 'WrongRange'
  | 'Truncated'
  | 'NotOurFile'
  | 'CorruptFile'
  | 'UnsupportedVersion'
  | 'TooCostly'
  | 'OutsideCoverage';

const RETRYABLE: ReadonlySet<CartoErrorCode> = new Set(['HostFault', 'Offline', 'Timeout', 'Truncated']);

/**
 * Facts about a failure, for programs: the file, the path in the query, the limit met;
 * `help`, where the host is at fault, is the section of docs/hosting.md that mends it.
 */
export type CartoErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** Why something could not be asked or read: `code` for programs, `message` with what was expected, found and where. */
export class CartoError extends Error {
  override readonly name = 'CartoError';
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  readonly code: CartoErrorCode;
  readonly details: CartoErrorDetails;

  constructor(code: CartoErrorCode, message: string, details: CartoErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
    this.retryable = RETRYABLE.has(code);
  }
}

/** Tells a `CartoError`, of one of `codes` when any are given, from anything else. */
export function isCartoError(error: unknown, ...codes: CartoErrorCode[]): error is CartoError {
  return error instanceof CartoError && (codes.length === 0 || codes.includes(error.code));
}
