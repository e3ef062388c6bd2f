/**
 * What our reader must hold, by counts alone: time depends on the machine. Each broken
 * promise is a line that says by how much.
 */
import type { Row } from './summary.ts';
import type { Scenario } from './measure.ts';

interface Limits {
  /** Of each question, or of 95 in a hundred. */
  readonly requests: { readonly of: 'max' | 'p95'; readonly most: number };
  readonly bytes: { readonly of: 'p95' | 'mean'; readonly most: number };
}

/**
 * One lookup of a point or an `idu`. What lies near can lie in the next region of the index, whose
 * directory is then read too: there the promise is for 95 in a hundred. So it is for ids, of which
 * one in 300 is in a bucket that goes on in the next.
 */
const LIMITS: Readonly<Record<Scenario, Limits>> = {
  cold: { requests: { of: 'max', most: 3 }, bytes: { of: 'p95', most: 25_000 } },
  warm: { requests: { of: 'max', most: 2 }, bytes: { of: 'p95', most: 12_000 } },
  'same region': { requests: { of: 'p95', most: 1 }, bytes: { of: 'mean', most: 8_000 } },
  nearby: { requests: { of: 'p95', most: 1 }, bytes: { of: 'mean', most: 8_000 } },
};

function faultsOf(row: Row): string[] {
  const { requests, bytes } = LIMITS[row.scenario];
  const asked = row.requests[row.kind === 'id' ? 'p95' : requests.of];
  const read = row.bytes[bytes.of];
  return [
    ...(asked > requests.most ? [`${asked} requests, at most ${requests.most} promised`] : []),
    ...(read > bytes.most ? [`${read} bytes (${bytes.of}), at most ${bytes.most} promised`] : []),
    ...(row.right < row.queries ? [`${row.queries - row.right} of ${row.queries} answers wrong`] : []),
  ];
}

/** The promises that rows of ours break; other readers promise nothing here. */
export function brokenPromises(rows: readonly Row[]): string[] {
  const own = rows.filter(({ reader }) => reader.startsWith('carto-statique'));
  const lookups = own.filter(({ kind, reader }) => {
    // With their geometries, features of megabytes cost what they are.
    return (kind === 'point' || kind === 'id') && !reader.includes('with megabytes');
  });
  const others = own.filter((row) => !lookups.includes(row) && row.right < row.queries);
  const where = ({ data, reader, kind, scenario }: Row): string => `${data}, ${reader}, ${kind}, ${scenario}`;
  return [
    ...lookups.flatMap((row) => faultsOf(row).map((fault) => `${where(row)}: ${fault}`)),
    ...others.map((row) => `${where(row)}: ${row.queries - row.right} of ${row.queries} answers wrong`),
  ];
}
