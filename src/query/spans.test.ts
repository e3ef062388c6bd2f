import { describe, expect, it } from 'vitest';
import { pieces, trips, type Span } from './spans.ts';

const kB = 1024;
const span = (start: number, length: number): Span => ({ start, end: start + length });
const lengths = (groups: readonly (readonly Span[])[]): number[] => groups.map((group) => group.length);

/** Spans that no request joins. */
function scattered(count: number, length: number): Span[] {
  return Array.from({ length: count }, (_, i) => span(i * 10_000 * kB, length));
}

describe('trips', () => {
  it('makes one request of neighbours and of what a small gap parts', () => {
    const spans = [span(0, 100), span(100, 50), span(10 * kB, 100)];
    expect([...trips(spans)]).toEqual([[{ start: 0, end: 10 * kB + 100, items: spans }]]);
  });

  it('makes two of what a wide gap parts, and sends them together', () => {
    expect(lengths([...trips([span(0, 100), span(100 * kB, 100)])])).toEqual([2]);
  });

  it('sends six requests together at most', () => {
    expect(lengths([...trips(scattered(8, kB))])).toEqual([6, 2]);
  });

  it('begins small and doubles, so that a first page costs little', () => {
    expect(lengths([...trips(scattered(8, 60 * kB))])).toEqual([1, 2, 4, 1]);
    const [first, second] = trips(Array.from({ length: 100 }, (_, i) => span(i * kB, kB)));
    expect([first, second]).toMatchObject([
      [{ start: 0, end: 64 * kB }],
      [{ start: 64 * kB, end: 100 * kB }],
    ]);
  });

  it('keeps requests short, though never shorter than what they are for', () => {
    const spans = Array.from({ length: 100 }, (_, i) => span(i * 100 * kB, 100 * kB));
    const long = [...trips([...spans, span(20_000 * kB, 9000 * kB)])].flat();
    expect(long.at(-1)?.items).toHaveLength(1);
    for (const batch of long.slice(0, -1)) expect(batch.end - batch.start).toBeLessThanOrEqual(1024 * kB);
    expect(long.flatMap(({ items }) => items)).toHaveLength(101);
  });

  it('makes nothing of nothing', () => {
    expect([...trips([])]).toEqual([]);
  });
});

describe('pieces', () => {
  it('cuts without a gap, from small pieces to large ones', () => {
    const cut = [...pieces(10, 20_000 * kB)];
    expect(cut[0]).toEqual({ start: 10, end: 10 + 64 * kB });
    cut.reduce((before, piece) => {
      expect(piece.start).toBe(before.end);
      return piece;
    });
    expect(cut.at(-1)?.end).toBe(20_000 * kB);
    expect(Math.max(...cut.map(({ start, end }) => end - start))).toBe(4096 * kB);
    expect([...pieces(5, 5)]).toEqual([]);
  });
});
