/** How a FlatGeobuf file begins. */

/** `fgb`, major version 3, `fgb`; the last byte is a patch level that readers ignore. */
export const MAGIC = [0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62];
