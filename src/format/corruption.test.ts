/** What a correct checksum lets through must still be refused, or be a unit: no hang, no wild allocation. */
import { describe, expect, it } from 'vitest';
import { readBytes } from './byte-reader.ts';
import { decoding } from './corrupt.ts';
import { decodeDirectory, encodeDirectory } from './directory.ts';
import { decodeKeyDirectory, encodeKeyDirectory } from './key-directory.ts';
import { decodeKeyLeaf, encodeKeyLeaf } from './key-leaves.ts';
import { decodePage, encodePage } from './page.ts';
import { decodeRoot, encodeRoot } from './root.ts';
import { RandomUnits } from './testing/random-units.ts';
import { refuses } from './testing/refusal.ts';
import { splitUnit } from './testing/split-unit.ts';
import { joinUnit } from './unit-json.ts';

type Decode = (raw: Uint8Array) => unknown;
interface Sample {
  readonly raw: Uint8Array;
  readonly decode: Decode;
}

const units = new RandomUnits(99);

const SAMPLES: Readonly<Record<string, () => Sample>> = {
  page: () => {
    const raw = encodePage(units.page('MultiPolygon', 3), 3, 'MultiPolygon');
    return { raw, decode: (bytes) => decodePage(bytes, 3, 'MultiPolygon', 'x.idx') };
  },
  directory: () => {
    const { directory, region } = units.directory();
    return { raw: encodeDirectory(directory), decode: (bytes) => decodeDirectory(bytes, region, 'x.idx') };
  },
  root: () => {
    const regions = units.regions(8, 5600);
    const decode = (bytes: Uint8Array) =>
      decoding('catalogue.json', () => decodeRoot(readBytes(bytes), regions.length, 8, 5600));
    return { raw: encodeRoot(regions), decode };
  },
  'leaf of keys': () => {
    const leaf = units.leafRef(2);
    const raw = encodeKeyLeaf(units.blocks(leaf, 2), 2);
    return { raw, decode: (bytes) => decodeKeyLeaf(bytes, leaf, units.file(), 2, 'x.idx') };
  },
  'directory of keys': () => ({
    raw: encodeKeyDirectory(units.keyDirectory(2), 2),
    decode: (bytes) => decodeKeyDirectory(bytes, 8, 2, 'x.idx'),
  }),
};

const KINDS = Object.keys(SAMPLES);
const sampleOf = (kind: string): Sample =>
  SAMPLES[kind]?.() ?? { raw: new Uint8Array(0), decode: () => null };

/** A few bytes changed, left out or put in. */
function damaged(raw: Uint8Array): Uint8Array {
  const at = units.within(0, raw.length);
  const noise = Uint8Array.from(
    units.many(0, 3, () => units.oneOf(0, 1, 127, 128, 255, units.within(0, 255))),
  );
  const rest = raw.subarray(Math.min(raw.length, at + units.within(0, 3)));
  return Uint8Array.of(...raw.subarray(0, at), ...noise, ...rest);
}

const HOSTILE = [
  null,
  -1,
  0.5,
  1e308,
  2 ** 53,
  2 ** 53 - 1,
  2 ** 32,
  'x',
  '',
  true,
  {},
  [],
  [[]],
  [null],
  [-1],
];

/** Copies of a JSON value, each with one part of it replaced or left out. */
function* withOnePartReplaced(json: unknown): Generator {
  if (Array.isArray(json)) {
    yield json.slice(1);
    for (const i of new Set([0, json.length - 1])) {
      for (const part of i in json ? withOnePartReplaced(json[i]) : []) yield json.with(i, part);
    }
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, value] of Object.entries(json)) {
      yield { ...json, [key]: undefined };
      for (const part of withOnePartReplaced(value)) yield { ...json, [key]: part };
    }
  }
  yield* HOSTILE;
}

describe.each(KINDS)('a %s with a correct checksum', (kind) => {
  it('is refused or read, whatever its bytes are', () => {
    for (let i = 0; i < 60; i++) {
      const { raw, decode } = sampleOf(kind);
      for (let k = 0; k < 30; k++) {
        const bytes = damaged(raw);
        refuses(() => decode(bytes));
      }
    }
  });

  it('is refused cut short', () => {
    const { raw, decode } = sampleOf(kind);
    const step = Math.ceil(raw.length / 300);
    for (let length = 0; length < raw.length; length += step) {
      expect(refuses(() => decode(raw.subarray(0, length)))).toBe(true);
    }
  });
});

describe.each(KINDS.filter((kind) => kind !== 'root'))('the JSON of a %s', (kind) => {
  it('is refused or read, whatever each part of it is', () => {
    for (let i = 0; i < 6; i++) {
      const { raw, decode } = sampleOf(kind);
      const { json, rest } = splitUnit(raw);
      for (const other of withOnePartReplaced(json)) {
        const bytes = joinUnit(other, rest);
        refuses(() => decode(bytes));
      }
    }
  });
});

describe('each member of the JSON of a unit', () => {
  const needed: Readonly<Record<string, readonly string[]>> = {
    page: ['n', 'partition', 'columns'],
    directory: ['offset', 'ordinal', 'leaves', 'pages', 'partitions'],
    'leaf of keys': ['crcs', 'lengths', 'features', 'keys'],
    'directory of keys': ['files', 'partition', 'first', 'position', 'at', 'length', 'check'],
  };
  const pairs = Object.entries(needed).flatMap(([kind, keys]) => keys.map((key) => [kind, key] as const));

  it.each(pairs)('(%s, %s) is needed, and of its own type', (kind, key) => {
    let [{ raw, decode }, tries] = [sampleOf(kind), 0];
    // Something large enough for every member to say something.
    for (; raw.length < 600 && tries < 200; tries++) ({ raw, decode } = sampleOf(kind));
    const { json, rest } = splitUnit(raw);
    for (const value of [undefined, { a: 1 }, [{}], [1, [2]], 0.5, -1, 2 ** 53, 'x']) {
      const bytes = joinUnit({ ...(json as object), [key]: value }, rest);
      expect(refuses(() => decode(bytes))).toBe(true);
    }
  });
});
