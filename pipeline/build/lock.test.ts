import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { lock } from './lock.ts';

const folder = useFolder();

function workFolder(): string {
  return folder.path('work', 'here');
}

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the lock of a work folder', () => {
  it('holds the number of the process that took it, until it is released', () => {
    const work = workFolder();
    const release = lock(work);
    expect(readFileSync(join(work, 'lock'), 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(join(work, 'lock'))).toBe(false);
    lock(work)();
  });

  it('is refused while its process runs, which is named', () => {
    const work = workFolder();
    const release = lock(work);
    expect(() => lock(work)).toThrow(
      expect.objectContaining({
        code: 'Busy',
        message: `another build (process ${process.pid}) is at work in ${work}`,
      }),
    );
    release();
  });

  it.each([
    ['of a process that has ended', (): string => String(endedProcess())],
    ['of no process', (): string => 'garbage'],
  ])('%s is taken over', (_, content) => {
    const work = workFolder();
    lock(work)();
    writeFileSync(join(work, 'lock'), content());
    const release = lock(work);
    expect(readFileSync(join(work, 'lock'), 'utf8')).toBe(String(process.pid));
    release();
  });

  it('that is empty may be another build’s first moment: it is refused, and the file named', () => {
    const work = workFolder();
    lock(work)();
    writeFileSync(join(work, 'lock'), '');
    expect(() => lock(work)).toThrow(
      expect.objectContaining({
        code: 'Busy',
        message: `${join(work, 'lock')} names no process; remove it if no build is running`,
      }),
    );
  });
});
