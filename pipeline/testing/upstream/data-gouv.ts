/** data.gouv.fr: datasets as its API tells of them, and the files at their dated addresses. */
import { createHash } from 'node:crypto';
import type { FakeFile } from './example-file.ts';
import type { Upstream } from './server.ts';

export interface FakeResource {
  readonly title: string;
  /** Of the address, `20260921-213954`. */
  readonly stamp: string;
  readonly file: FakeFile | null;
  readonly url?: string;
}

const STATIC = 'static.data.gouv.fr';

/** The resource as the API tells of it, and its file at its address. */
function serveResource(
  upstream: Upstream,
  slug: string,
  { title, stamp, file, url }: FakeResource,
  i: number,
): unknown {
  const path = `/resources/${slug}/${stamp}/${file?.name ?? title}`;
  if (file !== null) upstream.serve(STATIC, path, file.bytes);
  const sha1 = file === null ? null : createHash('sha1').update(file.bytes).digest('hex');
  return {
    ...{ id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, title, type: 'main' },
    ...{ url: url ?? `https://${STATIC}${path}`, format: title.split('.').at(-1) },
    ...{ filesize: file?.bytes.length ?? null, last_modified: '2026-03-01T21:39:54+00:00' },
    checksum: sha1 === null ? null : { type: 'sha1', value: sha1 },
  };
}

/** A dataset of data.gouv.fr with its files; a resource without a file is only named. */
export function serveDataset(
  upstream: Upstream,
  slug: string,
  licence: string,
  resources: readonly FakeResource[],
): void {
  const told = resources.map((resource, i) => serveResource(upstream, slug, resource, i));
  const body = JSON.stringify({ id: slug, slug, license: licence, resources: told });
  const headers = { 'content-type': 'application/json' };
  upstream.serve('www.data.gouv.fr', `/api/1/datasets/${slug}/`, { body, headers });
}
