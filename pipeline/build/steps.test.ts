import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../errors.ts';
import { useFolder } from '../testing/folder.ts';
import { StepStore, type Step } from './steps.ts';

const folder = useFolder();

interface Run {
  readonly store: StepStore;
  readonly ran: readonly string[];
}

function open(): Run {
  const ran: string[] = [];
  return { store: new StepStore(folder.path('work', 'here'), (name) => ran.push(name)), ran };
}

function writeText(text: string, inputs: unknown = text): Step<{ text: string }> {
  return {
    name: 'write a text',
    inputs,
    run: (target) => {
      writeFileSync(join(target, 'text.txt'), text);
      return { text };
    },
  };
}

/** What a tool does whose build was killed; `stop` ends it. */
async function writeForeverIn(target: string): Promise<{ stop: () => Promise<void> }> {
  mkdirSync(target);
  const script =
    'console.log(1); for (let i = 0; ; i++) try { fs.writeFileSync(`${i % 500}`, ""); } catch {}';
  const child = spawn(process.execPath, ['-e', script], {
    cwd: target,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { stop };
}

function kept(): string[] {
  return readdirSync(join(folder.path('work', 'here'), 'steps'));
}

describe('a step', () => {
  it('leaves its files and its value where the next build finds them', async () => {
    const first = await open().store.run(writeText('é'));
    expect(readFileSync(join(first.folder, 'text.txt'), 'utf8')).toBe('é');
    const { store, ran } = open();
    expect(await store.run(writeText('é'))).toEqual(first);
    expect(ran).toEqual([]);
    expect(store.ran).toBe(0);
  });

  it('runs again when its inputs change, and only then', async () => {
    const { store, ran } = open();
    await store.run(writeText('a'));
    await store.run(writeText('b'));
    await store.run(writeText('a'));
    expect(ran).toHaveLength(2);
    expect(store.ran).toBe(2);
    expect(kept()).toHaveLength(2);
  });

  it('is told apart from another of the same inputs by its name', async () => {
    const { store } = open();
    const one = await store.run(writeText('a'));
    const two = await store.run({ ...writeText('a'), name: 'write it elsewhere' });
    expect(two.folder).not.toBe(one.folder);
    expect(two.fingerprint).not.toBe(one.fingerprint);
  });

  it('that fails leaves nothing, and throws what it met', async () => {
    const { store } = open();
    const trouble = new PipelineError('EmptySource', 'holds no row');
    const failing: Step<null> = {
      name: 'fail',
      inputs: null,
      run: (target) => {
        writeFileSync(join(target, 'half'), 'x');
        throw trouble;
      },
    };
    await expect(store.run(failing)).rejects.toBe(trouble);
    expect(kept()).toEqual([]);
  });

  it('that the system stops is named in the error', async () => {
    const { store } = open();
    const failing: Step<null> = {
      name: 'pack cadastre/parcelle 21',
      inputs: null,
      run: (target) => {
        writeFileSync(join(target, 'missing', 'file'), 'x');
        return null;
      },
    };
    await expect(store.run(failing)).rejects.toMatchObject({
      code: 'SystemFailed',
      message: expect.stringMatching(/^pack cadastre\/parcelle 21: ENOENT/) as string,
    });
  });

  it('that a killed build left unfinished is run from its start', async () => {
    const { folder: done } = await open().store.run(writeText('a'));
    rmSync(done, { recursive: true });
    mkdirSync(`${done}.unfinished`);
    writeFileSync(join(`${done}.unfinished`, 'half'), 'x');
    const { store, ran } = open();
    await store.run(writeText('a'));
    expect(ran).toHaveLength(1);
    expect(existsSync(join(done, 'half'))).toBe(false);
    expect(existsSync(`${done}.unfinished`)).toBe(false);
  });

  it('is run and published while a tool of a killed build writes on where it was', async () => {
    const { folder: done } = await open().store.run(writeText('a'));
    rmSync(done, { recursive: true });
    const orphan = await writeForeverIn(`${done}.unfinished-killed`);
    try {
      const { store } = open();
      await expect(store.run(writeText('a'))).resolves.toMatchObject({ value: { text: 'a' } });
      expect(() => {
        store.prune();
      }).not.toThrow();
      expect(readdirSync(done).sort()).toEqual(['result.json', 'text.txt']);
    } finally {
      await orphan.stop();
    }
    open().store.prune();
    expect(kept()).toEqual([]);
  });

  it('whose result is missing is run again', async () => {
    const { folder: done } = await open().store.run(writeText('a'));
    rmSync(join(done, 'result.json'));
    const { store, ran } = open();
    await expect(store.run(writeText('a'))).resolves.toMatchObject({ value: { text: 'a' } });
    expect(ran).toHaveLength(1);
  });

  it('of any name has a folder of a name that file systems bear', async () => {
    const { store } = open();
    const name = `normalise cnig ${'../très/loin/'.repeat(50)}`;
    const { folder: long } = await store.run({ ...writeText('a'), name });
    expect(long.split('/').at(-1)).toMatch(/^[A-Za-z0-9.-]{1,200}$/);
  });
});

describe('what a build did not use', () => {
  it('is removed, unfinished steps included', async () => {
    await open().store.run(writeText('old'));
    const { store } = open();
    const { folder: used } = await store.run(writeText('new'));
    mkdirSync(join(used, '..', 'other.unfinished'));
    store.prune();
    expect(kept()).toEqual([used.split('/').at(-1)]);
  });
});
