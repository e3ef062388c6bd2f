import { describe, expect, it } from 'vitest';
import { TestClock, wantedZip } from '../testing/upstream/downloads.ts';
import { Meter } from './meter.ts';
import { durationInWords, inOneLine, showDownloads } from './show-progress.ts';
import type { Progress } from './wanted.ts';

const FILES = [
  wantedZip({ name: 'a.zip', length: 4_000_000 }),
  wantedZip({ name: 'b.zip', length: 6_000_000 }),
];

/** What is told while `a.zip` comes at a megabyte a second, from its second million on. */
function tell(report: (progress: Progress) => void): { meter: Meter; clock: TestClock } {
  const clock = new TestClock();
  const meter = new Meter(clock, report);
  for (const file of FILES) meter.expect(file);
  meter.start('a.zip', 1_000_000, null);
  for (let second = 0; second < 3; second++) {
    clock.pass(1000);
    meter.came('a.zip', 1_000_000);
  }
  return { meter, clock };
}

function told(): Progress[] {
  const all: Progress[] = [];
  tell((progress) => all.push(progress));
  return all;
}

describe('the progress of downloads', () => {
  it('has the rate of the last seconds, of what came and not of what was there', () => {
    expect(told().at(-1)).toEqual({
      name: 'a.zip',
      state: 'receiving',
      note: null,
      files: { done: 0, total: 2 },
      bytes: { done: 4_000_000, total: 10_000_000 },
      bytesPerSecond: 1_000_000,
      secondsLeft: 6,
    });
  });

  it('says neither rate nor time before it knows them', () => {
    expect(told()[0]).toMatchObject({ bytesPerSecond: 0, secondsLeft: null, bytes: { done: 1_000_000 } });
    const all: Progress[] = [];
    const meter = new Meter(new TestClock(), (progress) => all.push(progress));
    meter.expect(wantedZip());
    meter.start('file.zip', 0, null);
    expect(all[0]?.bytes).toEqual({ done: 0, total: null });
    meter.start('file.zip', 0, 500);
    expect(all[1]?.bytes).toEqual({ done: 0, total: 500 });
  });

  it('forgets how fast it was a while ago', () => {
    const all: Progress[] = [];
    const { meter, clock } = tell((progress) => all.push(progress));
    clock.pass(60_000);
    meter.came('a.zip', 1);
    clock.pass(1000);
    meter.came('a.zip', 100);
    expect(all.at(-1)?.bytesPerSecond).toBe(100);
  });

  it('counts the files that are done, and those that were there', () => {
    const all: Progress[] = [];
    const { meter } = tell((progress) => all.push(progress));
    meter.end('a.zip', 'done', 4_000_000);
    meter.end('b.zip', 'kept', 6_000_000);
    expect(all.at(-1)).toMatchObject({
      files: { done: 2, total: 2 },
      bytes: { done: 10_000_000 },
      secondsLeft: 0,
    });
  });
});

describe('progress in words', () => {
  it('fits a line', () => {
    expect(told().map(inOneLine).at(-1)).toBe('0/2 files, 4.0 MB of 10.0 MB, 1.0 MB/s, 6 s left');
    const unknown = { ...(told()[0] as Progress), bytes: { done: 1_000_000, total: null } };
    expect(inOneLine(unknown)).toBe('0/2 files, 1.0 MB');
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [61, '1 min 01 s'],
    [3599.5, '1 h 00 min'],
    [86_399, '23 h 59 min'],
  ])('has %d seconds as %s', (seconds, words) => {
    expect(durationInWords(seconds)).toBe(words);
  });
});

/** What is written of one download, with a failure in it. */
function shown(
  options: Parameters<typeof showDownloads>[0],
  terminal: { isTTY: boolean; columns?: number },
): string {
  let text = '';
  const write = (words: string): boolean => (text += words) !== '';
  let now = 0;
  const { onProgress, end } = showDownloads({
    ...options,
    stream: { write, ...terminal },
    now: () => (now += 60),
  });
  const { meter } = tell(onProgress);
  meter.pause('a.zip', 'again', 'status 503');
  meter.end('a.zip', 'done', 4_000_000);
  meter.end('b.zip', 'kept', 6_000_000);
  end();
  return text;
}

describe('progress shown', () => {
  it('on a terminal is a line that is rewritten, and cleared at the end', () => {
    const text = shown({}, { isTTY: true, columns: 40 });
    const lines = text.split('\r\u001b[K');
    expect(lines).toContain('0/2 files, 4.0 MB of 10.0 MB, 1.0 MB/s…');
    expect(lines).toContain('a.zip: again, status 503\n');
    expect(lines.every((line) => line.length < 40)).toBe(true);
    expect(text.endsWith('\r\u001b[K')).toBe(true);
  });

  it('elsewhere is a line for what is done or begins again', () => {
    expect(shown({}, { isTTY: false })).toBe(
      'a.zip: again, status 503\na.zip: done; 1/2 files, 4.0 MB of 10.0 MB, 1.0 MB/s, 6 s left\n',
    );
  });

  it.each([{ quiet: true }, { json: true }])('is nothing with %j', (options) => {
    expect(shown(options, { isTTY: true })).toBe('');
  });
});
