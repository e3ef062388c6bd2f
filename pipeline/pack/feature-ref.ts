/** Where an encoded feature stands among the spools, and its box: what sorting carries in its place. */
import type { Box } from '../../src/geometry/lattice.ts';

export interface FeatureRef {
  /** The number of its spool. */
  readonly spool: number;
  /** Of its bytes in the spool; those of its id end there. */
  readonly offset: number;
  readonly length: number;
  readonly idLength: number;
  /** Degrees; `null` without a place. */
  readonly box: Box | null;
}

export const REF_BYTES = 4 + 8 + 4 + 2 + 32;

export function encodeRef({ spool, offset, length, idLength, box }: FeatureRef): Buffer {
  const bytes = Buffer.allocUnsafe(REF_BYTES);
  bytes.writeUInt32LE(spool, 0);
  bytes.writeDoubleLE(offset, 4);
  bytes.writeUInt32LE(length, 12);
  bytes.writeUInt16LE(idLength, 16);
  for (let i = 0; i < 4; i++) bytes.writeDoubleLE(box?.[i] ?? NaN, 18 + 8 * i);
  return bytes;
}

export function decodeRef(value: Uint8Array): FeatureRef {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const corner = (i: number): number => bytes.readDoubleLE(18 + 8 * i);
  return {
    spool: bytes.readUInt32LE(0),
    offset: bytes.readDoubleLE(4),
    length: bytes.readUInt32LE(12),
    idLength: bytes.readUInt16LE(16),
    box: Number.isNaN(corner(0)) ? null : [corner(0), corner(1), corner(2), corner(3)],
  };
}
