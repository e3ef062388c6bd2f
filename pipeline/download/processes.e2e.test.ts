/** Downloads as processes of their own, killed or at work at once: row D20, and the kills. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/testing/random.ts';
import type { ChildTask } from '../testing/upstream/download-child.ts';
import { hashOf, HOST, noise, useDownloads } from '../testing/upstream/downloads.ts';
import { zip } from '../testing/zip.ts';
import type { Wanted } from './wanted.ts';

const CHILD = fileURLToPath(new URL('../testing/upstream/download-child.ts', import.meta.url));
const SEED = 1789;
const KILLS = 20;

const downloads = useDownloads();

/** Serves a zip of `length` bytes, and gives what its catalogue would say of it. */
function serve(name: string, length: number, seed: number, isVouchedFor = true): Wanted {
  const body = zip([{ name: 'PARCELLE.SHP', content: noise(length, seed) }]);
  downloads.upstream.serve(HOST, `/${name}`, body);
  const checksum = isVouchedFor ? ({ algorithm: 'sha256', hex: hashOf(body) } as const) : null;
  return { url: `https://${HOST}/${name}`, name, length: body.length, checksum, kind: 'zip' };
}

/** Starts a download below `place`; `onLine` hears what it tells. */
function start(
  place: string,
  wanted: readonly Wanted[],
  onLine: (line: string, child: ChildProcess) => void,
): Promise<string | null> {
  const task: ChildTask = {
    store: downloads.folder.path(place, 'downloads'),
    lock: downloads.folder.path(place, 'sources.lock.json'),
    origins: [...downloads.upstream.origins([HOST])],
    wanted,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (line) => {
    onLine(line, child);
  });
  return once(child, 'exit').then(([code, signal]) => (signal as string | null) ?? String(code));
}

function lockOf(place: string): string {
  return readFileSync(downloads.folder.path(place, 'sources.lock.json'), 'utf8');
}

function storeOf(place: string): string[] {
  const root = downloads.folder.path(place, 'downloads', 'sha256');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map(({ parentPath, name }) => `${name} ${hashOf(readFileSync(`${parentPath}/${name}`))}`)
    .sort();
}

describe('a download', () => {
  it(`killed ${KILLS} times (seed ${SEED}) ends with the bytes of an undisturbed one`, async () => {
    const wanted = [serve('a.zip', 12e6, 1), serve('b.zip', 12e6, 2, false), serve('c.zip', 12e6, 3)];
    const random = seededRandom(SEED);
    const ends: (string | null)[] = [];
    for (let i = 0; i < KILLS; i++) {
      // So many pieces of files, and so little later: while one is written, checked, renamed or locked.
      let pieces = 1 + Math.floor(random() * 12);
      const later = random() * 3;
      ends.push(
        await start('rough', wanted, (line, child) => {
          pieces -= line.startsWith('receiving') ? 1 : 0;
          if (pieces === 0) setTimeout(() => child.kill('SIGKILL'), later);
        }),
      );
    }
    expect(ends).toEqual(Array<string>(KILLS).fill('SIGKILL'));
    expect(await start('rough', wanted, () => undefined)).toBe('0');
    expect(await start('calm', wanted, () => undefined)).toBe('0');
    expect(storeOf('rough')).toEqual(storeOf('calm'));
    expect(storeOf('rough').every((line) => line.split(' ')[0] === line.split(' ')[1])).toBe(true);
    expect(lockOf('rough')).toBe(lockOf('calm'));
    expect(readdirSync(downloads.folder.path('rough', 'downloads', 'partial'))).toEqual([]);
    expect(downloads.ranges().some((range) => range !== undefined)).toBe(true);
  }, 300_000);
});

describe('D20: two processes that want the same file', () => {
  it('fetch it once', async () => {
    const wanted = serve('a.zip', 4e6, 1);
    const run = (): Promise<string | null> => start('here', [wanted], () => undefined);
    expect(await Promise.all([run(), run()])).toEqual(['0', '0']);
    expect(downloads.upstream.requests).toHaveLength(1);
    expect(storeOf('here')).toHaveLength(1);
  });

  it('wait for each other, and the one goes on where the other was killed', async () => {
    const wanted = serve('a.zip', 1e6, 1);
    downloads.upstream.fault(HOST, '/a.zip', { kind: 'stall', after: 500_000 }, 1);
    const told: string[] = [];
    const second: Promise<string | null>[] = [];
    const first = start('here', [wanted], (line, child) => {
      if (second.length > 0) return;
      const onWord = (word: string): void => {
        told.push(word);
        if (word.startsWith('waiting')) child.kill('SIGKILL');
      };
      second.push(start('here', [wanted], onWord));
    });
    expect(await first).toBe('SIGKILL');
    expect(await Promise.all(second)).toEqual(['0']);
    expect(told[0]).toBe('waiting a.zip');
    expect(downloads.ranges()).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/)]);
    expect(storeOf('here')).toHaveLength(1);
  });

  it('and others all end up in the lock file', async () => {
    const wanted = Array.from({ length: 6 }, (_, i) => serve(`${i}.zip`, 1e5, i));
    const runs = [wanted.slice(0, 3), wanted.slice(3)].map((some) => start('here', some, () => undefined));
    expect(await Promise.all(runs)).toEqual(['0', '0']);
    expect(Object.keys((JSON.parse(lockOf('here')) as { sources: object }).sources)).toHaveLength(6);
  });
});
