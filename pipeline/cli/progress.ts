/** Progress: one line on standard error, rewritten, and only on a terminal. */
import type { WriteStream } from 'node:tty';

export interface Progress {
  /** Shows what is being done now. */
  readonly step: (name: string) => void;
  /** Clears the line. */
  readonly end: () => void;
}

/** To the start of the line, and nothing after it. */
const CLEAR = '\r\u001b[K';

/** One line of the terminal; some say that they have no width at all. */
function fit(text: string, stream: WriteStream): string {
  return stream.columns === 0 || text.length < stream.columns
    ? text
    : `${text.slice(0, stream.columns - 2)}…`;
}

export function showProgress(flags: { readonly quiet?: boolean; readonly json?: boolean }): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || flags.quiet === true || flags.json === true) {
    return { step: () => undefined, end: () => undefined };
  }
  return {
    step: (name) => void stderr.write(CLEAR + fit(name, stderr)),
    end: () => void stderr.write(CLEAR),
  };
}
