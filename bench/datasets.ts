/** The datasets of a run, each with the readers that can be asked about it. */
import { dirname } from 'node:path';
import { say } from './data/built.ts';
import { bigQuestions } from './data/big-questions.ts';
import type { QuerySets } from './data/queries.ts';
import {
  BIG,
  cadastreOf,
  flatGeobufOf,
  parquetOf,
  questionsOf,
  tilesOf,
  treeOf,
  type Dataset,
} from './data/steps.ts';
import { CountingHost } from './host.ts';
import { measure, SCENARIOS, type Bench } from './measure.ts';
import { inChromium } from './readers/chromium.ts';
import { flatgeobuf } from './readers/flatgeobuf.ts';
import { hyparquet } from './readers/hyparquet.ts';
import { ours } from './readers/ours.ts';
import { pmtiles } from './readers/pmtiles.ts';
import type { Reader } from './readers/reader.ts';
import { cellsOf, rowOf, type Row } from './summary.ts';

export interface RunOptions {
  /** Names of readers; `null` for all. */
  readonly readers: readonly string[] | null;
  readonly browser: boolean;
  /** Of each kind. */
  readonly queries: number;
  /** Sessions at a time. */
  readonly parallel: number;
}

/** Tiles and Parquet of 10^7 parcels would take hours to make, and tell nothing that 10^6 do not. */
const MOST_FOR_TILES = 1e6;

/** Answers with their geometries: they cost what they are, in whatever scenario. */
const WITH_MEGABYTES = 'carto-statique, with megabytes';

async function measureReaders(
  data: string,
  bench: Bench,
  readers: readonly Reader[],
  sets: QuerySets,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const reader of readers) {
    for (const kind of reader.kinds.filter((one) => sets.anywhere[one].length > 0)) {
      for (const scenario of SCENARIOS[kind]) {
        const series = await measure(bench, reader, sets, kind, scenario);
        if (series === null) continue;
        const row = rowOf(data, series);
        rows.push(row);
        say([...cellsOf(row), ...Object.keys(row.failures).slice(0, 1)].join('  '));
      }
    }
  }
  return rows;
}

interface Entry {
  readonly key: string;
  readonly folder: () => Promise<string>;
  readonly readers: readonly Reader[];
}

async function measureEntries(
  data: string,
  entries: readonly Entry[],
  sets: QuerySets,
  { readers, parallel }: RunOptions,
): Promise<Row[]> {
  const wanted = entries.filter(({ key }) => readers?.includes(key) ?? true);
  const folders: Record<string, string> = {};
  for (const { key, folder } of wanted) folders[key] = await folder();
  const host = new CountingHost({ folders });
  const address = await host.start();
  try {
    const all = wanted.flatMap((entry) => entry.readers);
    return await measureReaders(data, { host, address, parallel }, all, sets);
  } finally {
    await host.stop();
  }
}

/** Ours in Chromium: counts must be those of Node. */
async function measureInChromium(
  dataset: Dataset,
  sets: QuerySets,
  { parallel }: RunOptions,
): Promise<Row[]> {
  const { layer, name } = dataset;
  const host = new CountingHost({ folders: { ours: await treeOf(dataset) } });
  const address = await host.start();
  const { reader, end } = await inChromium({ layer: layer.spec.name, idField: layer.idField });
  try {
    return await measureReaders(name, { host, address, parallel }, [reader], sets);
  } finally {
    await end();
    await host.stop();
  }
}

/** Ours and the peers on a cadastre of `size` parcels. */
export async function measureCadastre(size: number, options: RunOptions): Promise<Row[]> {
  const dataset = cadastreOf(size);
  const { layer, name } = dataset;
  const { idField } = layer;
  const own = { layer: layer.spec.name, idField };
  const entries: Entry[] = [
    {
      key: 'ours',
      folder: () => treeOf(dataset),
      readers: [ours(own)],
    },
    {
      key: 'flatgeobuf',
      folder: async () => dirname(await flatGeobufOf(dataset)),
      readers: [flatgeobuf(idField)],
    },
    {
      key: 'pmtiles',
      folder: () => tilesOf(dataset),
      readers: [pmtiles(idField)],
    },
    {
      key: 'hyparquet',
      folder: () => parquetOf(dataset),
      readers: [hyparquet(idField)],
    },
  ];
  const made = size > MOST_FOR_TILES ? entries.slice(0, 2) : entries;
  const sets = await questionsOf(dataset, options.queries);
  const rows = await measureEntries(name, made, sets, options);
  return options.browser ? [...rows, ...(await measureInChromium(dataset, sets, options))] : rows;
}

/** Features of a megabyte and more: ours with and without geometries, and flatgeobuf's reader. */
export async function measureBig(options: RunOptions): Promise<Row[]> {
  const { idField, spec } = BIG.layer;
  const own = { layer: spec.name, idField, kinds: ['point', 'polygon'] as const };
  const entries: Entry[] = [
    {
      key: 'ours',
      folder: () => treeOf(BIG),
      readers: [
        ours({ ...own, name: 'carto-statique, geometry: false', geometry: false }),
        { ...ours({ ...own, name: WITH_MEGABYTES, kinds: ['point'] }), scenarios: ['cold'] },
      ],
    },
    {
      key: 'flatgeobuf',
      folder: async () => dirname(await flatGeobufOf(BIG)),
      readers: [{ ...flatgeobuf(idField), kinds: ['point'], scenarios: ['cold', 'warm'] }],
    },
  ];
  return measureEntries('big', entries, await bigQuestions(options.queries), options);
}
