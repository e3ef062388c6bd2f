/**
 * `carto query`: asks one layer of a tree in a folder or behind an address. Refuses, as
 * misuse, whatever the library refuses to be asked.
 */
import { Command, InvalidArgumentError } from 'commander';
import { CartoError } from '../../src/errors.ts';
import type { Answer, Carto } from '../../src/node.ts';
import { geometryText } from './geometry-text.ts';
import { openTree } from './open-tree.ts';
import { note, writeLines } from './output.ts';
import { withSuggestion } from './suggestion.ts';
import { counted, kilobytes } from './wording.ts';

interface QueryFlags {
  readonly base: string;
  readonly geom?: string;
  readonly where?: ReadonlyMap<string, string>;
  readonly limit?: number;
  readonly start?: number;
  readonly geometry: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Its answer is rows, not features. */
const POSTAL_CODES = 'codes-postaux/communes';

/** Parameters of the library that have options of their own: as a condition nobody would hear them. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['geom', '--geom'],
  ['limit', '--limit'],
  ['start', '--start'],
  ['geometry', '--no-geometry'],
]);

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(value);
}

function condition(value: string, before?: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, key, wanted] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (key === undefined || wanted === undefined) throw new InvalidArgumentError('It must be key=value.');
  const option = OPTIONS.get(key);
  if (option !== undefined) throw new InvalidArgumentError(`${key} is asked by ${option}.`);
  if (before?.has(key) === true) throw new InvalidArgumentError(`${key} is given twice.`);
  return new Map([...(before ?? []), [key, wanted]]);
}

function* collectionLines({ type, features, meta }: Answer): Generator<string> {
  yield `{"type":${JSON.stringify(type)},"features":[`;
  let left = features.length;
  for (const feature of features) yield JSON.stringify(feature) + (--left === 0 ? '' : ',');
  yield `],"meta":${JSON.stringify(meta)}}`;
}

function* rowLines(rows: readonly unknown[]): Generator<string> {
  yield '[';
  let left = rows.length;
  for (const row of rows) yield JSON.stringify(row) + (--left === 0 ? '' : ',');
  yield ']';
}

async function queryPostalCodes(carto: Carto, flags: QueryFlags): Promise<void> {
  const { codePostal = '', ...others } = Object.fromEntries(flags.where ?? []);
  const [other] = Object.keys(others);
  const misused = other ?? (flags.geom === undefined ? undefined : 'geom');
  if (misused !== undefined) {
    const message = `${misused}: ${POSTAL_CODES} is asked by --where codePostal=… alone`;
    throw new CartoError('InvalidQuery', message, { path: misused });
  }
  await writeLines(process.stdout, rowLines(await carto.codesPostaux.communes(codePostal)));
}

async function queryFeatures(carto: Carto, layer: string, flags: QueryFlags): Promise<void> {
  const { limit, start, geometry } = flags;
  const geom = flags.geom === undefined ? undefined : await geometryText(flags.geom);
  const asked = { ...Object.fromEntries(flags.where ?? []), geom, limit, start, geometry };
  const answer = await carto.query(layer, asked).catch((error: unknown) => {
    throw withSuggestion(error, carto, layer);
  });
  await writeLines(process.stdout, collectionLines(answer));
  const { meta } = answer;
  const cost = `${counted(meta.requests, 'request')}, ${kilobytes(meta.bytes)}`;
  const cut = meta.truncated ? ', and there are more' : '';
  note(`${counted(meta.numberReturned, 'feature')}${cut}; coverage: ${meta.coverage}; ${cost}`, flags);
}

async function runQuery(layer: string, flags: QueryFlags): Promise<void> {
  const carto = await openTree(flags.base);
  if (layer === POSTAL_CODES) await queryPostalCodes(carto, flags);
  else await queryFeatures(carto, layer, flags);
}

export function queryCommand(): Command {
  return new Command('query')
    .description('ask one layer, and write its answer as GeoJSON, a feature a line')
    .argument('<layer>', 'its route in API Carto, such as cadastre/parcelle')
    .option('--base <tree>', 'the folder or the address of the published tree', 'dist')
    .option(
      '--geom <geojson>',
      'what features must share a point with; @FILE reads a file, @- standard input',
    )
    .option(
      '--where <key=value>',
      'a code or an attribute that features must have; may be repeated',
      condition,
    )
    .option('--limit <n>', 'the most features to answer', wholeNumber)
    .option('--start <n>', 'how many to pass over', wholeNumber)
    .option('--no-geometry', 'leave geometries out')
    .addHelpText(
      'after',
      `
Examples:
  carto query cadastre/parcelle --where code_insee=21906 --where section=AB --limit 10
  carto query gpu/zone-urba --geom '{"type":"Point","coordinates":[4.985,47.05]}' --no-geometry
  carto query aoc/appellation-viticole --geom @parcel.geojson --base https://static.example.fr/carto/
  carto query codes-postaux/communes --where codePostal=21700`,
    )
    .action((layer: string, _flags: unknown, command: Command) =>
      runQuery(layer, command.optsWithGlobals<QueryFlags>()),
    );
}
