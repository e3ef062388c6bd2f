import { describe, expect, it } from 'vitest';
import type { Finding, MemberReport, SourceReport } from '../normalise/report.ts';
import { valuesOf } from '../normalise/value-tally.ts';
import { findLayer } from '../datasets/index.ts';
import type { Normalised, PlacedSource, TableSource } from './normalised.ts';
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
  readonly corrections?: Readonly<Record<string, number>>;
}

function member(layer: string, { read, rejects = 0, repairs = [], corrections = {} }: Counts): MemberReport {
  return {
    ...{ member: 'PARCELLE.SHP', layer, partition: '21', crs: 'EPSG:2154', encoding: 'utf-8' },
    ...{ in: read, out: read - rejects, rejects: findings(rejects), garbled: [], corrections },
    drift: { generation: 'x', missing: [], added: [], retyped: [] },
    values: valuesOf([], []),
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
      consulted: [],
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
      values: valuesOf([], []),
      bbox: null,
      coverage: [],
      provenance: [],
      path: '/out.fgb',
      sha256: '',
    },
    duplicates: findings(duplicates),
    repeated: [],
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
    consulted: [],
    unused: [],
  };
  return {
    source: { dataset: 'codes-postaux', format, path: format, location: null },
    step: { value: { report, rows: [] }, folder: '/work', fingerprint: 'f' },
  };
}

function normalised(placed: readonly PlacedSource[], tables: readonly TableSource[] = []): Normalised {
  return { placed, tables, corrections: [] };
}

describe('the report of a build', () => {
  it('adds up the members of every source and the partitions of a layer', () => {
    const sources = [
      source(member(LAYER, { read: 10, rejects: 1, repairs: ['a', 'a', 'b'] })),
      source(member(LAYER, { read: 5 })),
    ];
    const { layers, duplicates } = buildReport(
      normalised(sources),
      [partition('21', 8, 2), partition('71', 4)],
      null,
    );
    expect(layers).toEqual({ [LAYER]: { in: 15, out: 12, rejected: 1, duplicates: 2, repaired: 2 } });
    expect(duplicates).toEqual([{ layer: LAYER, partition: '21', features: findings(2) }]);
  });

  it.each([11, 9, 0])('is refused when of ten rows %i come out', (features) => {
    const packed = features === 0 ? [] : [partition('21', features)];
    expect(() => buildReport(normalised([source(member(LAYER, { read: 10 }))]), packed, null)).toThrow(
      expect.objectContaining({
        code: 'CountMismatch',
        where: { layer: LAYER },
        message: `${LAYER}: 10 in is not ${features} out + 0 rejected + 0 duplicates`,
      }),
    );
  });

  it('counts the table that is served, and lists the others', () => {
    const [npm, laposte] = [table('npm', 7, 0), table('laposte', 9, 2)];
    const { layers, sources } = buildReport(normalised([], [npm, laposte]), [], laposte);
    expect(layers).toEqual({
      'codes-postaux/communes': { in: 9, out: 7, rejected: 2, duplicates: 0, repaired: 0 },
    });
    expect(sources.map(({ format, served }) => [format, served])).toEqual([
      ['npm', false],
      ['laposte', true],
    ]);
  });

  it('tells of each correction of a built layer how many rows it changed, none too', () => {
    const line = { column: 'section', found: 'A', corrected: 'B', where: {}, reason: 'mal saisie' };
    const corrections = [
      { ...line, at: 'cadastre.csv:2', layer: LAYER },
      { ...line, at: 'cadastre.csv:3', layer: LAYER },
      { ...line, at: 'cadastre.csv:4', layer: 'cadastre/feuille' },
    ];
    const sources = [
      source(member(LAYER, { read: 2, corrections: { 'cadastre.csv:2': 2 } })),
      source(member(LAYER, { read: 1, corrections: { 'cadastre.csv:2': 1 } })),
    ];
    const report = buildReport({ ...normalised(sources), corrections }, [partition('21', 3)], null);
    expect(report.corrections).toEqual([
      { at: 'cadastre.csv:2', layer: LAYER, reason: 'mal saisie', rows: 3 },
      { at: 'cadastre.csv:3', layer: LAYER, reason: 'mal saisie', rows: 0 },
    ]);
  });
});
