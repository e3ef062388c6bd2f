/**
 * Local parts as bytes: their number (u32), each: dimension and flags (u8), number of
 * chains (u32), each: number of coordinates (u32), coordinates (f64). Never published.
 */
import type { LocalPart } from '../../../src/geometry/local.ts';
import type { Coordinates } from '../../../src/geometry/shape.ts';

const PART = 5;
const [COVERS, IS_OVER] = [4, 8];

/** Bytes of `parts` when they are encoded. */
export function partsBytes(parts: readonly LocalPart[]): number {
  let bytes = 4;
  for (const { chains } of parts) {
    bytes += PART;
    for (const chain of chains) bytes += 4 + 8 * chain.length;
  }
  return bytes;
}

/** Writes `parts` at `start`; gives where they end. */
export function encodeParts(parts: readonly LocalPart[], view: DataView, start: number): number {
  view.setUint32(start, parts.length, true);
  let at = start + 4;
  for (const { dimension, covers, isOver, chains } of parts) {
    view.setUint8(at, dimension + (covers ? COVERS : 0) + (isOver ? IS_OVER : 0));
    view.setUint32(at + 1, chains.length, true);
    at += PART;
    for (const chain of chains) {
      view.setUint32(at, chain.length, true);
      at += 4;
      for (const value of chain) {
        view.setFloat64(at, value, true);
        at += 8;
      }
    }
  }
  return at;
}

/** The parts at `start`, and where they end. */
export function decodeParts(view: DataView, start: number) {
  let at = start + 4;
  const chain = (): Coordinates => {
    const xy = new Float64Array(view.getUint32(at, true));
    at += 4;
    for (let i = 0; i < xy.length; i++, at += 8) xy[i] = view.getFloat64(at, true);
    return xy;
  };
  const parts = Array.from({ length: view.getUint32(start, true) }, (): LocalPart => {
    const flags = view.getUint8(at);
    const chains = view.getUint32(at + 1, true);
    at += PART;
    return {
      dimension: (flags & 3) as LocalPart['dimension'],
      covers: (flags & COVERS) !== 0,
      isOver: (flags & IS_OVER) !== 0,
      chains: Array.from({ length: chains }, chain),
    };
  });
  return { parts, end: at };
}
