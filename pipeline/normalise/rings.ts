/** Rings on the lattice: closed, without repeated vertices, turned as GeoJSON asks. */
import type { Coordinates, Rings } from '../../src/geometry/shape.ts';

/** Without vertices equal to the one before them. */
export function withoutRepeats(line: Coordinates): Coordinates {
  const kept = new Float64Array(line.length);
  let n = 0;
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [line[i] ?? NaN, line[i + 1] ?? NaN];
    if (n > 0 && kept[n - 2] === x && kept[n - 1] === y) continue;
    kept[n++] = x;
    kept[n++] = y;
  }
  return n === line.length ? line : kept.slice(0, n);
}

function isClosed(ring: Coordinates): boolean {
  return ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
}

function close(ring: Coordinates): Coordinates {
  const closed = new Float64Array(ring.length + 2);
  closed.set(ring);
  closed.set(ring.subarray(0, 2), ring.length);
  return closed;
}

/** Twice the signed area around the ring's first vertex: positive when it turns left. */
export function doubleArea(ring: Coordinates): number {
  const [x0 = 0, y0 = 0] = ring;
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const [ax, ay] = [(ring[i] ?? 0) - x0, (ring[i + 1] ?? 0) - y0];
    const [bx, by] = [(ring[i + 2] ?? 0) - x0, (ring[i + 3] ?? 0) - y0];
    sum += ax * by - bx * ay;
  }
  return sum;
}

function reversed(ring: Coordinates): Coordinates {
  const out = new Float64Array(ring.length);
  for (let i = 0, j = ring.length - 2; j >= 0; i += 2, j -= 2) out.set(ring.subarray(j, j + 2), i);
  return out;
}

/** The ring clean and closed; `null` when it has no inside left. */
function cleanRing(ring: Coordinates): Coordinates | null {
  const lean = withoutRepeats(ring);
  const closed = isClosed(lean) ? lean : close(lean);
  // Three corners and the first again: less encloses nothing.
  return closed.length >= 8 ? closed : null;
}

/** The polygon's rings clean; `null` when its shell is gone. Tells `note` what it changed. */
export function cleanPolygon(rings: Rings, note: (repair: string) => void): Rings | null {
  const [shell, ...holes] = rings.map((ring) => {
    const clean = cleanRing(ring);
    if (clean === null) note('a ring collapsed on the lattice: dropped');
    else if (!isClosed(ring)) note('an unclosed ring: closed');
    else if (clean.length < ring.length) note('repeated vertices: merged');
    return clean;
  });
  if (shell === undefined || shell === null) return null;
  return [shell, ...holes.filter((hole) => hole !== null)];
}

/** Shells turn left and holes right (RFC 7946 §3.1.6). */
export function orient(rings: Rings): Rings {
  return rings.map((ring, i) => (doubleArea(ring) > 0 === (i === 0) ? ring : reversed(ring)));
}
