/** `carto verify`: proves a published tree whole from its bytes. */
import { Command } from 'commander';
import { PipelineError } from '../errors.ts';
import { verify } from '../publish/verify.ts';
import { counted, megabytes } from './wording.ts';

interface VerifyFlags {
  readonly dir: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

async function runVerify(flags: VerifyFlags): Promise<void> {
  const result = await verify(flags.dir);
  const { files, features, bytes, faults } = result;
  if (flags.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const { path, what } of flags.json === true ? [] : faults) process.stdout.write(`${path}: ${what}\n`);
  if (faults.length > 0) {
    throw new PipelineError(
      'VerifyFailed',
      `${counted(faults.length, 'fault')} in ${counted(files, 'file')}`,
      {
        source: flags.dir,
      },
    );
  }
  if (flags.json === true || flags.quiet === true) return;
  const what = [counted(files, 'file'), counted(features, 'feature'), megabytes(bytes)].join(', ');
  process.stdout.write(`${flags.dir}: ${what}: all sound\n`);
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('check every published file from its bytes, and every feature through its index')
    .option('--dir <folder>', 'the published tree', 'dist')
    .action((_flags: unknown, command: Command) => runVerify(command.optsWithGlobals<VerifyFlags>()));
}
