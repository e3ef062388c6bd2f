import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { edgesMeet, orientation } from './edge.ts';

const SEED = 20260801;

/** Half the globe in lattice steps. */
const [MAX_X, MAX_Y] = [1.8e10, 9e9];

type Numbers = readonly [x0: number, y0: number, x1: number, y1: number];

const edge = (numbers: Numbers): Float64Array => Float64Array.from(numbers);

/** The sign of the orientation, in big integers. */
function exactSign(numbers: Numbers, x: number, y: number): number {
  const [x0, y0, x1, y1] = [BigInt(numbers[0]), BigInt(numbers[1]), BigInt(numbers[2]), BigInt(numbers[3])];
  const determinant = (x1 - x0) * (BigInt(y) - y0) - (y1 - y0) * (BigInt(x) - x0);
  return determinant < 0n ? -1 : Number(determinant > 0n);
}

/** The greatest common divisor of a and b, and u and v such that it is a v - b u. */
function bezout(a: bigint, b: bigint): readonly [divisor: bigint, u: bigint, v: bigint] {
  if (b === 0n) return [a, 0n, 1n];
  const [divisor, u, v] = bezout(b, a % b);
  return [divisor, -v - (a / b) * u, -u];
}

const signOf = (numbers: Numbers, x: number, y: number): number =>
  Math.sign(orientation(edge(numbers), 0, x, y));

describe('orientation', () => {
  it('is positive left of the edge, negative right of it, zero on its line and beyond', () => {
    expect(signOf([0, 0, 0, 10], -1, 5)).toBe(1);
    expect(signOf([0, 0, 0, 10], 1, 5)).toBe(-1);
    expect(signOf([0, 0, 0, 10], 0, 99)).toBe(0);
  });

  it('is zero towards an edge of length zero', () => {
    expect(signOf([3, 4, 3, 4], 8, -1)).toBe(0);
  });

  it('takes the edge at its index', () => {
    const path = Float64Array.of(0, 0, 10, 0, 10, 10);
    expect(Math.sign(orientation(path, 2, 5, 5))).toBe(1);
    expect(Math.sign(orientation(path, 2, 15, 5))).toBe(-1);
  });

  it('is exact from corner to corner of the globe, one step off the diagonal', () => {
    const diagonal = [-MAX_X, -MAX_Y, MAX_X, MAX_Y] as const;
    const beside = [
      [0, 0],
      [0, 1],
      [0, -1],
      [1, 0],
      [2, 1],
      [MAX_X - 1, MAX_Y],
      [MAX_X - 2, MAX_Y - 1],
    ] as const;
    for (const [x, y] of beside) {
      expect(signOf(diagonal, x, y), `(${x}, ${y})`).toBe(exactSign(diagonal, x, y));
    }
  });

  it(`agrees with big integers on 200,000 triples on one line or all but (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const whole = (max: number): number => Math.round((2 * random() - 1) * max);
    const signs = new Map([
      [-1, 0],
      [0, 0],
      [1, 0],
    ]);
    for (let n = 0; n < 200_000; n++) {
      // Start, two steps and three steps all stay on the globe.
      const [x, y, dx, dy] = [whole(MAX_X * 0.4), whole(MAX_Y * 0.4), whole(MAX_X * 0.2), whole(MAX_Y * 0.2)];
      const numbers = [x, y, x + 3 * dx, y + 3 * dy] as const;
      const [px, py] = [x + 2 * dx + (n % 3) - 1, y + 2 * dy + (Math.floor(n / 3) % 3) - 1];
      const expected = exactSign(numbers, px, py);
      signs.set(expected, (signs.get(expected) ?? 0) + 1);
      if (signOf(numbers, px, py) !== expected) expect.fail(`${numbers.join(' ')} towards ${px} ${py}`);
    }
    for (const [sign, count] of signs) expect(count, `triples of sign ${sign}`).toBeGreaterThan(10_000);
  });

  it(`agrees with big integers on determinants as small as one (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    for (let n = 0; n < 20_000; n++) {
      const [dx, dy] = [BigInt(Math.ceil(random() * MAX_X)), BigInt(Math.ceil(random() * MAX_Y))];
      const [divisor, u, v] = bezout(dx, dy);
      // (u, v) has the divisor for a determinant; steps along the edge leave it as it is.
      const times = BigInt(Math.round((random() - 0.5) * 2 ** (1 + (n % 24))));
      const back = (times * u) / dx;
      const [x, y] = [Number(times * u - back * dx), Number(times * v - back * dy)];
      const expected = Math.sign(Number(times * divisor));
      const sign = signOf([0, 0, Number(dx), Number(dy)], x, y);
      if (sign !== expected) expect.fail(`(${dx}, ${dy}) towards (${x}, ${y})`);
    }
  });
});

describe('edgesMeet', () => {
  const CASES: readonly (readonly [name: string, a: Numbers, b: Numbers, meet: boolean])[] = [
    ['edges that cross', [0, 0, 4, 4], [0, 4, 4, 0], true],
    ['edges that would cross if they were longer', [0, 0, 1, 1], [0, 4, 4, 0], false],
    ['edges that share an end', [0, 0, 4, 4], [4, 4, 9, 0], true],
    ['an end on the inside of the other (T-junction)', [0, 0, 8, 4], [4, 2, 4, 9], true],
    ['an end one step off the inside of the other', [0, 0, 8, 4], [4, 3, 4, 9], false],
    ['edges that overlap on one line', [0, 0, 6, 3], [4, 2, 10, 5], true],
    ['an edge within the other on one line', [0, 0, 9, 3], [3, 1, 6, 2], true],
    ['equal edges', [0, 0, 9, 3], [0, 0, 9, 3], true],
    ['edges on one line that touch end to end', [0, 0, 4, 2], [4, 2, 8, 4], true],
    ['edges on one line with a gap', [0, 0, 4, 2], [6, 3, 8, 4], false],
    ['level edges on one line with a gap', [0, 5, 4, 5], [6, 5, 8, 5], false],
    ['upright edges that overlap', [5, 0, 5, 4], [5, 4, 5, 9], true],
    ['parallel edges', [0, 0, 4, 4], [1, 0, 5, 4], false],
    ['a point on an edge', [0, 0, 8, 4], [4, 2, 4, 2], true],
    ['a point at the end of an edge', [0, 0, 8, 4], [8, 4, 8, 4], true],
    ['a point on the line of an edge, beyond it', [0, 0, 8, 4], [10, 5, 10, 5], false],
    ['a point in the box of an edge, off it', [0, 0, 8, 4], [4, 3, 4, 3], false],
    ['equal points', [3, 3, 3, 3], [3, 3, 3, 3], true],
    ['different points', [3, 3, 3, 3], [3, 4, 3, 4], false],
    [
      'edges across the globe that miss by a step',
      [-MAX_X, -MAX_Y, MAX_X, MAX_Y],
      [0, 1, -MAX_X, MAX_Y],
      false,
    ],
    ['edges across the globe that touch', [-MAX_X, -MAX_Y, MAX_X, MAX_Y], [2, 1, MAX_X, -MAX_Y], true],
  ];

  const backwards = ([x0, y0, x1, y1]: Numbers): Numbers => [x1, y1, x0, y0];

  it.each(CASES)('%s', (_, a, b, meet) => {
    for (const one of [a, backwards(a)]) {
      for (const other of [b, backwards(b)]) {
        expect(edgesMeet(edge(one), 0, edge(other), 0)).toBe(meet);
        expect(edgesMeet(edge(other), 0, edge(one), 0)).toBe(meet);
      }
    }
  });
});
