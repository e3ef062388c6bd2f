import { describe, expect, it } from 'vitest';
import { boxCovers } from '../geometry/lattice.ts';
import { seededRandom } from '../testing/random.ts';
import {
  cellBox,
  cellSpan,
  childrenOfCell,
  codeAt,
  END_OF_CODES,
  MAX_LEVEL,
  ORIGIN,
  ROOT_CELL,
} from './cells.ts';
import type { Cell } from './cells.ts';

const random = seededRandom(26);
const within = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

/** The bits of a number, the lowest first. */
const bit = (n: number, i: number): number => Math.floor(n / 2 ** i) % 2;

/** A path from the root cell to a smallest one. */
function pathDown(): Cell[] {
  const path = [ROOT_CELL];
  for (let cell = ROOT_CELL; cell.level < MAX_LEVEL;) {
    cell = childrenOfCell(cell)[within(0, 3) as 0 | 1 | 2 | 3];
    path.push(cell);
  }
  return path;
}

describe('cells', () => {
  it('begin with the whole lattice', () => {
    expect(cellBox(ROOT_CELL)).toEqual([-(2 ** 35), -(2 ** 35), 2 ** 35, 2 ** 35]);
    expect(ORIGIN).toBe(2 ** 35);
    expect(cellSpan(0)).toBe(END_OF_CODES);
    expect(Number.isSafeInteger(END_OF_CODES)).toBe(true);
  });

  it('are quartered: south-west, south-east, north-west, north-east, in the order of their codes', () => {
    const [southWest, southEast, northWest, northEast] = childrenOfCell(ROOT_CELL).map(cellBox);
    expect(southWest).toEqual([-ORIGIN, -ORIGIN, 0, 0]);
    expect(southEast).toEqual([0, -ORIGIN, ORIGIN, 0]);
    expect(northWest).toEqual([-ORIGIN, 0, 0, ORIGIN]);
    expect(northEast).toEqual([0, 0, ORIGIN, ORIGIN]);
  });

  it('lie in their parents and have consecutive codes, down to the last level', () => {
    for (let i = 0; i < 200; i++) {
      for (const cell of pathDown().slice(0, -1)) {
        const children = childrenOfCell(cell);
        expect(children.every((child) => boxCovers(cellBox(cell), cellBox(child)))).toBe(true);
        expect(children.map(({ start }) => start - cell.start)).toEqual(
          [0, 1, 2, 3].map((k) => k * cellSpan(cell.level + 1)),
        );
      }
    }
  });

  it('of the last level are 1,024 steps wide and have no children', () => {
    const last = pathDown().at(-1) ?? ROOT_CELL;
    const [minX, minY, maxX, maxY] = cellBox(last);
    expect([maxX - minX, maxY - minY]).toEqual([1024, 1024]);
    expect(() => childrenOfCell(last)).toThrow(RangeError);
  });
});

describe('the code of a point', () => {
  it('has the bits of its column and row, those of x the lower of each pair', () => {
    for (let i = 0; i < 1000; i++) {
      const [column, row] = [within(0, 2 ** 26 - 1), within(0, 2 ** 26 - 1)];
      const code = codeAt(column * 1024 - ORIGIN + within(0, 1023), row * 1024 - ORIGIN + within(0, 1023));
      for (let k = 0; k < 26; k++) {
        expect(bit(code, 2 * k)).toBe(bit(column, k));
        expect(bit(code, 2 * k + 1)).toBe(bit(row, k));
      }
    }
  });

  it('is that of the cell that holds it, whose upper borders belong to the next', () => {
    for (let i = 0; i < 300; i++) {
      const path = pathDown();
      const cell = path[within(0, MAX_LEVEL)] ?? ROOT_CELL;
      const [minX, minY, maxX, maxY] = cellBox(cell);
      const isIn = (code: number): boolean => code >= cell.start && code < cell.start + cellSpan(cell.level);
      expect(codeAt(minX, minY)).toBe(cell.start);
      expect(isIn(codeAt(maxX - 1, maxY - 1))).toBe(true);
      if (maxX < ORIGIN) expect(isIn(codeAt(maxX, minY))).toBe(false);
      if (maxY < ORIGIN) expect(isIn(codeAt(minX, maxY))).toBe(false);
    }
  });

  it('outside of the root cell is that of the nearest cell within', () => {
    expect(codeAt(-Infinity, -1e300)).toBe(0);
    expect(codeAt(ORIGIN, ORIGIN)).toBe(END_OF_CODES - 1);
    expect(codeAt(1e300, Infinity)).toBe(END_OF_CODES - 1);
  });
});
