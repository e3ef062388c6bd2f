/** A fake upstream for the tests of one file, and a downloader whose requests go there. */
import { afterEach, beforeEach } from 'vitest';
import type { Downloader } from '../../../download/wanted.ts';
import { Upstream } from '../../../testing/upstream/server.ts';

export interface TestUpstream {
  readonly upstream: Upstream;
  readonly downloader: Downloader;
}

async function ask(upstream: Upstream, url: string, method: string): Promise<Response> {
  const { host, pathname, search } = new URL(url);
  return fetch(`${upstream.origin}/${host}${pathname}${search}`, { method });
}

function downloaderOf(upstream: Upstream): Downloader {
  return {
    text: async (url) => {
      const response = await ask(upstream, url, 'GET');
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.text();
    },
    head: async (url) => {
      const { status, headers } = await ask(upstream, url, 'HEAD');
      const length = headers.get('content-length');
      return {
        ...{ status, length: length === null ? null : Number(length) },
        ...{ lastModified: headers.get('last-modified'), etag: headers.get('etag') },
      };
    },
    fetchAll: () => Promise.reject(new Error('catalogues alone')),
  };
}

/** Starts it for each test; what was served is served until something else is. */
export function useUpstream(): TestUpstream {
  const upstream = new Upstream();
  beforeEach(async () => {
    upstream.forget();
    await upstream.start();
  });
  afterEach(() => upstream.stop());
  return { upstream, downloader: downloaderOf(upstream) };
}
