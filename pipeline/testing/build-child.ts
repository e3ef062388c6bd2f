/**
 * `build` as a process of its own, which a test can kill: tells each step as a line, and
 * at the end `done`, or the error as JSON.
 */
import { build } from '../build/build.ts';
import { PipelineError } from '../errors.ts';

const [sources = '', directory = '', work = ''] = process.argv.slice(2);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await build({ sources, directory, work, onStep: say });
  say('done');
} catch (error) {
  const { message } = error as Error;
  say(JSON.stringify(error instanceof PipelineError ? { code: error.code, message } : { message }));
  process.exitCode = 1;
}
