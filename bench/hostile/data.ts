/**
 * The same parcels in each library's form, in two editions that differ in every feature.
 * Each form is longer than any first read, so that ranges are needed; the small one is not.
 */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { parcelles, PARCELLE_FIELDS } from '../../src/testing/features.ts';
import { seededRandom } from '../../src/testing/random.ts';
import { buildTree, type TestFeature } from '../../src/testing/tree.ts';
import { writeArchive } from './archive.ts';

/** Files by their path at the host. */
export type Files = ReadonlyMap<string, Uint8Array>;

export type Edition = 'old' | 'new' | 'small';

/** Where the parcels are, in degrees. */
export const PLACE = [4.8, 47.1, 5.2, 47.4] as const;
/** What is asked for: some hundred parcels of the middle. */
export const ASKED = [4.98, 47.23, 5.02, 47.27] as const;
export const LAYER = 'cadastre/parcelle';
export const [FGB, PARQUET, PMTILES] = ['parcelles.fgb', 'parcelles.parquet', 'parcelles.pmtiles'];

const SEEDS: Readonly<Record<Edition, number>> = { old: 1, new: 2, small: 3 };

function parcelsOf(edition: Edition): TestFeature[] {
  const random = seededRandom(SEEDS[edition]);
  const count = edition === 'small' ? 10 : 2500;
  const parcels = (code: string): TestFeature[] => parcelles(random, code, '000', [...PLACE], count);
  return edition === 'small' ? parcels('21231') : [...parcels('21231'), ...parcels('21166')];
}

function parquetOf(parcels: readonly TestFeature[]): Uint8Array {
  const names = PARCELLE_FIELDS.split(' ').map((field) => field.split(':')[0] ?? '');
  const columnData = names.map((name) => ({
    name,
    data: parcels.map(({ properties }) => {
      const value = properties[name] ?? null;
      return typeof value === 'number' ? String(value) : value;
    }),
    type: 'STRING' as const,
    nullable: true,
  }));
  const geometry = parcels.map(({ geometry: shape }) => JSON.stringify(shape));
  const columns = [...columnData, { name: 'geometry', data: geometry, type: 'STRING' as const }];
  return new Uint8Array(parquetWriteBuffer({ columnData: columns, rowGroupSize: 500 }));
}

/** Every library's files of one edition, by their paths. */
export async function filesOf(edition: Edition): Promise<Files> {
  const parcels = parcelsOf(edition);
  const tree = await buildTree({
    [LAYER]: { geometry: 'MultiPolygon', fields: PARCELLE_FIELDS, partitions: { 21: parcels } },
  });
  const fgb = [...tree].find(([path]) => path.endsWith('.fgb'))?.[1] ?? new Uint8Array();
  return new Map([
    ...tree,
    [FGB, fgb],
    [PARQUET, parquetOf(parcels)],
    [PMTILES, writeArchive(SEEDS[edition], edition === 'small' ? 2 : 6)],
  ]);
}
