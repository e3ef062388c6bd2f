import { describe, expect, it } from 'vitest';
import { Repeats } from './repeats.ts';
import { encodeKey, sortKey } from './sort-key.ts';

interface Seen {
  readonly section?: string;
  readonly id: string;
  readonly spool?: number;
}

function watch(formats: readonly string[], ...features: readonly Seen[]): Repeats {
  const repeats = new Repeats(formats);
  features.forEach(({ section, id, spool = 0 }, i) => {
    const key = section === undefined ? new Uint8Array() : encodeKey(['section'], { section });
    repeats.see(sortKey(key, i, Uint8Array.of(i)), { spool, id });
  });
  return repeats;
}

describe('an identifier', () => {
  it('that returns is told each time after the first', () => {
    const { repeated } = watch([], { id: 'a' }, { id: 'b' }, { id: 'a', spool: 1 }, { id: 'a' });
    expect(repeated).toEqual([
      { id: 'a', spool: 1, of: 0 },
      { id: 'a', spool: 0, of: 0 },
    ]);
  });

  it('under another key is another one', () => {
    const { repeated } = watch([], { section: 'AB', id: '1' }, { section: 'AC', id: '1' });
    expect(repeated).toEqual([]);
  });

  it('that a feature does not have is not compared', () => {
    expect(watch([], { id: '#1' }, { id: '#1', spool: 1 }).repeated).toEqual([]);
  });
});

describe('sources of two formats', () => {
  it('are told where they tell of the same thing', () => {
    const formats = ['extraction', 'cnig', 'cnig'];
    const { mixture } = watch(
      formats,
      { section: 'DU_1', id: 'a', spool: 1 },
      { section: 'DU_1', id: 'b', spool: 2 },
      { section: 'DU_2', id: 'c', spool: 0 },
      { section: 'DU_3', id: 'd', spool: 2 },
      { section: 'DU_3', id: 'e', spool: 0 },
    );
    expect(mixture).toEqual({ id: 'e', spools: [2, 0] });
  });

  it('may stand beside each other', () => {
    const formats = ['extraction', 'cnig'];
    const { mixture } = watch(formats, { section: 'DU_1', id: 'a' }, { section: 'DU_2', id: 'b', spool: 1 });
    expect(mixture).toBeNull();
  });
});
