import { describe, expect, it } from 'vitest';
import { numberSections } from './sections.ts';

describe('numberSections', () => {
  it('names any number of sheets without repeating itself', () => {
    const names = numberSections('000', Array.from({ length: 60 })).map(
      ([n]) => n.section + String(n.feuille),
    );
    expect(new Set(names).size).toBe(60);
  });

  it('gives the first section two sheets', () => {
    const names = numberSections('907', ['a', 'b', 'c']).map(([{ section, feuille }]) => [section, feuille]);
    expect(names).toEqual([
      ['0A', 1],
      ['0A', 2],
      ['0B', 1],
    ]);
  });
});
