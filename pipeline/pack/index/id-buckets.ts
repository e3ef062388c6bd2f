/**
 * The ids of all features in buckets at computed addresses. How many buckets there are
 * depends on how many pages each must name, so keys wait in a file until all pages are
 * written; then they are sorted by bucket.
 */
import type { IdBuckets } from '../../../src/format/catalogue.ts';
import {
  addressOf,
  BUCKET_BYTES,
  encodeBucket,
  fitsInBucket,
  type Slot,
} from '../../../src/format/bucket.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import { ExternalSorter } from '../external-sort.ts';
import { TemporaryFile } from '../temporary-file.ts';
import type { UnitFile } from './unit-file.ts';

/** Hash of the group (u32), tag (u16), offset (u48), length (u24), check (u16) of the page. */
const RECORD = 17;
const READ_AT_ONCE = 4096 * RECORD;
/** Of a bucket that is full to the mean: the rest takes what chance gives. */
const LOAD = 0.5;
/** Bytes that a bucket pays for a key and for a page, and that it has for them. */
const [SLOT_BYTES, REF_BYTES, ROOM] = [3, 10, BUCKET_BYTES - 9];
/** Buckets at the beginning that can still take what the last ones spill. */
const HEAD = 64;

export interface PagedKey {
  readonly key: string;
  readonly page: UnitRef;
}

interface Record {
  readonly tag: number;
  readonly page: UnitRef;
}

function encodeRecord(key: string, page: UnitRef): Buffer {
  // Of 2^32 buckets, the hash itself.
  const { bucket: hash, tag } = addressOf(key, 2 ** 32);
  const record = Buffer.allocUnsafe(RECORD);
  record.writeUInt32BE(hash, 0);
  record.writeUInt16BE(tag, 4);
  record.writeUIntBE(page.offset, 6, 6);
  record.writeUIntBE(page.length, 12, 3);
  record.writeUInt16BE(page.check, 15);
  return record;
}

function decodeRecord(value: Uint8Array): Record {
  const record = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return {
    tag: record.readUInt16BE(4),
    page: {
      offset: record.readUIntBE(6, 6),
      length: record.readUIntBE(12, 3),
      check: record.readUInt16BE(15),
    },
  };
}

/** A bucket being filled. */
class Filling {
  /** What did not fit. */
  readonly spilled: Record[] = [];
  readonly #refs = new Map<number, { readonly number: number; readonly page: UnitRef }>();
  readonly #slots = new Map<string, Slot>();

  add(record: Record): void {
    const { tag, page } = record;
    const name = `${tag} ${page.offset}`;
    if (this.#slots.has(name)) return;
    const ref = this.#refs.get(page.offset)?.number ?? this.#refs.size;
    const refs = Math.max(this.#refs.size, ref + 1);
    if (!fitsInBucket(refs, this.#slots.size + 1)) {
      this.spilled.push(record);
      return;
    }
    this.#refs.set(page.offset, { number: ref, page });
    this.#slots.set(name, { tag, ref });
  }

  payload(): Uint8Array {
    const refs = Array.from(this.#refs.values(), ({ page }) => page);
    return encodeBucket({ refs, slots: [...this.#slots.values()], spilled: this.spilled.length > 0 });
  }
}

export class IdBucketWriter {
  readonly #fields: readonly string[];
  readonly #folder: string;
  readonly #memory: number;
  readonly #keys: TemporaryFile;
  #load = 0;

  constructor(fields: readonly string[], folder: string, memory: number) {
    this.#fields = fields;
    this.#folder = folder;
    this.#memory = memory;
    this.#keys = new TemporaryFile(folder);
  }

  /** The keys of the features that a page names. */
  addPage(keys: readonly string[], page: UnitRef): void {
    const groups = new Set<string>();
    for (const key of keys) {
      groups.add(key.slice(0, -2));
      this.#keys.append(encodeRecord(key, page));
    }
    this.#load += SLOT_BYTES * keys.length + REF_BYTES * groups.size;
  }

  /** Writes all buckets into `file`. */
  finish(file: UnitFile): IdBuckets {
    const buckets = Math.max(1, Math.ceil(this.#load / (ROOM * LOAD)));
    const offset = file.length;
    const sorter = new ExternalSorter({ folder: this.#folder, memory: this.#memory });
    try {
      this.#sortInto(sorter, buckets);
      writeBuckets(sorter, file, buckets);
    } finally {
      sorter.close();
    }
    return { fields: this.#fields, offset, buckets };
  }

  close(): void {
    this.#keys.close();
  }

  /** By bucket, then by page and tag. */
  #sortInto(sorter: ExternalSorter, buckets: number): void {
    this.#keys.flush();
    const bytes = Buffer.allocUnsafe(READ_AT_ONCE);
    const key = Buffer.allocUnsafe(12);
    for (let position = 0; position < this.#keys.length;) {
      const read = this.#keys.read(bytes, position);
      for (let at = 0; at < read; at += RECORD) {
        key.writeUInt32BE(bytes.readUInt32BE(at) % buckets, 0);
        bytes.copy(key, 4, at + 6, at + 12);
        bytes.copy(key, 10, at + 4, at + 6);
        sorter.add(key, bytes.subarray(at, at + RECORD));
      }
      position += read;
    }
  }
}

/** Buckets in order, each after what the one before spilled. */
function writeBuckets(sorter: ExternalSorter, file: UnitFile, buckets: number): void {
  const offset = file.length;
  const head: Filling[] = [];
  let filling = new Filling();
  const end = (): readonly Record[] => {
    const bucket = (file.length - offset) / BUCKET_BYTES;
    if (bucket < HEAD) head.push(filling);
    file.addBucket(filling.payload());
    const { spilled } = filling;
    filling = new Filling();
    spilled.forEach((record) => {
      filling.add(record);
    });
    return spilled;
  };
  for (const { key, value } of sorter.sorted()) {
    const first = offset + Buffer.from(key.buffer, key.byteOffset, 4).readUInt32BE(0) * BUCKET_BYTES;
    while (file.length < first) end();
    filling.add(decodeRecord(value));
  }
  let spilled: readonly Record[] = [];
  while (file.length < offset + buckets * BUCKET_BYTES) spilled = end();
  wrap(spilled, head, file, offset);
}

/** What the last bucket spilled goes on in the first. */
function wrap(spilled: readonly Record[], head: readonly Filling[], file: UnitFile, offset: number): void {
  let rest = spilled;
  for (let bucket = 0; rest.length > 0; bucket++) {
    const filling = head[bucket];
    if (filling === undefined) throw new Error(`${rest.length} ids find no room in their buckets`);
    const before = filling.spilled.length;
    rest.forEach((record) => {
      filling.add(record);
    });
    file.rewriteBucket(filling.payload(), offset + bucket * BUCKET_BYTES);
    rest = filling.spilled.slice(before);
  }
}
