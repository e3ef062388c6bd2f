/**
 * From what is wanted to what is in the store and in the lock file: found there, or
 * downloaded, and held against what was locked before.
 */
import { PipelineError, type Where } from '../errors.ts';
import { isNewEdition, isVouchedFor } from './agreement.ts';
import { alone, type Claim } from './claim.ts';
import type { Client } from './client.ts';
import { downloadFile, type DownloadFile } from './download-file.ts';
import { lockSource, readLock } from './lock-file.ts';
import { conditionOf, lineOf, type Content } from './locking.ts';
import type { Meter } from './meter.ts';
import { Partial, partialKey } from './partial.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';
import type { Change, Downloaded, LockedSource, Wanted } from './wanted.ts';

export interface Fetching {
  readonly settings: Settings;
  readonly client: Client;
  readonly store: Store;
  readonly meter: Meter;
  readonly accept: (change: Change) => boolean;
}

/** A file, or the change for which it cannot be given. */
export type Fetched = { readonly downloaded: Downloaded } | { readonly change: Change };

function whereOf({ source, name }: Wanted): Where {
  return source === undefined ? { source: name } : { source, member: name };
}

class FileFetching {
  readonly #all: Fetching;
  readonly #wanted: Wanted;
  #locked: LockedSource | null;

  constructor(all: Fetching, wanted: Wanted) {
    this.#all = all;
    this.#wanted = wanted;
    this.#locked = this.#readLocked();
  }

  async run(): Promise<Fetched> {
    const kept = await this.#kept();
    if (kept === null) return this.#alone(async () => this.#download());
    if (isVouchedFor(this.#wanted, kept)) return this.#keep(kept);
    if (this.#all.settings.offline) return this.#keepAsItWas(kept, 'not asked for whether it has changed');
    return this.#alone(async () => this.#askAgain(kept));
  }

  /** One process at a time is at work on a file. */
  async #alone(work: () => Promise<Fetched>): Promise<Fetched> {
    const { settings, store, meter } = this.#all;
    const { clock, signal } = settings;
    const onWait = (): void => {
      meter.pause(this.#wanted.name, 'waiting', 'another process downloads it');
    };
    return alone(store.claimFolder(partialKey(this.#wanted)), { clock, signal, onWait }, work);
  }

  #readLocked(): LockedSource | null {
    return readLock(this.#all.settings.lock).get(this.#wanted.name) ?? null;
  }

  /** What is locked, when it is what is wanted and is in the store, whole. */
  async #kept(): Promise<LockedSource | null> {
    const { length, checksum } = this.#wanted;
    const locked = this.#locked;
    if (locked === null || isNewEdition(this.#wanted, locked)) return null;
    if (length !== null && length !== locked.length) return null;
    if (checksum !== null && !isVouchedFor(this.#wanted, locked)) return null;
    return (await this.#all.store.has(locked.sha256, locked.length)) ? locked : null;
  }

  /** No catalogue vouches for it: its server is asked whether it is another by now. */
  async #askAgain(kept: LockedSource): Promise<Fetched> {
    try {
      const content = await this.#receive({ condition: conditionOf(this.#wanted, kept), tries: 1 });
      return content === null ? await this.#keep(kept) : await this.#accepted(content);
    } catch (error) {
      // What is locked is here: that its server is not, today, is no reason to stop.
      if (!(error instanceof PipelineError) || error.code === 'SystemFailed') throw error;
      return this.#keepAsItWas(kept, `not known whether it has changed: ${error.message}`);
    }
  }

  async #download(): Promise<Fetched> {
    // Another process may have been at it while this one waited.
    const before = this.#locked;
    this.#locked = this.#readLocked();
    const kept = this.#locked?.sha256 === before?.sha256 ? null : await this.#kept();
    if (kept !== null) return this.#keep(kept);
    const content = await this.#receive({});
    if (content === null) throw new Error(`${this.#wanted.name}: unchanged, although nothing is known of it`);
    return this.#accepted(content);
  }

  /** Downloads it into the store; `null` when the condition says that it is the one that is known. */
  async #receive(how: Pick<DownloadFile, 'condition' | 'tries'>): Promise<Content | null> {
    const { settings, client, store, meter } = this.#all;
    const wanted = this.#wanted;
    const partial = new Partial(store.partialFolder(partialKey(wanted)));
    const epilogue = this.#locked === null ? '' : `; it was last good on ${this.#locked.fetched}`;
    const job = { wanted, where: whereOf(wanted), settings, client, meter, partial, epilogue, ...how };
    const received = await downloadFile(job);
    if (received !== null) store.take(received.path, received.sha256);
    partial.remove();
    return received;
  }

  async #keep(kept: LockedSource): Promise<Fetched> {
    this.#all.meter.end(this.#wanted.name, 'kept', kept.length);
    await this.#lock(kept);
    return this.#downloaded(kept);
  }

  /** Nobody has said anything new of it. */
  #keepAsItWas(kept: LockedSource, note: string): Fetched {
    this.#all.meter.end(this.#wanted.name, 'kept', kept.length, note);
    return this.#downloaded(kept);
  }

  /** Locks what came, unless something else was locked and nobody takes the change over. */
  async #accepted(content: Content): Promise<Fetched> {
    const { settings, meter, accept } = this.#all;
    const { name } = this.#wanted;
    const locked = this.#locked;
    const isOther = locked !== null && locked.sha256 !== content.sha256;
    if (isOther && !isNewEdition(this.#wanted, locked)) {
      const change = { name, locked, found: lineOf(this.#wanted, content, locked, settings.clock.now()) };
      if (!accept(change)) return { change };
    }
    await this.#lock(content);
    meter.end(name, 'done', content.length);
    return this.#downloaded(content);
  }

  /** One process at a time changes the lock file: it holds the lines of others too. */
  async #lock(content: Content): Promise<void> {
    const { settings, store } = this.#all;
    const line = lineOf(this.#wanted, content, this.#locked, settings.clock.now());
    const claim: Claim = { clock: settings.clock, signal: settings.signal };
    await alone(store.claimFolder('lock-file'), claim, () => {
      lockSource(settings.lock, this.#wanted.name, line);
    });
  }

  #downloaded({ length, sha256, etag, lastModified }: Content): Fetched {
    const path = this.#all.store.pathOf(sha256);
    return { downloaded: { wanted: this.#wanted, path, length, sha256, etag, lastModified } };
  }
}

/**
 * `wanted` from the store or its server, locked; or the change that nobody accepts.
 * @throws PipelineError as `Downloader.fetchAll`.
 */
export async function fetchFile(all: Fetching, wanted: Wanted): Promise<Fetched> {
  return new FileFetching(all, wanted).run();
}
