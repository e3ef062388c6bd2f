import { describe, expect, it } from 'vitest';
import { randomOf } from './random.ts';
import { centreOf, eachSegment, signedArea, type Point, type Ring } from './ring.ts';
import { Subdivision, type Face } from './subdivision.ts';

const SQUARE: Ring = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
  [0, 0],
];

/** Cuts at random until the pieces are small. */
function shatter(plan: Subdivision, seed: string): Face[] {
  const random = randomOf(seed);
  const pending = [plan.face(SQUARE)];
  const done: Face[] = [];
  const tryCut = (face: Face): readonly Face[] | null => {
    const [x, y] = centreOf(plan.outline(face));
    for (let attempt = 0; attempt < 8; attempt++) {
      const angle = random.uniform(0, 2 * Math.PI);
      const normal: Point = [Math.cos(angle), Math.sin(angle)];
      const halves = plan.cut(face, { normal, offset: normal[0] * x + normal[1] * y }, { bends: random });
      if (halves) return halves;
    }
    return null;
  };
  for (let face = pending.pop(); face; face = pending.pop()) {
    const halves = signedArea(plan.outline(face)) > 300 ? tryCut(face) : null;
    if (halves) pending.push(...halves);
    else done.push(face);
  }
  return done;
}

describe('Subdivision', () => {
  it.each(['a', 'b', 'c', 'd', 'e'])('tiles what it cuts, without gap or overlap (seed %s)', (seed) => {
    const plan = new Subdivision();
    const faces = shatter(plan, seed);
    const rings = faces.map((face) => plan.outline(face));
    const sum = rings.reduce((total, ring) => total + signedArea(ring), 0);
    expect(faces.length).toBeGreaterThan(20);
    expect(sum).toBeCloseTo(signedArea(SQUARE), 0);
  });

  it.each(['a', 'b', 'c', 'd', 'e'])('gives neighbours the same vertices (seed %s)', (seed) => {
    const plan = new Subdivision();
    const rings = shatter(plan, seed).map((face) => plan.outline(face));
    const directed = new Set<string>();
    for (const ring of rings) eachSegment(ring, (a, b) => directed.add(`${a.join(' ')}>${b.join(' ')}`));
    const onBorder = ([x, y]: Point): boolean => Math.min(x, y, 100 - x, 100 - y) < 0.02;
    for (const ring of rings) {
      eachSegment(ring, (a, b) => {
        const shared = directed.has(`${b.join(' ')}>${a.join(' ')}`);
        expect(shared || (onBorder(a) && onBorder(b))).toBe(true);
      });
    }
  });

  it('leaves a street of the asked width out', () => {
    const plan = new Subdivision();
    const sides = plan.pave(plan.face(SQUARE), { normal: [0, 1], offset: 50 }, 8) ?? [];
    const areas = sides.map((side) => signedArea(plan.outline(side)));
    expect(areas).toEqual([4600, 4600]);
  });

  it('refuses a cut that would leave a sliver', () => {
    const plan = new Subdivision();
    expect(plan.cut(plan.face(SQUARE), { normal: [0, 1], offset: 2 })).toBeNull();
  });

  it('refuses a line that misses the face', () => {
    const plan = new Subdivision();
    expect(plan.cut(plan.face(SQUARE), { normal: [1, 0], offset: 400 })).toBeNull();
  });
});
