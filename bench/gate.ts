/**
 * What our reader must hold, by counts alone: time depends on the machine. Each broken
 * promise is a line that says by how much.
 */
import type { Row } from './summary.ts';
import type { Scenario } from './measure.ts';

interface Limits {
  readonly requests: number;
  readonly bytes: { readonly of: 'p95' | 'mean'; readonly most: number };
}

/** One lookup of a point or an `idu`. A new click nearby is the same region too. */
const LIMITS: Readonly<Record<Scenario, Limits>> = {
  cold: { requests: 3, bytes: { of: 'p95', most: 25_000 } },
  warm: { requests: 2, bytes: { of: 'p95', most: 12_000 } },
  'same region': { requests: 1, bytes: { of: 'mean', most: 8_000 } },
  nearby: { requests: 1, bytes: { of: 'mean', most: 8_000 } },
};

function faultsOf(row: Row): string[] {
  const { requests, bytes } = LIMITS[row.scenario];
  const found = row.bytes[bytes.of];
  return [
    ...(row.requests.max > requests ? [`${row.requests.max} requests, at most ${requests} promised`] : []),
    ...(found > bytes.most ? [`${found} bytes (${bytes.of}), at most ${bytes.most} promised`] : []),
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
