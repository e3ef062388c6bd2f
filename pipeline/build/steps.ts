/**
 * Steps whose inputs have not changed are not run again. A step writes into a folder
 * of its own that appears under its final name only when it is complete, so a build
 * killed at any moment leaves finished steps and nothing half done.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { located } from '../errors.ts';
import { codeFingerprint, sha256Of } from './fingerprint.ts';

const RESULT = 'result.json';
const UNFINISHED = '.unfinished';

export interface Step<T> {
  /** Told apart for people: `normalise`, `pack cadastre/parcelle 21`. */
  readonly name: string;
  /** All that decides the result besides our code; plain JSON. */
  readonly inputs: unknown;
  /** Writes its files into `folder`; the returned value, plain JSON, is kept with them. */
  readonly run: (folder: string) => T | Promise<T>;
}

export interface StepResult<T> {
  readonly value: T;
  /** Where its files are. */
  readonly folder: string;
  readonly fingerprint: string;
}

/** The step's name for people who look into the folder; file systems end names at 255 bytes. */
function folderName(name: string): string {
  return name.replaceAll(/[^a-z0-9-]+/gi, '.').slice(0, 120);
}

/**
 * Removes an unfinished step, or what can be removed of it: a tool that outlived a killed build
 * may be writing there still. What is left then goes with a later build.
 */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
  }
}

export class StepStore {
  readonly #root: string;
  readonly #used = new Set<string>();
  readonly #onRun: (name: string) => void;
  #ran = 0;

  /** `onRun` is told each step that really runs. */
  constructor(root: string, onRun: (name: string) => void) {
    this.#root = join(root, 'steps');
    this.#onRun = onRun;
    mkdirSync(this.#root, { recursive: true });
  }

  /** How many steps were not found done. */
  get ran(): number {
    return this.#ran;
  }

  async run<T>(step: Step<T>): Promise<StepResult<T>> {
    const { name, inputs } = step;
    const fingerprint = sha256Of(JSON.stringify({ name, inputs, code: codeFingerprint() }));
    const folder = join(this.#root, `${folderName(name)}-${fingerprint.slice(0, 16)}`);
    this.#used.add(folder);
    if (!existsSync(join(folder, RESULT))) await this.#execute(step, folder);
    // Read back even when just run: what a later build will find is what this one uses.
    const value = JSON.parse(readFileSync(join(folder, RESULT), 'utf8')) as T;
    return { value, folder, fingerprint };
  }

  async #execute<T>(step: Step<T>, folder: string): Promise<void> {
    this.#onRun(step.name);
    this.#ran += 1;
    for (const left of this.#unfinished(folder)) discard(left);
    // Its name is its own: what a killed build's tools still write goes elsewhere.
    const unfinished = `${folder}${UNFINISHED}-${randomUUID()}`;
    mkdirSync(unfinished);
    try {
      const value = await step.run(unfinished);
      writeFileSync(join(unfinished, RESULT), JSON.stringify(value));
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    } catch (error) {
      discard(unfinished);
      throw located(error, step.name);
    }
  }

  /** Where killed builds were at this step. */
  #unfinished(folder: string): string[] {
    const start = basename(folder) + UNFINISHED;
    return readdirSync(this.#root)
      .filter((name) => name.startsWith(start))
      .map((name) => join(this.#root, name));
  }

  /** Removes what no step of this build used: other vintages, unfinished steps. */
  prune(): void {
    for (const name of readdirSync(this.#root)) {
      const folder = join(this.#root, name);
      if (!this.#used.has(folder)) discard(folder);
    }
  }
}
