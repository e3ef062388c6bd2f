/** An id as it waits for its bucket: the hash of its group, its tag, and its page. */
import { addressOf } from '../../../src/format/bucket.ts';
import type { UnitRef } from '../../../src/format/unit.ts';

/** Hash (u32), tag (u24), offset (u48), length (u24), check (u16) of the page. */
export const RECORD_BYTES = 18;

export interface IdRecord {
  readonly tag: number;
  readonly page: UnitRef;
}

export function encodeRecord(key: string, page: UnitRef): Buffer {
  // Of 2^32 buckets, the hash itself.
  const { bucket: hash, tag } = addressOf(key, 2 ** 32);
  const record = Buffer.allocUnsafe(RECORD_BYTES);
  record.writeUInt32BE(hash, 0);
  record.writeUIntBE(tag, 4, 3);
  record.writeUIntBE(page.offset, 7, 6);
  record.writeUIntBE(page.length, 13, 3);
  record.writeUInt16BE(page.check, 16);
  return record;
}

export function decodeRecord(value: Uint8Array): IdRecord {
  const record = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return {
    tag: record.readUIntBE(4, 3),
    page: {
      offset: record.readUIntBE(7, 6),
      length: record.readUIntBE(13, 3),
      check: record.readUInt16BE(16),
    },
  };
}
