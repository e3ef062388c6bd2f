/**
 * Decoded values by key: those under way, and those used last, within a number of bytes.
 * Refuses to keep what failed, and what alone is larger than a quarter of its room.
 */
import type { Meter } from './limits.ts';

/** A request under way. It ends when the last of those who wait for it has gone, not before. */
export interface Flight {
  readonly controller: AbortController;
  /** Of their queries, as often as each of them waits. */
  readonly waiting: Meter[];
}

export interface Entry {
  readonly value: Promise<unknown>;
  /** Until the value has come. */
  flight: Flight | null;
  /** That it is kept for; 0 until it has come. */
  bytes: number;
}

export interface Shelf {
  /** What is kept or under way; an abandoned request is neither. */
  find(key: string): Entry | undefined;
  /** Shares `value`, which `flight` brings, and keeps it when it has come, unless `bytes` is 0. */
  add(key: string, flight: Flight, value: Promise<unknown>, bytes: number): void;
}

/** A shelf with room for so many bytes. */
export function openShelf(room: number): Shelf {
  // A map keeps the order of insertion: the first is the one used longest ago.
  const entries = new Map<string, Entry>();
  let filled = 0;
  return {
    find(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.flight?.controller.signal.aborted === true) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    add(key, flight, value, bytes) {
      const entry: Entry = { value, flight, bytes: 0 };
      entries.set(key, entry);
      const settle = (size: number): void => {
        // After an abort the key may stand for a newer request.
        if (entries.get(key) !== entry) return;
        if (size === 0) {
          entries.delete(key);
          return;
        }
        entry.flight = null;
        entry.bytes = size;
        filled += size;
        for (const [oldest, kept] of entries) {
          if (filled <= room) return;
          if (kept.bytes === 0) continue;
          entries.delete(oldest);
          filled -= kept.bytes;
        }
      };
      value.then(
        () => {
          settle(bytes > room / 4 ? 0 : bytes);
        },
        () => {
          settle(0);
        },
      );
    },
  };
}
