/**
 * Bytes from the network into a file: counted against their ceiling, held against what the
 * file should begin with, hashed and written as they come.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { PipelineError, type Where } from '../errors.ts';
import type { Hashing } from './hashing.ts';
import type { Settings } from './settings.ts';
import { SNIFFED_BYTES, whyNot } from './sniff.ts';
import { diskFailure } from '../space.ts';
import { badDownload, hopeless, networkTrouble, Trouble } from './trouble.ts';
import type { Wanted } from './wanted.ts';

/** Holds the first bytes back until there are enough of them to tell what they are. */
class Sniffer {
  readonly #wanted: Wanted;
  readonly #type: string;
  #first: Uint8Array | null;

  /** @param isStart whether the file's own beginning comes. */
  constructor(wanted: Wanted, type: string, isStart: boolean) {
    this.#wanted = wanted;
    this.#type = type;
    this.#first = isStart ? new Uint8Array() : null;
  }

  /** @throws Trouble when they are not what is wanted. */
  look(bytes: Uint8Array, isEnd = false): void {
    if (this.#first === null) return;
    this.#first = Buffer.concat([this.#first, bytes]).subarray(0, SNIFFED_BYTES);
    if (this.#first.length < SNIFFED_BYTES && !isEnd) return;
    const { kind, name } = this.#wanted;
    const why = whyNot({ kind, name, first: this.#first, type: this.#type });
    this.#first = null;
    if (why !== null) throw badDownload(`what came is ${why}`);
  }
}

export interface Reception {
  readonly wanted: Wanted;
  readonly settings: Settings;
  readonly where: Where;
  readonly hashing: Hashing;
  /** Where to; what is there stays before it. */
  readonly path: string;
  readonly offset: number;
  /** The Content-Type, or nothing. */
  readonly type: string;
  /** When its time is up. */
  readonly until: number;
  readonly onBytes: (bytes: number) => void;
}

function assertBelowCeiling(length: number, { wanted, settings, until }: Reception): void {
  if (wanted.length !== null && length > wanted.length) {
    throw badDownload(`more than the ${wanted.length} bytes that are announced`);
  }
  const { clock, deadlineMs, maxBytes } = settings;
  if (clock.now() > until) throw hopeless(`not there after ${deadlineMs / 3_600_000} h`);
  if (length > maxBytes) throw hopeless(`more than ${maxBytes} bytes: no file is that large`);
}

async function write(file: FileHandle, bytes: Uint8Array, { settings, where }: Reception): Promise<void> {
  try {
    await file.appendFile(bytes);
  } catch (error) {
    throw diskFailure(error, settings.store, where);
  }
}

async function pour(
  pieces: AsyncIterable<Uint8Array>,
  file: FileHandle,
  reception: Reception,
): Promise<number> {
  const { wanted, hashing, onBytes, type, offset } = reception;
  const sniffer = new Sniffer(wanted, type, offset === 0);
  let length = offset;
  for await (const bytes of pieces) {
    length += bytes.length;
    assertBelowCeiling(length, reception);
    sniffer.look(bytes);
    hashing.update(bytes);
    await write(file, bytes, reception);
    onBytes(bytes.length);
  }
  sniffer.look(new Uint8Array(), true);
  return length;
}

/**
 * Writes `pieces` behind what is at `path`, and gives the length of it all.
 * @throws Trouble when they are cut, too many or something else; PipelineError when the disk is full.
 */
export async function receive(pieces: AsyncIterable<Uint8Array>, reception: Reception): Promise<number> {
  const { path, settings, where } = reception;
  const file = await open(path, 'a').catch((error: unknown) => {
    throw diskFailure(error, settings.store, where);
  });
  try {
    return await pour(pieces, file, reception);
  } catch (error) {
    settings.signal?.throwIfAborted();
    throw error instanceof Trouble || error instanceof PipelineError
      ? error
      : networkTrouble(error, settings.tries);
  } finally {
    await file.close();
  }
}
