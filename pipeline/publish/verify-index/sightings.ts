/**
 * Sightings: that a page holds a feature, and what it says of it. They are noted in the
 * order of the pages and read in the order of the features, sorted on disk in between.
 */
import { ExternalSorter } from '../../pack/external-sort.ts';
import { DIGEST_BYTES } from './content.ts';

export interface Sighting {
  readonly partition: number;
  readonly position: number;
  /** The number of the page in the index. */
  readonly page: number;
  readonly isWhole: boolean;
  /** Whether the ids lead from the feature's key to this page. */
  readonly isNamed: boolean;
  readonly digest: Buffer;
}

const KEY_BYTES = 12;
const MEMORY = 64 * 2 ** 20;
const WHOLE = 1;
const NAMED = 2;

export class Sightings {
  readonly #sorter: ExternalSorter;
  #sorted: Iterator<Sighting, undefined> | null = null;
  #next: Sighting | null = null;

  constructor(folder: string) {
    this.#sorter = new ExternalSorter({ folder, memory: MEMORY });
  }

  note({ partition, position, page, isWhole, isNamed, digest }: Sighting): void {
    const key = Buffer.allocUnsafe(KEY_BYTES);
    key.writeUInt32BE(partition, 0);
    key.writeUInt32BE(position, 4);
    key.writeUInt32BE(page, 8);
    const flags = (isWhole ? WHOLE : 0) + (isNamed ? NAMED : 0);
    this.#sorter.add(key, Buffer.concat([Uint8Array.of(flags), digest]));
  }

  /** Those of the feature, by page. Features are asked for in order, after all was noted. */
  of(partition: number, position: number): Sighting[] {
    const found: Sighting[] = [];
    for (let next = this.#peek(); next !== null; next = this.#peek()) {
      if (next.partition !== partition || next.position !== position) break;
      found.push(next);
      this.#next = null;
    }
    return found;
  }

  /** What is left when all features were asked for: a sighting of none. */
  rest(): Sighting | null {
    return this.#peek();
  }

  close(): void {
    this.#sorter.close();
  }

  #peek(): Sighting | null {
    this.#sorted ??= this.#read();
    if (this.#next === null) {
      const next = this.#sorted.next();
      this.#next = next.done === true ? null : next.value;
    }
    return this.#next;
  }

  *#read(): Generator<Sighting, undefined> {
    for (const record of this.#sorter.sorted()) {
      const [key, value] = [Buffer.from(record.key), Buffer.from(record.value)];
      const flags = value.readUInt8(0);
      yield {
        partition: key.readUInt32BE(0),
        position: key.readUInt32BE(4),
        page: key.readUInt32BE(8),
        isWhole: (flags & WHOLE) !== 0,
        isNamed: (flags & NAMED) !== 0,
        digest: value.subarray(1, 1 + DIGEST_BYTES),
      };
    }
  }
}
