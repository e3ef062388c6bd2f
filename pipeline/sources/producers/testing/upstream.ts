/** A fake upstream for the tests of one file, and a downloader whose requests go there. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createDownloader, type Downloader } from '../../../download/index.ts';
import { Upstream } from '../../../testing/upstream/server.ts';
import { HOSTS } from '../addresses.ts';

export interface TestUpstream {
  readonly upstream: Upstream;
  /** For catalogues: nothing is stored. */
  readonly downloader: Downloader;
}

/** The real downloader, in a hurry. */
function downloaderOf(upstream: Upstream): Downloader {
  const nowhere = join(tmpdir(), 'carto-test-nothing-is-stored');
  const options = { store: nowhere, lock: `${nowhere}.json`, perSecond: 10_000 };
  return createDownloader({ ...options, origins: upstream.origins(HOSTS) }, { tries: 1, firstPauseMs: 1 });
}

/** Starts it for each test; what was served is served until something else is. */
export function useUpstream(): TestUpstream {
  const upstream = new Upstream();
  let downloader: Downloader | null = null;
  const own = (): Downloader => {
    if (downloader === null) throw new Error('for use in a test');
    return downloader;
  };
  beforeEach(async () => {
    upstream.forget();
    await upstream.start();
    downloader = downloaderOf(upstream);
  });
  afterEach(() => upstream.stop());
  return {
    upstream,
    downloader: {
      text: (url, options) => own().text(url, options),
      head: (url) => own().head(url),
      fetchAll: (wanted) => own().fetchAll(wanted),
    },
  };
}
