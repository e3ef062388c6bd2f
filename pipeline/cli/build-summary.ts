/** What a build says at its end: what was built, what was lost, and how to look at it. */
import { join } from 'node:path';
import gdal from 'gdal-async';
import { z } from 'zod';
import type { PublishedFile } from '../../src/format/catalogue.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import type { BuildResult } from '../build/build.ts';
import type { LayerTotals } from '../build/summary.ts';
import { noticesOf } from './build-notices.ts';
import { counted, kilobytes, megabytes } from './wording.ts';

const COLUMNS = ['in', 'out', 'rejected', 'duplicates', 'repaired'] as const;

function table(layers: Readonly<Record<string, LayerTotals>>): string {
  const rows = Object.entries(layers).map(([name, totals]) => [
    name,
    ...COLUMNS.map((key) => String(totals[key])),
  ]);
  const all = [['layer', ...COLUMNS], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  const pad = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return all.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}

function filesOf({ layers, tiles, site }: Manifest): PublishedFile[] {
  const partitions = Object.values(layers).flatMap((layer) => layer.partitions);
  const indexes = Object.values(layers).map(({ index }) => index);
  return [...site, ...indexes, ...[...partitions, ...Object.values(tiles)].map(({ file }) => file)];
}

/** The first vertex of the first feature: a place where the example query has an answer. */
function placeIn(path: string): unknown {
  const dataset = gdal.open(path);
  try {
    const geometry = dataset.layers.get(0).features.first().getGeometry()?.toJSON() ?? 'null';
    let place: unknown = z
      .object({ coordinates: z.array(z.unknown()) })
      .parse(JSON.parse(geometry)).coordinates;
    while (Array.isArray(place) && Array.isArray(place[0])) place = place[0];
    return place;
  } finally {
    dataset.close();
  }
}

/** The command that asks the tree about a place that it covers. */
function exampleQuery({ layers }: Manifest, directory: string): string | null {
  const names = ['cadastre/parcelle', 'gpu/zone-urba', 'aoc/appellation-viticole'];
  const name = names.find((candidate) => candidate in layers);
  const file = name === undefined ? undefined : layers[name]?.partitions[0]?.file;
  if (name === undefined || file === undefined) return null;
  const geom = JSON.stringify({ type: 'Point', coordinates: placeIn(join(directory, file.path)) });
  return `npx carto query ${name} --base ${directory} --geom '${geom}'`;
}

function howToLook(manifest: Manifest, directory: string): string {
  const [first] = Object.values(manifest.layers)
    .filter(({ geometry }) => geometry !== null)
    .flatMap(({ partitions }) => partitions.map(({ file }) => file.path));
  const query = exampleQuery(manifest, directory);
  return [
    'Look at it:',
    ...(query === null ? [] : [`  ${query}`]),
    `  npx carto serve --dir ${directory}`,
    ...(first === undefined ? [] : [`  ogrinfo -so -al ${join(directory, first)}`]),
  ].join('\n');
}

/** Of pages that are there and not ours. */
function untouched(names: readonly string[], directory: string): string {
  return names
    .map((name) => `${join(directory, name)} is not of carto-statique, and was left alone.\n`)
    .join('');
}

/** The text for a person. */
export function describeBuild(result: BuildResult, directory: string): string {
  const { changed, manifest, report, catalogueBytes, leftOut } = result;
  const others = untouched(leftOut, directory);
  const layers = counted(Object.keys(manifest.layers).length, 'layer');
  const features = Object.values(report.layers).reduce((sum, { out }) => sum + out, 0);
  const size = megabytes(filesOf(manifest).reduce((sum, { length }) => sum + length, 0));
  const what = `${manifest.territory}: ${layers}, ${counted(features, 'feature')}, ${size} in ${directory}/`;
  if (!changed) return `Nothing has changed. ${what}\n${others}`;
  const catalogue = `catalogue.json, which every first question reads: ${kilobytes(catalogueBytes)}`;
  const details = `Rejects, duplicates and repairs, one by one: ${join(directory, 'report.json')}`;
  const notices = noticesOf(report, result).join('\n');
  const told = [
    what,
    table(report.layers),
    notices,
    `${catalogue}\n${details}`,
    howToLook(manifest, directory),
  ];
  const parts = told.filter((part) => part !== '');
  return `${parts.join('\n\n')}\n${others}`;
}
