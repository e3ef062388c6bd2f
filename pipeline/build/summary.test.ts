import { describe, expect, it } from 'vitest';
import type { Finding, MemberReport, SourceReport } from '../normalise/report.ts';
import { findLayer } from '../datasets/index.ts';
import type { PlacedSource, TableSource } from './normalised.ts';
import type { PackedPartition } from './packed.ts';
import { buildReport } from './summary.ts';

const LAYER = 'cadastre/parcelle';

function findings(count: number): Finding[] {
  return Array.from({ length: count }, (_, i) => ({ id: `#${i}`, what: 'no section' }));
}

interface Counts {
  readonly read: number;
  readonly rejects?: number;
  readonly repairs?: readonly string[];
}

function member(layer: string, { read, rejects = 0, repairs = [] }: Counts): MemberReport {
  return {
    ...{ member: 'PARCELLE.SHP', layer, partition: '21', crs: 'EPSG:2154', encoding: 'utf-8' },
    ...{ in: read, out: read - rejects, rejects: findings(rejects), garbled: [] },
    repairs: repairs.map((id) => ({ id, what: 'made valid' })),
  };
}

function source(...members: MemberReport[]): PlacedSource {
  const report: SourceReport = {
    ...{
      dataset: 'cadastre',
      format: 'parcellaire-express',
      path: 'D021',
      vintage: '2026',
      members,
      unused: [],
    },
  };
  return {
    source: {
      dataset: 'cadastre',
      format: 'parcellaire-express',
      departement: '21',
      path: 'D021',
      location: '/D021',
    },
    step: { value: { report, spools: [], coverage: [] }, folder: '/work', fingerprint: 'f' },
  };
}

function partition(id: string, features: number, duplicates = 0): PackedPartition {
  const layer = findLayer(LAYER);
  if (layer === null) throw new Error('no layer');
  return {
    ...{
      layer,
      partition: id,
      features,
      bbox: null,
      coverage: [],
      provenance: [],
      path: '/out.fgb',
      sha256: '',
    },
    duplicates: findings(duplicates),
  };
}

function table(format: 'npm' | 'laposte', read: number, rejects: number): TableSource {
  const members = [member('codes-postaux/communes', { read, rejects })];
  const report: SourceReport = {
    dataset: 'codes-postaux',
    format,
    path: format,
    vintage: '2026',
    members,
    unused: [],
  };
  return {
    source: { dataset: 'codes-postaux', format, path: format, location: null },
    step: { value: { report, rows: [] }, folder: '/work', fingerprint: 'f' },
  };
}

describe('the report of a build', () => {
  it('adds up the members of every source and the partitions of a layer', () => {
    const sources = [
      source(member(LAYER, { read: 10, rejects: 1, repairs: ['a', 'a', 'b'] })),
      source(member(LAYER, { read: 5 })),
    ];
    const { layers, duplicates } = buildReport(sources, [partition('21', 8, 2), partition('71', 4)], null);
    expect(layers).toEqual({ [LAYER]: { in: 15, out: 12, rejected: 1, duplicates: 2, repaired: 2 } });
    expect(duplicates).toEqual([{ layer: LAYER, partition: '21', features: findings(2) }]);
  });

  it.each([11, 9, 0])('is refused when of ten rows %i come out', (features) => {
    const packed = features === 0 ? [] : [partition('21', features)];
    expect(() => buildReport([source(member(LAYER, { read: 10 }))], packed, null)).toThrow(
      expect.objectContaining({
        code: 'CountMismatch',
        where: { layer: LAYER },
        message: `${LAYER}: 10 in is not ${features} out + 0 rejected + 0 duplicates`,
      }),
    );
  });

  it('counts the table that is served, and lists the others', () => {
    const [npm, laposte] = [table('npm', 7, 0), table('laposte', 9, 2)];
    const { layers, sources } = buildReport([npm, laposte], [], laposte);
    expect(layers).toEqual({
      'codes-postaux/communes': { in: 9, out: 7, rejected: 2, duplicates: 0, repaired: 0 },
    });
    expect(sources.map(({ format, served }) => [format, served])).toEqual([
      ['npm', false],
      ['laposte', true],
    ]);
  });
});
