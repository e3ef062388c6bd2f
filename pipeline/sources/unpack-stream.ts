/** What a program writes to its standard output, into a file, up to a ceiling. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PipelineError } from '../errors.ts';
import { diskFailure } from '../space.ts';

export interface Unpacking {
  readonly ceiling: number;
  readonly source: string;
  /** Of the file that is unpacked. */
  readonly name: string;
}

/** Passes bytes through, and throws at the first that is too many. */
function ceilingStream({ ceiling, source, name }: Unpacking): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done): void {
      bytes += chunk.length;
      const what = `${name} unpacks to more than ${ceiling} bytes`;
      done(bytes > ceiling ? new PipelineError('BadArchive', what, { source }) : null, chunk);
    },
  });
}

/**
 * Runs `tool` with `args`, its output into `target`.
 * @throws PipelineError `BadArchive` when it fails or says too much, `ToolFailed` when it is not there.
 */
export async function unpackStream(
  tool: string,
  args: readonly string[],
  target: string,
  unpacking: Unpacking,
): Promise<void> {
  const { source } = unpacking;
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-500)));
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  // Heard below; until then nobody may take it for unheard.
  closed.catch(() => undefined);
  try {
    await pipeline(child.stdout, ceilingStream(unpacking), createWriteStream(target));
  } catch (error) {
    child.kill('SIGKILL');
    throw error instanceof PipelineError ? error : diskFailure(error, dirname(target), { source });
  }
  const [status] = await closed.catch((error: unknown) => {
    throw new PipelineError('ToolFailed', `${tool} is not installed; run make setup`, { source }, error);
  });
  if (status === 0) return;
  const said = words.trim().split('\n').slice(-3).join(' | ');
  throw new PipelineError('BadArchive', `${tool} failed with status ${String(status)}: ${said}`, { source });
}
