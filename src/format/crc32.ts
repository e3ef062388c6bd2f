/** CRC-32 as zlib, PNG and Ethernet compute it: reflected, polynomial 0xEDB88320. */

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The CRC-32 of what `seed` is the CRC-32 of, followed by `bytes`; 0 to 2^32 - 1. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  // By index: five times as fast as an iterator, and files of megabytes pass here.
  for (let i = 0; i < bytes.length; i++) crc = (TABLE[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
