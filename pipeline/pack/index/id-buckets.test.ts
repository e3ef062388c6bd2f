import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressOf, BUCKET_BYTES, findInBucket } from '../../../src/format/bucket.ts';
import { unsealBucket, type UnitRef } from '../../../src/format/unit.ts';
import { useFolder } from '../../testing/folder.ts';
import { IdBucketWriter } from './id-buckets.ts';
import { UnitFile } from './unit-file.ts';

const SALT = 0xfedcba98;
const START = 'before';

const folder = useFolder();

interface Paged {
  readonly id: string;
  readonly page: UnitRef;
}

const pageAt = (number: number): UnitRef => ({ offset: 1e12 + 5000 * number, length: 70_000, check: number });

/** Writes the buckets of `paged`, each a page of its own. */
function writeBuckets(paged: readonly Paged[]) {
  const path = folder.path('test.idx');
  const file = new UnitFile(path, SALT);
  const ids = new IdBucketWriter(['id'], folder.path('work'), 10_000);
  file.write(Buffer.from(START));
  for (const { id, page } of paged) ids.addPage([id], page);
  const written = ids.finish(file);
  ids.close();
  file.close();
  return { ...written, bytes: new Uint8Array(readFileSync(path)) };
}

/** The offsets of the pages that an id leads to, as a reader finds them. */
function find({ bytes, offset, buckets }: ReturnType<typeof writeBuckets>, id: string) {
  const { bucket, tag } = addressOf(id, buckets);
  const found: number[] = [];
  for (let i = 0; ; i++) {
    const at = offset + ((bucket + i) % buckets) * BUCKET_BYTES;
    const payload = unsealBucket(bytes.subarray(at, at + BUCKET_BYTES), at, SALT, 'test.idx');
    const { refs, spilled } = findInBucket(payload, tag, 'test.idx');
    found.push(...refs.map((ref) => ref.offset));
    if (!spilled) return { found, read: i + 1 };
  }
}

function expectAll(paged: readonly Paged[], written = writeBuckets(paged)): void {
  for (const { id, page } of paged) expect(find(written, id).found, id).toContain(page.offset);
  expect(written.offset).toBe(START.length);
  expect(written.bytes.length).toBe(START.length + written.buckets * BUCKET_BYTES);
}

const many = Array.from({ length: 3000 }, (_, i) => ({ id: `21054000AB${String(i)}`, page: pageAt(i) }));

describe('buckets of ids', () => {
  it('lead from each id to its page', () => {
    expectAll(many);
  });

  it('are one, empty, without ids', () => {
    const written = writeBuckets([]);
    expect(written.buckets).toBe(1);
    expect(find(written, '21054000AB0001')).toEqual({ found: [], read: 1 });
  });

  it('hold an id that a thousand pages have, over many of them', () => {
    const same = Array.from({ length: 1000 }, (_, i) => ({ id: 'same', page: pageAt(5000 + i) }));
    const paged = [...many, ...same];
    expectAll(paged);
    expect(find(writeBuckets(paged), 'same').read).toBeGreaterThan(3);
  });

  it('go on in the first when the last spills', () => {
    const { buckets } = writeBuckets([...many, ...many.slice(0, 1000)]);
    const last = Array.from({ length: 10_000 }, (_, i) => `last${String(i)}00`).find(
      (id) => addressOf(id, buckets).bucket === buckets - 1,
    );
    const same = Array.from({ length: 1000 }, (_, i) => ({ id: last ?? '', page: pageAt(5000 + i) }));
    const written = writeBuckets([...many, ...same]);
    expect(written.buckets).toBe(buckets);
    expectAll([...many, ...same], written);
  });
});
