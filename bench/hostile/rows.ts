/**
 * The faults of the table. A fault that lasts begins at every request of a good run in
 * turn, so that no part of a reader is spared; the worst outcome is the one that counts.
 */
import { seededRandom } from '../../src/testing/random.ts';
import {
  answer,
  HOSTILE,
  wellBehaved,
  type Behaviour,
  type Exchange,
  type HostileMode,
} from '../../src/testing/server.ts';
import type { Edition, Files } from './data.ts';
import type { Library } from './libraries.ts';
import type { Trial } from './trial.ts';

/** What a row needs to know to lay out its trials. */
export interface Ground {
  readonly library: Library;
  readonly files: Readonly<Record<Edition, Files>>;
  /** Those of a good run over the files of the row. */
  readonly exchanges: readonly Exchange[];
}

export interface Row {
  readonly name: string;
  /** An error says clearly what is wrong when its message or code has one of these words. */
  readonly words: RegExp;
  readonly edition: Edition;
  /** Whose answers are right. */
  readonly truths: readonly Edition[];
  /** `after`: what counts is whether the instance works when the fault is over. */
  readonly judged: 'during' | 'after';
  trials(ground: Ground): Trial[];
}

const NEW_ROW = { edition: 'old', truths: ['old'], judged: 'during' } as const;

function fromEach({ exchanges, files }: Ground, edition: Edition, behave: Behaviour): Trial[] {
  return exchanges.map((_, from) => ({
    files: files[edition],
    fault: (number) => (number >= from ? behave : wellBehaved),
    after: wellBehaved,
  }));
}

function lasting(name: string, mode: HostileMode, words: RegExp): Row {
  return { ...NEW_ROW, name, words, trials: (ground) => fromEach(ground, 'old', HOSTILE[mode]) };
}

/** A path without the hash of its content. */
function stemOf(path: string): string {
  return path.replace(/\.[0-9a-f]{16}\./, '.');
}

/** The files of the new edition, at their own paths and at those of the old. */
function replaced({ files }: Ground): Map<string, Uint8Array> {
  const byStem = new Map([...files.new].map(([path, bytes]) => [stemOf(path), bytes]));
  const atOld = [...files.old].map(([path, bytes]) => [path, byStem.get(stemOf(path)) ?? bytes] as const);
  return new Map([...files.new, ...atOld]);
}

function swapped(name: string, etag: (edition: Edition) => string | undefined): Row {
  const serve =
    (edition: Edition, files: Files): Behaviour =>
    (exchange) => {
      const file = files.get(exchange.path) ?? exchange.file;
      answer({ ...exchange, file }, { headers: { ETag: etag(edition) } });
    };
  return {
    ...NEW_ROW,
    name,
    words: /chang|etag|version|replace|checksum|catalogue/i,
    truths: ['old', 'new'],
    trials(ground) {
      const after = serve('new', replaced(ground));
      const all = new Map([...replaced(ground), ...ground.files.old]);
      return ground.exchanges.map((_, at) => ({
        files: all,
        fault: (number) => (number >= at ? after : serve('old', ground.files.old)),
        after,
      }));
    },
  };
}

const FLIPS = 400;

/** Files with one bit flipped among the bytes that a good run reads. */
function flipped({ exchanges, files }: Ground): Trial[] {
  const random = seededRandom(20_261_122);
  const read = exchanges.filter(({ request }) => request.method !== 'HEAD');
  const spans = read.map(({ path, file, range }) => {
    const [start, end] = range ?? [0, file.length];
    return { path, start, end: Math.min(end, file.length) };
  });
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return Array.from({ length: FLIPS }, () => {
    let at = Math.floor(random() * total);
    const span = spans.find(({ start, end }) => (at -= end - start) < 0) ?? spans[0];
    const { path = '', end = 0 } = span ?? {};
    // A copy, which `slice` of a Buffer is not.
    const bytes = Uint8Array.from(files.old.get(path) ?? []);
    const place = end + at;
    bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8));
    return { files: new Map([...files.old, [path, bytes]]), fault: () => wellBehaved };
  });
}

const strict: Behaviour = (exchange) => {
  const { range, file, response } = exchange;
  if (range !== null && range[1] > file.length) response.writeHead(416).end();
  else answer(exchange);
};

const SHORT = /short|truncat|fewer|expected \d+ bytes|incomplete|connection|closed/i;
const NOT_RANGE = /(?<!out of )\brange|byte serving|whole file|other bytes/i;
const FOREIGN = /magic|not a |web page|html|invalid \(|expected .*found/i;

export const ROWS: readonly Row[] = [
  { ...NEW_ROW, name: 'well-behaved', words: /^$/, trials: (ground) => fromEach(ground, 'old', wellBehaved) },
  lasting('ignores `Range`: 200, the whole file', 'ignores Range', NOT_RANGE),
  lasting('short body, headers consistent', 'sends a short body with consistent headers', SHORT),
  lasting('chunked body that ends early', 'hides Content-Range and ends early', SHORT),
  lasting('connection cut in the body', 'cuts the connection', SHORT),
  lasting('another range, `Content-Range` says so', 'sends another range, and says so', NOT_RANGE),
  lasting('another range, nothing says so', 'sends another range, and hides it', /range|checksum|corrupt/i),
  lasting('part of the gzipped file', 'sends a part of its gzipped form', /compress|encod|gzip/i),
  swapped('file replaced between two requests, strong ETag', (edition) => `"${edition}"`),
  swapped('… weak ETag', (edition) => `W/"${edition}"`),
  swapped('… no ETag', () => undefined),
  {
    ...NEW_ROW,
    name: `one bit flipped in what is read (${FLIPS} trials)`,
    words: /checksum|crc|corrupt|data check/i,
    trials: flipped,
  },
  lasting('404, with a web page', 'has no such file', /404|not found|no such/i),
  lasting('200, the page of a site', 'answers with the page of a site', FOREIGN),
  {
    ...NEW_ROW,
    name: '503 once: the same instance afterwards',
    words: /503/,
    judged: 'after',
    trials: ({ exchanges, files }) =>
      exchanges.map((_, at) => ({
        files: files.old,
        fault: (number) => (number === at ? HOSTILE.fails : wellBehaved),
        after: wellBehaved,
      })),
  },
  lasting('a new ETag each time', 'changes its ETag each time', /etag/i),
  {
    ...NEW_ROW,
    name: '416 for ranges that pass the end (small file)',
    words: /416|range|short/i,
    edition: 'small',
    truths: ['small'],
    trials: (ground) => fromEach(ground, 'small', strict),
  },
  lasting('body that never ends', 'starts and stalls', /time|no answer/i),
];
