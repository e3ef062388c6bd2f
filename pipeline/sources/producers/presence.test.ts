/** What a plan says is here, against what the lock file and the store hold. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLock, Store, type LockedSource, type Wanted } from '../../download/index.ts';
import { useFolder } from '../../testing/folder.ts';
import { presenceIn } from './presence.ts';

const folder = useFolder();

const MD5 = 'a'.repeat(32);
const URL = 'https://data.geopf.fr/2026-03-01/zone.gpkg';

const LOCKED: LockedSource = {
  ...{ url: URL, length: 5, sha256: 'b'.repeat(64), announced: `md5:${MD5}`, edition: '2026-03-01' },
  ...{ licence: null, etag: null, lastModified: null, fetched: '2026-03-02' },
};

const WANTED: Wanted = {
  ...{ url: URL, name: 'zone.gpkg', length: 5, kind: 'gpkg', edition: '2026-03-01' },
  checksum: { algorithm: 'md5', hex: MD5 },
};

/** The presence of `wanted` where `locked` is locked and, unless told otherwise, in the store. */
function presence(wanted: Wanted, locked: LockedSource | null, stored = true): string {
  const paths = { store: folder.path('downloads'), lock: folder.path('lock.json') };
  const sources = locked === null ? {} : { 'zone.gpkg': locked };
  writeFileSync(paths.lock, JSON.stringify({ version: 1, sources }));
  expect(readLock(paths.lock).size).toBe(locked === null ? 0 : 1);
  const path = new Store(paths.store).pathOf(LOCKED.sha256);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(stored ? path : join(dirname(path), 'other'), 'bytes');
  return presenceIn(paths)(wanted);
}

describe('what is here', () => {
  it('is what is locked, in the store, and announced by the same checksum', () => {
    expect(presence(WANTED, LOCKED)).toBe('here');
    expect(presence(WANTED, null)).toBe('new');
  });

  it('is not what is locked alone', () => {
    expect(presence(WANTED, LOCKED, false)).toBe('new');
  });

  it('is not certain without a checksum', () => {
    expect(presence({ ...WANTED, checksum: null }, { ...LOCKED, announced: null })).toBe('maybe');
  });

  it('has changed under the same name, or is a new edition at a new address', () => {
    const other = { ...WANTED, checksum: { algorithm: 'md5', hex: 'c'.repeat(32) } } as const;
    expect(presence(other, LOCKED)).toBe('changed');
    expect(presence({ ...other, edition: '2026-03-08' }, LOCKED)).toBe('changed');
    const moved = 'https://data.geopf.fr/2026-03-08/zone.gpkg';
    expect(presence({ ...other, edition: '2026-03-08', url: moved }, LOCKED)).toBe('new');
  });
});
