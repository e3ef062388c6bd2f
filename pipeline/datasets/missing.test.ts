import { describe, expect, it } from 'vitest';
import { missingOf } from './missing.ts';

describe('what a layer lacks of API Carto’s', () => {
  it('are the fields that its sources do not have', () => {
    expect(missingOf('cadastre/parcelle', ['parcellaire-express', 'edigeo', 'edigeo'])).toEqual([
      { source: 'edigeo', fields: ['gid'], rows: null },
      { source: 'parcellaire-express', fields: ['gid'], rows: null },
    ]);
    expect(missingOf('gpu/zone-urba', ['cnig'])).toEqual([
      { source: 'cnig', fields: ['gid', 'gpu_doc_id', 'gpu_status', 'gpu_timestamp'], rows: null },
    ]);
  });

  it('are the rows that INAO does not open', () => {
    const [inao] = missingOf('aoc/appellation-viticole', ['inao']);
    expect(inao).toMatchObject({ source: 'inao', fields: [] });
    expect(inao?.rows).toMatch(/segments 3 et 4/);
  });

  it('is nothing from the extraction of the Géoportail', () => {
    expect(missingOf('gpu/zone-urba', ['extraction'])).toEqual([]);
  });
});
