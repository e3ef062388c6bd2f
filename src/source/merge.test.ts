import { describe, expect, it } from 'vitest';
import { merged } from './merge.ts';

const span = (offset: number, length: number) => ({ offset, length });
const places = (...spans: { offset: number; length: number }[]) =>
  merged(spans).map(({ offset, length }) => [offset, length]);

describe('spans merged', () => {
  it('ask for near ones together and for far ones apart', () => {
    expect(places(span(0, 10), span(16_394, 10), span(32_789, 10))).toEqual([
      [0, 16_404],
      [32_789, 10],
    ]);
  });

  it('are in the order of the file, whatever the order asked, with what they bring', () => {
    const [a, b] = [span(0, 5), span(5, 5)];
    expect(merged([b, a])).toEqual([{ offset: 0, length: 10, spans: [a, b] }]);
  });

  it('may overlap, or hold each other', () => {
    expect(places(span(0, 100), span(10, 10), span(50, 100))).toEqual([[0, 150]]);
  });

  it('never make a request of more than a megabyte, unless one is longer', () => {
    const MB = 1024 * 1024;
    expect(places(span(0, MB - 1), span(MB - 1, 1), span(MB, 1), span(MB + 1, 5 * MB))).toEqual([
      [0, MB],
      [MB, 1],
      [MB + 1, 5 * MB],
    ]);
  });

  it('of nothing are nothing', () => {
    expect(merged([])).toEqual([]);
  });
});
