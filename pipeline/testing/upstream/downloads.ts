/** A downloader of the test's own, beside an upstream of its own: pauses take no time, and are told. */
import { createCipheriv, createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../download/clock.ts';
import { createDownloader, readLock } from '../../download/index.ts';
import type { Tuning } from '../../download/settings.ts';
import type {
  Downloaded,
  Downloader,
  DownloadOptions,
  LockedSource,
  Progress,
  Wanted,
} from '../../download/wanted.ts';
import { useFolder, type TestFolder } from '../folder.ts';
import { zip } from '../zip.ts';
import { Upstream } from './server.ts';

export const HOST = 'data.geopf.fr';

/** Time that passes when somebody sleeps, and at no other moment. */
export class TestClock implements Clock {
  readonly pauses: number[] = [];
  #now = Date.parse('2026-11-22T12:00:00Z');

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    this.pauses.push(milliseconds);
    this.#now += milliseconds;
    await setImmediate();
    signal?.throwIfAborted();
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** Bytes that no compression makes smaller, the same for the same seed. */
export function noise(length: number, seed = 1): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** A zip of at least `length` bytes. */
export function zipOf(length: number, seed = 1): Buffer {
  return zip([{ name: 'PARCELLE.SHP', content: noise(length, seed) }]);
}

export function hashOf(bytes: Uint8Array, algorithm = 'sha256'): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** A zip at `/file.zip` of `HOST`, of which its catalogue says nothing. */
export function wantedZip(more: Partial<Wanted> = {}): Wanted {
  return {
    url: `https://${HOST}/file.zip`,
    name: 'file.zip',
    length: null,
    checksum: null,
    kind: 'zip',
    ...more,
  };
}

export interface TestDownloads {
  readonly folder: TestFolder;
  readonly upstream: Upstream;
  readonly clock: TestClock;
  /** What every downloader of the test has told. */
  readonly progress: Progress[];
  readonly options: DownloadOptions;
  downloader(options?: Partial<DownloadOptions>, tuning?: Partial<Tuning>): Downloader;
  fetch(wanted: Wanted, options?: Partial<DownloadOptions>, tuning?: Partial<Tuning>): Promise<Downloaded>;
  /** The bytes of every complete file in the store, by hash. */
  stored(): Map<string, Buffer>;
  locked(): ReadonlyMap<string, LockedSource>;
  /** The `Range` of every request so far. */
  ranges(): (string | undefined)[];
}

interface State {
  upstream: Upstream;
  clock: TestClock;
  progress: Progress[];
}

/** For each test of the file an upstream, a store and a clock. */
export function useDownloads(): TestDownloads {
  const folder = useFolder();
  let state: State = { upstream: new Upstream(), clock: new TestClock(), progress: [] };
  beforeEach(async () => {
    state = { upstream: new Upstream(), clock: new TestClock(), progress: [] };
    await state.upstream.start();
  });
  afterEach(async () => {
    await state.upstream.stop();
  });
  const options = (): DownloadOptions => ({
    store: folder.path('downloads'),
    lock: folder.path('sources.lock.json'),
    origins: state.upstream.origins(new Set([...state.upstream.hosts, HOST])),
    onProgress: (progress) => state.progress.push(progress),
  });
  const downloader: TestDownloads['downloader'] = (more, tuning) =>
    createDownloader({ ...options(), ...more }, { clock: state.clock, spareBytes: 0, ...tuning });
  return {
    folder,
    get upstream() {
      return state.upstream;
    },
    get clock() {
      return state.clock;
    },
    get progress() {
      return state.progress;
    },
    get options() {
      return options();
    },
    downloader,
    async fetch(wanted, more, tuning) {
      const [downloaded] = await downloader(more, tuning).fetchAll([wanted]);
      if (downloaded === undefined) throw new Error('nothing was downloaded');
      return downloaded;
    },
    stored() {
      const root = folder.path('downloads', 'sha256');
      const files = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [];
      return new Map(
        files
          .filter((file) => file.isFile())
          .map((file) => [file.name, readFileSync(`${file.parentPath}/${file.name}`)]),
      );
    },
    locked: () => readLock(folder.path('sources.lock.json')),
    ranges: () => state.upstream.requests.map(({ headers }) => headers['range'] as string | undefined),
  };
}
