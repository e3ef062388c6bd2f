/**
 * The ids of all features in buckets at computed addresses. How many buckets there are
 * depends on how many pages each must name, so ids wait in a file until all pages are
 * written; then they are sorted by bucket.
 */
import type { IdBuckets } from '../../../src/format/catalogue.ts';
import { BUCKET_BYTES } from '../../../src/format/bucket.ts';
import type { UnitRef } from '../../../src/format/unit.ts';
import { ExternalSorter } from '../external-sort.ts';
import { TemporaryFile } from '../temporary-file.ts';
import { writeBuckets, type Addressed } from './bucket-filling.ts';
import { decodeRecord, encodeRecord, RECORD_BYTES } from './id-record.ts';
import type { UnitFile } from './unit-file.ts';

const READ_AT_ONCE = 4096 * RECORD_BYTES;
/**
 * Of a bucket, how much is full in the mean: the rest takes what chance gives. At a half, 3 in 100
 * ids were spilled into the next bucket and cost a request more.
 */
const LOAD = 1 / 3;
/** Bytes that a bucket pays for an id and for a page, and that it has for them. */
const [SLOT_BYTES, REF_BYTES, ROOM] = [4, 10, BUCKET_BYTES - 9];
/** Of a sorted key: the bucket, the offset of the page and the tag. */
const KEY_BYTES = 4 + 6 + 3;

function* addressed(sorter: ExternalSorter): Generator<Addressed> {
  for (const { key, value } of sorter.sorted()) {
    const bucket = Buffer.from(key.buffer, key.byteOffset, 4).readUInt32BE(0);
    yield { bucket, record: decodeRecord(value) };
  }
}

export class IdBucketWriter {
  readonly #fields: readonly string[];
  readonly #folder: string;
  readonly #memory: number;
  readonly #ids: TemporaryFile;
  #load = 0;

  constructor(fields: readonly string[], folder: string, memory: number) {
    this.#fields = fields;
    this.#folder = folder;
    this.#memory = memory;
    this.#ids = new TemporaryFile(folder);
  }

  /** Adds the ids of the features that `page` names. */
  addPage(ids: readonly string[], page: UnitRef): void {
    const groups = new Set<number>();
    for (const id of ids) {
      const record = encodeRecord(id, page);
      groups.add(record.readUInt32BE(0));
      this.#ids.append(record);
    }
    this.#load += SLOT_BYTES * ids.length + REF_BYTES * groups.size;
  }

  /** Writes all buckets into `file`. */
  finish(file: UnitFile): IdBuckets {
    const buckets = Math.max(1, Math.ceil(this.#load / (ROOM * LOAD)));
    const offset = file.length;
    const sorter = new ExternalSorter({ folder: this.#folder, memory: this.#memory });
    try {
      this.#sortInto(sorter, buckets);
      writeBuckets(addressed(sorter), file, buckets);
    } finally {
      sorter.close();
    }
    return { fields: this.#fields, offset, buckets };
  }

  close(): void {
    this.#ids.close();
  }

  /** By bucket, then by page and tag. */
  #sortInto(sorter: ExternalSorter, buckets: number): void {
    this.#ids.flush();
    const bytes = Buffer.allocUnsafe(READ_AT_ONCE);
    const key = Buffer.allocUnsafe(KEY_BYTES);
    for (let position = 0; position < this.#ids.length;) {
      const read = this.#ids.read(bytes, position);
      for (let at = 0; at < read; at += RECORD_BYTES) {
        key.writeUInt32BE(bytes.readUInt32BE(at) % buckets, 0);
        bytes.copy(key, 4, at + 7, at + 13);
        bytes.copy(key, 10, at + 4, at + 7);
        sorter.add(key, bytes.subarray(at, at + RECORD_BYTES));
      }
      position += read;
    }
  }
}
