/** Seeded random contents of every kind of unit, extremes among them. */
import type { LocalPart } from '../../geometry/local.ts';
import type { Box } from '../../geometry/lattice.ts';
import { boxOf, type Coordinates, type Shape } from '../../geometry/shape.ts';
import { seededRandom } from '../../testing/random.ts';
import type { Bucket } from '../bucket.ts';
import type { LayerGeometry } from '../catalogue.ts';
import { childrenOfCell, MAX_LEVEL, ORIGIN, ROOT_CELL, type Cell } from '../cells.ts';
import type { Directory, DirectoryLeaf } from '../directory.ts';
import type { Value } from '../feature-values.ts';
import type { KeyDirectory } from '../key-directory.ts';
import type { KeyBlock, KeyFile, KeyLeafRef } from '../key-leaves.ts';
import type { Page, PageFeature } from '../page.ts';
import type { Region } from '../root.ts';
import { consecutive, type UnitRef } from '../unit.ts';

const HASH = '0123456789abcdef';

export class RandomUnits {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number from `least` to `most`. */
  within(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  oneOf<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.within(0, choices.length - 1)] ?? choices[0];
  }

  many<T>(least: number, most: number, make: (i: number) => T): T[] {
    return Array.from({ length: this.within(least, most) }, (_, i) => make(i));
  }

  value(): Value {
    const text = this.oneOf('', 'é€😀"\\\u0000', '21054000AB0012', '\ud800', '__proto__');
    const number = this.oneOf(-0, 0, 0.1, -1e-300, 2 ** 63, 5e-324, this.within(0, 1e6));
    return this.oneOf<Value>(null, true, false, text, text, number, number);
  }

  private ordinate(): number {
    const [near, far, border] = [
      this.within(-5, 5),
      this.within(-1.8e10, 1.8e10),
      this.oneOf(ORIGIN, -ORIGIN),
    ];
    return this.oneOf(near, near, far, border);
  }

  path(least: number): Coordinates {
    return Float64Array.from(this.many(least, 9, () => [this.ordinate(), this.ordinate()]).flat());
  }

  ring(): Coordinates {
    const open = this.path(1);
    return Float64Array.of(...open, ...open.subarray(0, 2));
  }

  shape(geometry: LayerGeometry): Shape {
    const parts = {
      points: geometry === 'MultiPoint' ? this.path(0) : new Float64Array(0),
      lines: geometry === 'MultiLineString' ? this.many(0, 3, () => this.path(1)) : [],
      polygons: geometry === 'MultiPolygon' ? this.many(0, 3, () => this.many(1, 3, () => this.ring())) : [],
    };
    return { ...parts, box: boxOf(parts) };
  }

  part(): LocalPart {
    const covers = this.random() < 0.3;
    const chain = (): Coordinates => (this.random() < 0.5 ? this.ring() : this.path(1));
    return {
      dimension: this.oneOf<0 | 1 | 2>(0, 1, 2),
      covers,
      isOver: this.random() < 0.5,
      chains: covers ? [] : this.many(0, 3, chain),
    };
  }

  feature(geometry: LayerGeometry, values: readonly Value[]): PageFeature {
    const isWhole = this.random() < 0.6;
    const box: Box = [-5, -ORIGIN, -5, this.within(0, 1.8e10)];
    const place = {
      offset: this.within(0, 1e10),
      length: this.within(1, 1e7),
      crc: this.within(0, 2 ** 32 - 1),
      box,
    };
    return {
      partition: this.oneOf(0, 0, 95),
      position: this.within(0, 1e8),
      values,
      shape: isWhole ? this.shape(geometry) : null,
      place: isWhole ? null : place,
    };
  }

  /** A page of a layer with so many fields; some have one value throughout. */
  page(geometry: LayerGeometry, fields: number): Page {
    const constants = Array.from({ length: fields }, () => this.oneOf(null, { value: this.value() }));
    const values = (): Value[] => constants.map((constant) => (constant ? constant.value : this.value()));
    const features = this.many(0, 12, () => this.feature(geometry, values()));
    const locals = this.many(0, Math.min(features.length, 9), () => ({
      leaf: this.within(0, 40),
      feature: this.within(0, features.length - 1),
      parts: this.many(0, 3, () => this.part()),
    }));
    const files = new Map([0, 95].map((partition) => [partition, { hash: HASH, length: 2e10 }]));
    return { features, locals: locals.toSorted((a, b) => a.leaf - b.leaf), files };
  }

  refs(offset: number, n: number): UnitRef[] {
    const column = (most: number): number[] => Array.from({ length: n }, () => this.within(2, most));
    return consecutive(offset, column(2 ** 24 - 1), column(2 ** 16 - 1));
  }

  /** The leaves of a tree that one random path cuts, down to some level, and its sisters now and then. */
  private leavesUnder(cell: Cell, depth: number): Cell[] {
    if (cell.level >= Math.min(depth, MAX_LEVEL)) return [cell];
    const onPath = this.within(0, 3);
    return childrenOfCell(cell).flatMap((child, i) =>
      this.leavesUnder(child, i === onPath ? depth : this.within(0, cell.level + 3)),
    );
  }

  /** The directory of the leaves of a random tree, and its region. Its first page may have begun before. */
  directory(): { directory: Directory; region: Region } {
    const cell = this.oneOf(...childrenOfCell(ROOT_CELL), ROOT_CELL);
    const cells = this.leavesUnder(cell, this.oneOf(0, 1, 3, 8, 26));
    const begun = this.oneOf(0, 0, this.within(1, 300));
    let [page, ordinal] = [-1, 0];
    const leaves = cells.map((cell): DirectoryLeaf => {
      const kind = this.within(0, 2);
      if (kind === 0) return { cell, page: -1, ordinal: -1 };
      if (page < 0) [page, ordinal] = [0, begun];
      else [page, ordinal] = kind === 1 ? [page + 1, 0] : [page, ordinal + 1];
      return { cell, page, ordinal };
    });
    const coverage = this.many(0, 3, (partition) => ({
      partition,
      box: [-180, -90, partition, 48.5] as const,
    }));
    const pages = this.refs(8, page + 1);
    return { directory: { coverage, leaves, pages }, region: { ...cell, offset: 2 ** 33 } };
  }

  /** Regions that tile the root cell, their directories of `length` bytes each from byte `directories`. */
  regions(directories: number, length: number): Region[] {
    const cells = this.leavesUnder(ROOT_CELL, this.oneOf(0, 1, 3, 8, 26));
    return cells.map((cell, i) => ({ ...cell, offset: directories + i * length }));
  }

  bucket(pages: number): Bucket {
    const refs = this.refs(this.within(8, 2 ** 39), pages);
    const tagged = (): Bucket['slots'][number] => ({
      tag: this.within(0, 2 ** 24 - 1),
      ref: this.within(0, pages - 1),
    });
    return { refs, slots: pages === 0 ? [] : this.many(0, 250, tagged), spilled: this.random() < 0.5 };
  }

  file(): KeyFile {
    return { hash: HASH, length: 1e11, features: 1e9, featuresOffset: this.within(0, 1e6) };
  }

  leafRef(keys: number): KeyLeafRef {
    const first = Array.from({ length: keys }, () => this.value());
    const ref = { offset: 8, length: 100, check: 1 };
    return { partition: 0, first, position: this.within(0, 1e8), at: this.within(0, 1e10), ref };
  }

  blocks({ position, at }: KeyLeafRef, keys: number): KeyBlock[] {
    let [next, offset] = [position, at];
    return this.many(1, 50, () => {
      const [features, length] = [this.within(1, 1000), this.within(1, 2 ** 20)];
      const values = Array.from({ length: keys }, () => this.value());
      const block = {
        keys: values,
        position: next,
        features,
        offset,
        length,
        crc: this.within(0, 2 ** 32 - 1),
      };
      [next, offset] = [next + features, offset + length];
      return block;
    });
  }

  keyDirectory(keys: number): KeyDirectory {
    const refs = this.refs(1e9, this.within(0, 40));
    const leaves = refs.map((ref, i) => ({
      ...this.leafRef(keys),
      partition: Math.floor(i / 15),
      position: i * 1000,
      at: i * 1e6,
      ref,
    }));
    return { files: this.many(3, 5, () => this.file()), leaves };
  }
}
