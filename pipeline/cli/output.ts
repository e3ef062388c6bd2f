/**
 * What the command line writes: results on standard output, errors on standard error.
 * A reader that goes away early, as `head` does, is no error.
 */
import type { Writable } from 'node:stream';
import { isCartoError } from '../../src/errors.ts';

function field(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function messageIn(error: unknown): string {
  const message = field(error, 'message');
  // One line, whatever a tool said.
  return (typeof message === 'string' ? message : String(error)).trim().replace(/\s*\n\s*/g, ' ');
}

/** What the system said below `error`: in a page no browser tells, so the library lists what it may be. */
function reasonBelow(error: unknown): string {
  if (!isCartoError(error, 'HostFault') || !error.message.includes('cannot be reached')) return '';
  let below: unknown = error;
  while (field(below, 'cause') !== undefined) below = field(below, 'cause');
  const reason = messageIn(below) || String(field(below, 'code'));
  return below === error ? '' : ` (${reason})`;
}

/** Everything a program may want to know of an error; its stack is of no use to it. */
function jsonOf(error: unknown): unknown {
  const code = field(error, 'code') ?? 'Defect';
  const [retryable, details, where] = ['retryable', 'details', 'where'].map((name) => field(error, name));
  return { error: { code, message: messageIn(error), retryable, details, where } };
}

/** Writes one line about `error`. */
export function reportFailure(error: unknown, json: boolean): void {
  const line = json ? JSON.stringify(jsonOf(error)) : `carto: ${messageIn(error)}${reasonBelow(error)}`;
  process.stderr.write(`${line}\n`);
  const stack = field(error, 'stack');
  if (process.env['CARTO_DEBUG'] !== undefined && typeof stack === 'string')
    process.stderr.write(`${stack}\n`);
}

/** 2 where the command was misused, 3 where a producer did not answer and another try may do, 1 where it failed. */
export function exitCodeOf(error: unknown): 1 | 2 | 3 {
  if (isCartoError(error, 'InvalidQuery', 'UnknownLayer')) return 2;
  return field(error, 'code') === 'DownloadFailed' ? 3 : 1;
}

/** Ends the process quietly when nobody reads `stream` any more. */
export function endOnBrokenPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

/** Writes `lines` one after the other, no faster than they are read. */
export async function writeLines(stream: Writable, lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (!stream.write(`${line}\n`)) {
      await new Promise((resolve) => stream.once('drain', resolve));
    }
  }
}

/** A remark for whoever sits in front of a terminal. */
export function note(text: string, flags: { readonly quiet?: boolean; readonly json?: boolean }): void {
  if (process.stderr.isTTY && flags.quiet !== true && flags.json !== true) process.stderr.write(`${text}\n`);
}
