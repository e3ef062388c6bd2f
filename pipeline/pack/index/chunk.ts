/** Bytes that many features lie in, and one view of them: a view a feature costs more than reading it. */
export interface Chunk {
  readonly bytes: Buffer;
  readonly view: DataView;
}

export function chunkOf(bytes: Buffer): Chunk {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
