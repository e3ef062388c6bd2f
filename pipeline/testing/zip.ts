/** Writes zip archives byte by byte, so that tests can lie in any field. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** As text, whose flag says UTF-8; or as bytes of any code page, without a flag. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** Unix mode, with the file type. */
  readonly mode?: number;
  /** Instead of the true ones. */
  readonly crc?: number;
  readonly size?: number;
  readonly method?: number;
  /** Besides the one of UTF-8. */
  readonly flags?: number;
  /** Extra fields of the directory, headers included. */
  readonly extra?: Uint8Array;
}

const STORED = 0;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
const MADE_ON_UNIX = 3 << 8;

interface Encoded {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly attributes: number;
  readonly flags: number;
  readonly extra: Uint8Array;
}

function encode({ name, content = '', mode = 0o100644, flags = 0, ...lies }: ZipEntry): Encoded {
  const bytes = Buffer.from(content);
  const deflated = deflateRawSync(bytes);
  const smaller = deflated.length < bytes.length;
  return {
    name: Buffer.from(name),
    data: smaller ? deflated : bytes,
    method: lies.method ?? (smaller ? DEFLATED : STORED),
    crc: lies.crc ?? crc32(bytes),
    size: lies.size ?? bytes.length,
    attributes: (mode << 16) >>> 0,
    flags: flags | (typeof name === 'string' ? UTF8_NAMES : 0),
    extra: lies.extra ?? new Uint8Array(),
  };
}

/** What local and central headers share: method, date, CRC, sizes, length of the name. */
function common({ name, data, method, crc, size, flags }: Encoded): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(method, 4);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(data.length, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

function signature(code: number): Buffer {
  const bytes = Buffer.from([0x50, 0x4b, 0, 0]);
  bytes.writeUInt16BE(code, 2);
  return bytes;
}

function central(entry: Encoded, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(MADE_ON_UNIX | 20);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.attributes, 6);
  rest.writeUInt32LE(offset, 10);
  rest.writeUInt16LE(entry.extra.length, 0);
  return Buffer.concat([signature(0x0102), madeBy, common(entry), rest, entry.name, entry.extra]);
}

/** The archive of `entries`, in their order. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries.map(encode)) {
    const local = Buffer.concat([signature(0x0304), common(entry), entry.name, entry.data]);
    directory.push(central(entry, offset));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  const size = directory.reduce((sum, bytes) => sum + bytes.length, 0);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, signature(0x0506), end]);
}
