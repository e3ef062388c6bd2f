/**
 * The tree as it was last published, opened: one for all questions. The catalogue is looked
 * at again when it is older than it may be; where the network does not give it, the one that
 * was kept stands in, and the edition says why. Refuses to keep a catalogue that could not be
 * opened, and to remember that opening failed.
 */
import { isCartoError, type CartoError, type CartoErrorCode } from '../errors.ts';
import type { Catalogue } from '../format/catalogue.ts';
import { parseCatalogue } from '../format/parse-catalogue.ts';
import { parseJson } from '../format/parse-json.ts';
import { openCarto, type Carto } from '../index.ts';
import { withDeadline } from '../source/deadline.ts';
import { hostError } from '../source/host-error.ts';
import type { TreeSource } from '../source/range.ts';
import { leftBehind } from './catalogue-change.ts';

export interface Edition {
  readonly carto: Carto;
  /** Why the catalogue could not be looked at, which is then the last one known; else `null`. */
  readonly outage: CartoErrorCode | null;
}

export interface Editions {
  /** @throws CartoError when there is none: nothing could be read, and nothing is kept. */
  current(): Promise<Edition>;
  /** The catalogue is looked at by the next question, however young it is. */
  expire(): void;
}

/** Where the last catalogue is kept, and how blocks of files go that it has left behind. */
export interface Keeping {
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): Promise<void>;
  drop(isGone: (path: string) => boolean): Promise<void>;
}

export interface EditionsOptions {
  readonly tree: TreeSource;
  readonly keeping: Keeping;
  /** For how long a catalogue is taken for the last one. */
  readonly checkMs: number;
  /** In milliseconds, of any beginning. */
  readonly now: () => number;
}

/** An edition with the catalogue that it was opened on. */
interface Opened extends Edition {
  readonly bytes: Uint8Array;
  /** That of the opening: the library may have gone on to another since. */
  readonly catalogue: Catalogue;
}

const CATALOGUE = 'catalogue.json';
/** Longer than a slow line takes for the catalogue, no longer than one waits where an older one is at hand. */
const PATIENCE_MS = 4000;
/** So that a device without a network does not try at each question, and one that has it again soon does. */
const OUTAGE_MS = 5000;

/** Whether another moment may give what this one did not: a host that is down, a login page in between. */
function isOutage(error: unknown): error is CartoError {
  return isCartoError(error) && (error.retryable || ['NotOurFile', 'CorruptFile'].includes(error.code));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** `null` for what this library cannot read. */
async function catalogueOf(bytes: Uint8Array, base: string): Promise<Catalogue | null> {
  const name = base + CATALOGUE;
  try {
    return await parseCatalogue(parseJson(bytes, name), name);
  } catch {
    return null;
  }
}

/** Opens `tree` on a catalogue that has been read; on another, should this one be damaged. */
async function openOn(tree: TreeSource, bytes: Uint8Array, outage: CartoErrorCode | null): Promise<Opened> {
  let used = bytes;
  const carto = await openCarto({
    ...tree,
    async whole(path, signal, fresh) {
      if (path !== CATALOGUE) return tree.whole(path, signal, fresh);
      if (fresh === true) used = await tree.whole(path, signal, true);
      return used;
    },
  });
  return { carto, outage, bytes: used, catalogue: carto.catalogue };
}

export function openEditions({ tree, keeping, checkMs, now }: EditionsOptions): Editions {
  let edition: Opened | null = null;
  let goodUntil = -Infinity;
  let looking: Promise<Edition> | null = null;

  /** What is known of old, where the network fails by `code`; `null` when there is nothing. */
  const standIn = async (code: CartoErrorCode, kept: Uint8Array | undefined): Promise<Opened | null> => {
    if (edition !== null) return { ...edition, outage: code };
    return kept === undefined ? null : openOn(tree, kept, code);
  };

  const adopt = async (bytes: Uint8Array, kept: Uint8Array | undefined): Promise<Opened> => {
    const opened = await openOn(tree, bytes, null);
    if (kept !== undefined && isSame(kept, opened.bytes)) return opened;
    const before = edition?.catalogue ?? (kept && (await catalogueOf(kept, tree.base)));
    // First what goes: stopped in between, the worker finds an old catalogue, and goes on from it.
    await keeping.drop(leftBehind(before ?? null, opened.catalogue));
    await keeping.write(opened.bytes);
    return opened;
  };

  const read = async (kept: Uint8Array | undefined): Promise<Opened> => {
    const patience = kept === undefined ? Infinity : PATIENCE_MS;
    const late = () => hostError('Timeout', tree.base + CATALOGUE, 'no answer in time', 'failures');
    const bytes = await withDeadline(patience, late, undefined, (signal) => tree.whole(CATALOGUE, signal));
    const isKnown = edition !== null && isSame(edition.bytes, bytes);
    return isKnown ? { ...(edition as Opened), outage: null } : adopt(bytes, kept);
  };

  const look = async (): Promise<Opened> => {
    const kept = edition?.bytes ?? (await keeping.read());
    try {
      edition = await read(kept);
      goodUntil = now() + checkMs;
      return edition;
    } catch (error) {
      const known = isOutage(error) ? await standIn(error.code, kept) : null;
      if (known === null) throw error;
      goodUntil = now() + Math.min(checkMs, OUTAGE_MS);
      return (edition = known);
    }
  };

  return {
    async current() {
      if (edition !== null && now() < goodUntil) return edition;
      looking ??= look().finally(() => {
        looking = null;
      });
      return looking;
    },
    expire() {
      goodUntil = -Infinity;
    },
  };
}
