/**
 * The downloader: everything that is wanted, whole and checked, in the store and in the lock
 * file; or an error that names each file that is not.
 */
import pLimit, { type LimitFunction } from 'p-limit';
import { PipelineError } from '../errors.ts';
import { announcedChange, SourceChanged } from './agreement.ts';
import { readHead, readText } from './catalogue.ts';
import { Client } from './client.ts';
import { fetchFile, type Fetched, type Fetching } from './fetching.ts';
import { readLock } from './lock-file.ts';
import { Meter } from './meter.ts';
import { settingsOf, type Settings, type Tuning } from './settings.ts';
import { assertSpace } from '../space.ts';
import { Store } from './store.ts';
import type { Change, Downloaded, Downloader, DownloadOptions, Wanted } from './wanted.ts';

/** Files of one host at once: the producers' servers serve others too. */
const PARALLEL_A_HOST = 2;

function assertNames(wanted: readonly Wanted[]): void {
  const seen = new Map<string, Wanted>();
  for (const one of wanted) {
    const { name, url } = one;
    const other = seen.get(name);
    if (other !== undefined) {
      throw new PipelineError('BadSourcesFile', `${name} names two files: ${other.url}, ${url}`);
    }
    if (!/^[^/\\\0]+$/.test(name) || name === '.' || name === '..') {
      throw new PipelineError('BadSourcesFile', `${JSON.stringify(name)} is no file name, for ${url}`);
    }
    seen.set(name, one);
  }
}

/** The changes that the catalogues announce, and that nobody accepts. */
function refusedChanges(
  wanted: readonly Wanted[],
  lock: string,
  accept: (change: Change) => boolean,
): Change[] {
  const locked = readLock(lock);
  return wanted
    .map((one) => {
      const known = locked.get(one.name);
      return known === undefined ? null : announcedChange(one, known);
    })
    .filter((change): change is Change => change !== null && !accept(change));
}

async function assertRoom(wanted: readonly Wanted[], store: Store, settings: Settings): Promise<void> {
  const locked = readLock(settings.lock);
  const missing = wanted.filter(({ name }) => !store.holds(locked.get(name)?.sha256 ?? ''));
  const bytes = missing.reduce((sum, { length }) => sum + (length ?? 0), 0);
  const what = `to download ${missing.length} ${missing.length === 1 ? 'file' : 'files'}`;
  if (bytes > 0) await assertSpace({ folder: store.folder, bytes, spare: settings.spareBytes, what });
}

/** So many at once, and so many of a host. */
function limits(parallel: number): (wanted: Wanted, work: () => Promise<Fetched>) => Promise<Fetched> {
  const all = pLimit(parallel);
  const hosts = new Map<string, LimitFunction>();
  return async ({ url }, work) => {
    const host = URL.canParse(url) ? new URL(url).host : '';
    const ofHost = hosts.get(host) ?? pLimit(Math.min(PARALLEL_A_HOST, parallel));
    hosts.set(host, ofHost);
    return ofHost(async () => all(work));
  };
}

/** One error for all that failed: the others are in the store, and will not be fetched again. */
function failureOf(failures: readonly unknown[], total: number): unknown {
  const defect = failures.find((failure) => !(failure instanceof PipelineError));
  const [first] = failures;
  if (defect !== undefined || failures.length === 1 || !(first instanceof PipelineError))
    return defect ?? first;
  const messages = failures.map((failure) => (failure as PipelineError).message).join(' | ');
  const what = `${failures.length} of ${total} files could not be downloaded: ${messages}`;
  return new PipelineError(first.code, what, {}, first);
}

async function fetchAll(all: Fetching, wanted: readonly Wanted[]): Promise<Downloaded[]> {
  const { settings, store, meter, accept } = all;
  assertNames(wanted);
  const announced = refusedChanges(wanted, settings.lock, accept);
  if (announced.length > 0) throw new SourceChanged(announced);
  await assertRoom(wanted, store, settings);
  for (const one of wanted) meter.expect(one);
  const limited = limits(settings.parallel);
  const settled = await Promise.allSettled(
    wanted.map(async (one) =>
      limited(one, async () => {
        settings.signal?.throwIfAborted();
        return fetchFile(all, one);
      }),
    ),
  );
  settings.signal?.throwIfAborted();
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw failureOf(failures, wanted.length);
  const fetched = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const changes = fetched.flatMap((one) => ('change' in one ? [one.change] : []));
  if (changes.length > 0) throw new SourceChanged(changes);
  return fetched.flatMap((one) => ('downloaded' in one ? [one.downloaded] : []));
}

/** @param tuning for tests: time, pauses, ceilings. */
export function createDownloader(options: DownloadOptions, tuning: Partial<Tuning> = {}): Downloader {
  const settings = settingsOf(options, tuning);
  const client = new Client(settings);
  const store = new Store(settings.store);
  const accept = options.accept ?? ((): boolean => false);
  const report = options.onProgress ?? ((): void => undefined);
  return {
    text: async (url, textOptions) => readText(client, settings, url, textOptions),
    head: async (url) => readHead(client, settings, url),
    fetchAll: async (wanted) => {
      const meter = new Meter(settings.clock, report);
      return fetchAll({ settings, client, store, meter, accept }, wanted);
    },
  };
}
