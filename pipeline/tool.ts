/** Runs the programs that the pipeline stands on: 7-Zip and tippecanoe. */
import { $, ProcessOutput } from 'zx';
import { PipelineError, type PipelineErrorCode, type Where } from './errors.ts';

export interface ToolCall {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the tool works for, named in its failure. */
  readonly where?: Where;
  /** What its failure means; `ToolFailed` unless the tool judges a file that it is handed. */
  readonly code?: PipelineErrorCode;
}

export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** Enough of what a tool said to see why it stopped; warnings are not why. */
function lastWords(output: ProcessOutput): string {
  const lines = output.stderr
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/\bwarning:/i.test(line));
  return lines.slice(-3).join(' | ').slice(-500);
}

function failure(tool: string, output: ProcessOutput, { where = {}, code }: ToolCall): PipelineError {
  // The shell's own status for a command that it does not find.
  if (output.exitCode === 127) {
    return new PipelineError('ToolFailed', `${tool} is not installed; run make setup`, where, output);
  }
  const status = output.signal === null ? `status ${String(output.exitCode)}` : `signal ${output.signal}`;
  const words = lastWords(output) || 'it said nothing';
  return new PipelineError(code ?? 'ToolFailed', `${tool} failed with ${status}: ${words}`, where, output);
}

/**
 * Runs `tool` with exactly `args` and gives what it said.
 * @throws PipelineError `ToolFailed` when it is not there; that, or `call.code`, when it ends with
 *   another status than 0.
 */
export async function runTool(
  tool: string,
  args: readonly string[],
  call: ToolCall = {},
): Promise<ToolOutput> {
  const shell = $({
    quiet: true,
    nothrow: true,
    ...(call.cwd === undefined ? {} : { cwd: call.cwd }),
    env: { ...process.env, ...call.env },
  });
  const output = await shell`${tool} ${args}`;
  if (output.exitCode !== 0) throw failure(tool, output, call);
  return { stdout: output.stdout, stderr: output.stderr };
}
