/**
 * Downloads as they go, for people: a line that is rewritten on a terminal; elsewhere a line
 * for every file that is done or begins again, so that a log stays short.
 */
import type { WriteStream } from 'node:tty';
import { inWords } from '../space.ts';
import type { Progress } from './wanted.ts';

/** To the start of the line, and nothing after it. */
const CLEAR = '\r\u001b[K';
/** Between two drawings of the line: more than the eye follows. */
const REDRAW_MS = 100;

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export function durationInWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${String(whole % 60).padStart(2, '0')} s` : `${whole} s`;
}

/** `3/12 files, 1.2 GB of 6.8 GB, 12.4 MB/s, 7 min 31 s left`. */
export function inOneLine({ files, bytes, bytesPerSecond, secondsLeft }: Progress): string {
  const size =
    bytes.total === null ? inWords(bytes.done) : `${inWords(bytes.done)} of ${inWords(bytes.total)}`;
  const parts = [`${files.done}/${files.total} files`, size];
  if (bytesPerSecond > 0) parts.push(`${inWords(bytesPerSecond)}/s`);
  if (secondsLeft !== null) parts.push(`${durationInWords(secondsLeft)} left`);
  return parts.join(', ');
}

/** What is worth a line of its own; `null` for bytes that come as they should. */
function eventOf(progress: Progress): string | null {
  const { name, state, note } = progress;
  if (state === 'receiving') return null;
  if (state === 'waiting') return `${name}: waiting, ${note ?? ''}`;
  if (state === 'again') return `${name}: again, ${note ?? ''}`;
  if (state === 'kept') return note === null ? null : `${name}: kept, ${note}`;
  return `${name}: done; ${inOneLine(progress)}`;
}

export interface Shown {
  readonly onProgress: (progress: Progress) => void;
  /** Clears the line. */
  readonly end: () => void;
}

export interface ShowOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
  /** Standard error unless a test says otherwise. */
  readonly stream?: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };
  readonly now?: () => number;
}

const SILENT: Shown = { onProgress: () => undefined, end: () => undefined };

/** For `DownloadOptions.onProgress`; nothing when `quiet` or `json` is asked for. */
export function showDownloads({ quiet, json, stream = process.stderr, now = Date.now }: ShowOptions): Shown {
  if (quiet === true || json === true) return SILENT;
  const isTerminal = stream.isTTY === true;
  let drawn = -Infinity;
  const draw = (progress: Progress): void => {
    if (!isTerminal || now() - drawn < REDRAW_MS) return;
    drawn = now();
    const line = `${inOneLine(progress)}  ${progress.name}`;
    const columns = stream.columns ?? 0;
    stream.write(CLEAR + (columns === 0 || line.length < columns ? line : `${line.slice(0, columns - 2)}…`));
  };
  return {
    onProgress: (progress) => {
      const event = eventOf(progress);
      if (event !== null && (!isTerminal || progress.note !== null)) {
        stream.write(`${isTerminal ? CLEAR : ''}${event}\n`);
        drawn = -Infinity;
      }
      draw(progress);
    },
    end: () => {
      if (isTerminal) stream.write(CLEAR);
    },
  };
}
