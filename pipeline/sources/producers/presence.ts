/** What of a plan is here already: by the lock file and the store, without asking anybody or reading a file. */
import { statSync } from 'node:fs';
import { announcedBy, announcedChange, isNewEdition, isVouchedFor } from '../../download/agreement.ts';
import { readLock } from '../../download/lock-file.ts';
import { Store } from '../../download/store.ts';
import type { LockedSource, Wanted } from '../../download/wanted.ts';

/**
 * - `here`: locked, in the store, and what is announced now.
 * - `maybe`: locked and in the store; nobody announces a checksum, so its server will be asked.
 * - `new`: to be fetched.
 * - `changed`: announced as something else than what is locked under its name.
 */
export type Presence = 'here' | 'maybe' | 'new' | 'changed';

export type PresenceOf = (wanted: Wanted) => Presence;

function isThere(store: Store, { sha256, length }: LockedSource): boolean {
  return statSync(store.pathOf(sha256), { throwIfNoEntry: false })?.size === length;
}

/**
 * Looks into the lock file and the store once, for all files.
 * @throws PipelineError `BadSourcesFile` for a lock file that is none.
 */
export function presenceIn(paths: { readonly store: string; readonly lock: string }): PresenceOf {
  const locks = readLock(paths.lock);
  const store = new Store(paths.store);
  return (wanted) => {
    const locked = locks.get(wanted.name);
    if (locked === undefined || isNewEdition(wanted, locked)) return 'new';
    if (announcedChange(wanted, locked) !== null) return 'changed';
    if (!isThere(store, locked)) return 'new';
    if (isVouchedFor(wanted, locked)) return 'here';
    return announcedBy(wanted) === null ? 'maybe' : 'new';
  };
}
