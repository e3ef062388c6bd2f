/**
 * The one error of the pipeline: a message a publisher can act upon, and where the
 * trouble is. Anything else that is thrown is a defect of ours.
 */

/**
 * - `BadSourcesFile`: the sources file itself is wrong.
 * - `MissingSource`: a file or folder that a source names is not there.
 * - `BadArchive`: an archive is empty, damaged or hostile.
 * - `BadSchema`: columns or members are not those of the format.
 * - `BadCrs`: no coordinate system, or coordinates that contradict it.
 * - `BadEncoding`: bytes that are no text in the declared encoding.
 * - `EmptySource`: a layer or table without a row.
 * - `TooManyRejects`: more rejected features than the source may lose.
 * - `CountMismatch`: in is not out plus rejects.
 * - `ToolFailed`: tippecanoe, 7zz or GDAL failed.
 * - `VerifyFailed`: the published tree contradicts its catalogue.
 * - `Busy`: another build holds the work folder.
 */
export type PipelineErrorCode =
  | 'BadSourcesFile'
  | 'MissingSource'
  | 'BadArchive'
  | 'BadSchema'
  | 'BadCrs'
  | 'BadEncoding'
  | 'EmptySource'
  | 'TooManyRejects'
  | 'CountMismatch'
  | 'ToolFailed'
  | 'VerifyFailed'
  | 'Busy';

/** Where it happened, from the outside in; absent parts are unknown or do not apply. */
export interface Where {
  /** The path of the source as the sources file writes it. */
  readonly source?: string;
  /** A file inside the source. */
  readonly member?: string;
  readonly layer?: string;
  readonly line?: number;
  /** The feature's own identifier, or its row as `#12`. */
  readonly id?: string;
}

function describe(where: Where): string {
  const parts = [where.source, where.member, where.layer];
  if (where.line !== undefined) parts.push(`line ${where.line}`);
  parts.push(where.id);
  return parts.filter((part) => part !== undefined && part !== '').join(' › ');
}

export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: PipelineErrorCode;
  readonly where: Where;

  constructor(code: PipelineErrorCode, what: string, where: Where = {}, cause?: unknown) {
    const place = describe(where);
    super(place === '' ? what : `${place}: ${what}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.where = where;
  }
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
