/**
 * The one error of the pipeline: a message a publisher can act upon, and where the
 * trouble is. Anything else that is thrown is a defect of ours.
 */

/**
 * - `BadSourcesFile`: the sources file itself is wrong.
 * - `MissingSource`: a file or folder that a source names is not there.
 * - `BadTerritoire`: no département of that code.
 * - `BadCatalogue`: a producer's catalogue is not as expected: moved, empty, incomplete or ambiguous.
 * - `SourceGone`: a producer's server knows the file no more (404, 410).
 * - `SourceChanged`: another file under the name that the lock file knows.
 * - `DownloadFailed`: a server or the network did not give the file, however often it was asked.
 * - `BadDownload`: what came is not the file that was announced.
 * - `BadArchive`: an archive is empty, damaged or hostile.
 * - `BadSchema`: columns or members are not those of the format.
 * - `BadCrs`: no coordinate system, or coordinates that contradict it.
 * - `BadEncoding`: bytes that are no text in the declared encoding.
 * - `BadCorrection`: a line of `data/corrections` cannot be used.
 * - `RepeatedId`: features of one identifier hold different things, or too many of them.
 * - `MixedSources`: sources of different formats tell of the same things.
 * - `CountDropped`: many fewer features than the tree that is published has.
 * - `ValuesDropped`: a field has many fewer values, or other ones, than in the tree that is published.
 * - `OlderVintage`: an older edition than the one that is published.
 * - `EmptySource`: a layer or table without a row.
 * - `TooManyRejects`: more rejected features than the source may lose.
 * - `CountMismatch`: in is not out plus rejects.
 * - `ToolFailed`: tippecanoe, 7-Zip or GDAL failed.
 * - `SystemFailed`: the system refused to read or write: disk full, no permission.
 * - `VerifyFailed`: the published tree contradicts what it says of itself.
 * - `Busy`: another build holds the work folder.
 */
export type PipelineErrorCode =
  | 'BadSourcesFile'
  | 'MissingSource'
  | 'BadTerritoire'
  | 'BadCatalogue'
  | 'SourceGone'
  | 'SourceChanged'
  | 'DownloadFailed'
  | 'BadDownload'
  | 'BadArchive'
  | 'BadSchema'
  | 'BadCrs'
  | 'BadEncoding'
  | 'BadCorrection'
  | 'RepeatedId'
  | 'MixedSources'
  | 'CountDropped'
  | 'ValuesDropped'
  | 'OlderVintage'
  | 'EmptySource'
  | 'TooManyRejects'
  | 'CountMismatch'
  | 'ToolFailed'
  | 'SystemFailed'
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

/**
 * What is thrown on when `thrown` met `doing`: an error of the system becomes one of ours, that
 * says what was being done; anything else stays what it is.
 */
export function located(thrown: unknown, doing: string): unknown {
  if (!(thrown instanceof Error && 'syscall' in thrown)) return thrown;
  return new PipelineError('SystemFailed', `${doing}: ${thrown.message}`, {}, thrown);
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
