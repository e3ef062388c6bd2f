import { describe, expect, it } from 'vitest';
import { CartoError } from '../errors.ts';
import { expectNoUnhandledRejections } from '../testing/rejections.ts';
import { memoryTree } from './memory.ts';
import type { RequestReport } from './observe.ts';
import type { FileRef, TreeSource } from './range.ts';
import { openStore, type QueryLimits, type Store, type Wanted } from './store.ts';

const FAR = 100_000;
const bytes = Uint8Array.from({ length: 60 * FAR }, (_, i) => (i * 7919) >> 8);
const FILE: FileRef = { path: 'data/a.bin', length: bytes.length };
const files = new Map([[FILE.path, bytes]]);
const BOUNDLESS: QueryLimits = { maxBytes: Infinity, maxRequests: Infinity, maxMs: Infinity };

interface Asked {
  readonly offset: number;
  readonly length: number;
  readonly fresh: boolean;
  readonly signal: AbortSignal | undefined;
}

/** A tree in memory whose requests are noted, and answered when `before` allows it. */
function noting(before: (asked: Asked) => unknown = () => undefined) {
  const asked: Asked[] = [];
  const inner = memoryTree(files);
  const tree: TreeSource = {
    ...inner,
    async range(file, offset, length, signal, fresh = false) {
      const one = { offset, length, fresh, signal };
      asked.push(one);
      const answer = await before(one);
      signal?.throwIfAborted();
      return answer instanceof Uint8Array ? answer : inner.range(file, offset, length, signal);
    },
  };
  return { store: openStore(tree, { cacheBytes: 1e6 }), asked };
}

/** A unit whose value is its place and its bytes; it refuses bytes that are not those of the file. */
function unit(offset: number, length = 10, keep?: boolean): Wanted<string> {
  const decode = (read: Uint8Array, name: string): string => {
    const truth = bytes.subarray(offset, offset + length);
    if (Buffer.compare(read, truth) !== 0) throw new CartoError('CorruptFile', `${name}: not the unit`);
    return `${offset}: ${read.length}`;
  };
  return { offset, length, decode, keep };
}

expectNoUnhandledRejections();

describe('units', () => {
  it('come in the order asked, near ones by one request', async () => {
    const { store, asked } = noting();
    const reads = store.query(BOUNDLESS);
    const wanted = [unit(FAR), unit(20), unit(0), unit(FAR), unit(40)];
    expect(await reads.units(FILE, wanted)).toEqual([
      `${FAR}: 10`,
      '20: 10',
      '0: 10',
      `${FAR}: 10`,
      '40: 10',
    ]);
    expect(asked.map(({ offset, length }) => [offset, length])).toEqual([
      [0, 50],
      [FAR, 10],
    ]);
    expect([reads.requests, reads.bytes]).toEqual([2, 60]);
    expect(await reads.units(FILE, [])).toEqual([]);
  });

  it('are asked for at once when they are far, six at most', async () => {
    let running = 0;
    let most = 0;
    const { store } = noting(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
    });
    const wanted = Array.from({ length: 20 }, (_, i) => unit(i * FAR));
    expect(await store.query(BOUNDLESS).units(FILE, wanted)).toHaveLength(20);
    expect(most).toBe(6);
  });

  it('are kept for the queries that follow, unless told otherwise', async () => {
    const { store, asked } = noting();
    await store.query(BOUNDLESS).units(FILE, [unit(0), unit(FAR, 10, false)]);
    const reads = store.query(BOUNDLESS);
    expect(await reads.units(FILE, [unit(0), unit(FAR, 10, false)])).toEqual(['0: 10', `${FAR}: 10`]);
    expect([asked.length, reads.requests, reads.bytes]).toEqual([3, 1, 10]);
  });

  it('are read once for a thousand queries that ask for them together', async () => {
    const { store, asked } = noting();
    const queries = Array.from({ length: 1000 }, () => store.query(BOUNDLESS));
    const answers = await Promise.all(queries.map((reads) => reads.units(FILE, [unit(0), unit(FAR)])));
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(asked).toHaveLength(2);
    expect(queries.map(({ requests }) => requests).filter((n) => n > 0)).toEqual([2]);
  });

  it.each([
    [-1, 5],
    [0, 0],
    [NaN, 5],
    [0, Infinity],
    [bytes.length - 5, 6],
  ])('at byte %d, %d long, are refused before a request', async (offset, length) => {
    const { store, asked } = noting();
    const reading = store.query(BOUNDLESS).units(FILE, [{ offset, length, decode: () => 0 }]);
    await expect(reading).rejects.toMatchObject({ code: 'CorruptFile' });
    expect(asked).toEqual([]);
  });
});

describe('a unit that fails its check', () => {
  const garbage = (length: number): Uint8Array => new Uint8Array(length).fill(255);

  it('is read once more, with its neighbours, past every cache', async () => {
    const { store, asked } = noting(({ length, fresh }) => (fresh ? undefined : garbage(length)));
    const reads = store.query(BOUNDLESS);
    const wanted = Array.from({ length: 50 }, (_, i) => unit(i * 20));
    expect(await reads.units(FILE, wanted)).toHaveLength(50);
    expect(asked.map(({ fresh }) => fresh)).toEqual([false, true]);
    expect([reads.requests, reads.bytes]).toEqual([2, 2 * 990]);
  });

  it('a second time is the error, and the next query asks again', async () => {
    let isWell = false;
    const { store, asked } = noting(({ length }) => (isWell ? undefined : garbage(length)));
    const reading = store.query(BOUNDLESS).units(FILE, [unit(0), unit(20)]);
    await expect(reading).rejects.toMatchObject({ code: 'CorruptFile' });
    expect(asked).toHaveLength(2);
    isWell = true;
    expect(await store.query(BOUNDLESS).units(FILE, [unit(0)])).toEqual(['0: 10']);
  });

  it('is not read again by a query that cannot pay', async () => {
    const { store, asked } = noting(({ length }) => garbage(length));
    const reading = store.query({ ...BOUNDLESS, maxRequests: 1 }).units(FILE, [unit(0)]);
    await expect(reading).rejects.toMatchObject({ code: 'CorruptFile' });
    expect(asked).toHaveLength(1);
  });
});

describe('who shares a request', () => {
  /** Two queries that ask for `first` and `second` together, near enough for one request. */
  const ask = (store: Store, first: Wanted<string>[], second: Wanted<string>[], limits = BOUNDLESS) =>
    Promise.allSettled([store.query(limits).units(FILE, first), store.query(BOUNDLESS).units(FILE, second)]);

  it.each([
    ['fails', new CartoError('HostFault', 'busy', { retryAfterMs: 1 })],
    ['brings other bytes', new Uint8Array(30)],
  ])('pays for its second attempt when it %s and the first has nothing left', async (_, answer) => {
    let count = 0;
    const { store } = noting(() => {
      if (count++ > 0) return undefined;
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const limits = { ...BOUNDLESS, maxRequests: 1 };
    const [, second] = await ask(store, [unit(0), unit(20)], [unit(20)], limits);
    expect(second).toEqual({ status: 'fulfilled', value: ['20: 10'] });
  });

  it('is not harmed by a unit in it that is corrupt and not its own', async () => {
    const { store } = noting(({ offset, length }) => {
      const read = bytes.slice(offset, offset + length);
      read[0] = 1 ^ (read[0] ?? 0);
      return read;
    });
    const [first, second] = await ask(store, [unit(0), unit(20)], [unit(20)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'CorruptFile' } });
    expect(second).toEqual({ status: 'fulfilled', value: ['20: 10'] });
  });
});

describe('a request that fails', () => {
  it('is made again when it may pass, and leaves nothing behind when it does not', async () => {
    let failures = 3;
    const busy = new CartoError('HostFault', 'busy', { retryAfterMs: 0 });
    const { store } = noting(() => {
      if (failures-- > 0) throw busy;
    });
    await expect(store.query(BOUNDLESS).units(FILE, [unit(0)])).rejects.toBe(busy);
    expect(await store.query(BOUNDLESS).units(FILE, [unit(0)])).toEqual(['0: 10']);
  });
});

describe('an abort', () => {
  const never = () => new Promise(() => undefined);

  it('ends the query with its reason, and the request that nobody else needs', async () => {
    const { store, asked } = noting(never);
    const controller = new AbortController();
    const reading = store.query(BOUNDLESS, controller.signal).units(FILE, [unit(0)]);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(asked[0]?.signal?.aborted).toBe(true);
    await expect(store.query(BOUNDLESS, controller.signal).units(FILE, [unit(FAR)])).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });

  it('leaves a request that another query waits for, and its unit', async () => {
    let answer = (): void => undefined;
    const { store, asked } = noting(() => new Promise<void>((resolve) => (answer = resolve)));
    const controller = new AbortController();
    const first = store.query(BOUNDLESS, controller.signal).units(FILE, [unit(0)]);
    const second = store.query(BOUNDLESS).units(FILE, [unit(0)]);
    controller.abort();
    await expect(first).rejects.toThrow('aborted');
    expect(asked[0]?.signal?.aborted).toBe(false);
    answer();
    expect(await second).toEqual(['0: 10']);
    expect(asked).toHaveLength(1);
  });

  it('does not harm who asks for the same after it', async () => {
    const { store, asked } = noting(({ signal }) => (asked.length === 1 ? never() : signal?.aborted));
    const controller = new AbortController();
    const first = store.query(BOUNDLESS, controller.signal).units(FILE, [unit(0)]);
    const ended = expect(first).rejects.toThrow('aborted');
    controller.abort();
    await ended;
    expect(await store.query(BOUNDLESS).units(FILE, [unit(0)])).toEqual(['0: 10']);
  });
});

describe('ceilings', () => {
  it('of requests and bytes refuse before anything is asked, and say what is needed', async () => {
    const wanted = [unit(0), unit(FAR), unit(2 * FAR)];
    for (const limits of [{ maxRequests: 2 }, { maxBytes: 29 }]) {
      const { store, asked } = noting();
      const reading = store.query({ ...BOUNDLESS, ...limits }).units(FILE, wanted);
      const details = { requests: 3, bytes: 30, ...limits };
      await expect(reading).rejects.toMatchObject({ code: 'TooCostly', details });
      expect(asked).toEqual([]);
    }
    const { store } = noting();
    const enough = store.query({ ...BOUNDLESS, maxRequests: 3, maxBytes: 30 });
    expect(await enough.units(FILE, wanted)).toHaveLength(3);
    await expect(enough.units(FILE, [unit(3 * FAR)])).rejects.toMatchObject({ code: 'TooCostly' });
  });

  it('of time end a query whatever its requests do', async () => {
    const { store, asked } = noting(() => new Promise(() => undefined));
    const reads = store.query({ ...BOUNDLESS, maxMs: 300 });
    const late = { code: 'Timeout', details: { maxMs: 300 } };
    await expect(reads.units(FILE, [unit(0)])).rejects.toMatchObject(late);
    expect(asked[0]?.signal?.aborted).toBe(true);
    await expect(reads.units(FILE, [unit(FAR)])).rejects.toMatchObject(late);
    expect(asked).toHaveLength(1);
  });
});

describe('a listener', () => {
  /** A store of which a first request is answered by `answer`. */
  function watched(answer: () => Promise<Uint8Array>) {
    const tree: TreeSource = { base: 'test:', whole: answer, range: answer };
    const reports: RequestReport[] = [];
    const onRequest = (report: RequestReport): void => void reports.push(report);
    const reads = openStore(tree, { cacheBytes: 1e6, onRequest }).query(BOUNDLESS);
    return { reads, reports };
  }
  const decode = (read: Uint8Array): Uint8Array => read;
  const file = { path: 'a', length: 10 };

  it('is told of each request when it has ended', async () => {
    const { reads, reports } = watched(() => Promise.resolve(Uint8Array.of(1, 2)));
    await reads.units(file, [{ offset: 3, length: 2, decode }]);
    await reads.whole({ path: 'b', length: 0 }, decode);
    expect(reports).toEqual([
      { url: 'test:a', offset: 3, length: 2, bytes: 2, status: 'ok' },
      { url: 'test:b', offset: 0, length: null, bytes: 2, status: 'ok' },
    ]);
  });

  it('is told why one failed, and of the second attempt', async () => {
    const failure = new CartoError('HostFault', 'busy', { httpStatus: 503, retryAfterMs: 0 });
    const { reads, reports } = watched(() => Promise.reject(failure));
    await expect(reads.units(file, [{ offset: 3, length: 2, decode }])).rejects.toBe(failure);
    const report = { url: 'test:a', offset: 3, length: 2, bytes: 0, status: 'HostFault', httpStatus: 503 };
    expect(reports).toEqual([report, report]);
  });

  it('is told of an abort as such', async () => {
    const { reads, reports } = watched(() => Promise.reject(new Error('the reason of a signal')));
    await expect(reads.whole({ path: 'b', length: 0 }, decode)).rejects.toThrow('reason');
    expect(reports).toMatchObject([{ bytes: 0, status: 'aborted' }]);
  });
});

describe('a whole file', () => {
  const text = (read: Uint8Array): string => new TextDecoder().decode(read);

  it('is decoded once, and read again when its decoder refuses it', async () => {
    const small = new Map([['b.json', new TextEncoder().encode('[1]')]]);
    let reads = 0;
    const inner = memoryTree(small);
    const tree: TreeSource = {
      ...inner,
      async whole(path, signal) {
        reads += 1;
        return reads === 1 ? new Uint8Array(3) : inner.whole(path, signal);
      },
    };
    const store = openStore(tree, { cacheBytes: 1e6 });
    const decode = (read: Uint8Array, name: string): unknown => {
      if (read[0] === 0) throw new CartoError('CorruptFile', name);
      return JSON.parse(new TextDecoder().decode(read));
    };
    const file = { path: 'b.json', length: 3 };
    for (let i = 0; i < 3; i++) expect(await store.query(BOUNDLESS).whole(file, decode)).toEqual([1]);
    expect(reads).toBe(2);
  });

  it('of unknown length is read each time', async () => {
    const store = openStore(memoryTree(new Map([['b.json', Uint8Array.of(97)]])), { cacheBytes: 1e6 });
    const reads = store.query(BOUNDLESS);
    for (let i = 0; i < 2; i++) expect(await reads.whole({ path: 'b.json', length: 0 }, text)).toBe('a');
    expect(reads.requests).toBe(2);
  });
});
