/** What a plan says before anything is fetched: what, from where, how big, under which licence, and what is here. */
import type { Announced } from '../sources/producers/announced.ts';
import { estimate } from '../sources/producers/estimate.ts';
import { filesOf, type Plan } from '../sources/producers/plan.ts';
import type { Presence, PresenceOf } from '../sources/producers/presence.ts';
import { durationInWords } from '../download/show-progress.ts';
import { inWords } from '../space.ts';
import { counted } from './wording.ts';

const STATES: readonly (readonly [Presence, string])[] = [
  ['changed', 'changed'],
  ['new', 'to fetch'],
  ['maybe', 'here, if unchanged'],
  ['here', 'here'],
];

/** Bytes of the files, and how many say none. */
export function sizeOf(files: readonly { readonly length: number | null }[]): {
  bytes: number;
  unknown: number;
} {
  return {
    bytes: files.reduce((sum, { length }) => sum + (length ?? 0), 0),
    unknown: files.filter(({ length }) => length === null).length,
  };
}

function sizeInWords(files: readonly { readonly length: number | null }[]): string {
  const { bytes, unknown } = sizeOf(files);
  if (files.length === 0) return '-';
  if (unknown === 0) return inWords(bytes);
  return unknown === files.length ? 'not said' : `${inWords(bytes)} and ${counted(unknown, 'file')} more`;
}

/** The most urgent state of its files. */
function stateOf({ files }: Announced, presence: PresenceOf): string {
  const states = files.map(presence);
  return STATES.find(([state]) => states.includes(state))?.[1] ?? 'comes with the project';
}

function rowOf(announced: Announced, presence: PresenceOf): string[] {
  const { id, edition, files, licence, licenceFrom } = announced;
  const said = licenceFrom === 'catalogue' ? licence : `${licence} *`;
  return [id, edition ?? '-', String(files.length), sizeInWords(files), stateOf(announced, presence), said];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ');
  return rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n');
}

const HEADER = ['source', 'edition', 'files', 'size', 'state', 'licence'];

/** Where each producer announces; of many feeds the first. */
function cataloguesOf({ announced }: Plan): string {
  const producers = [...new Set(announced.map(({ producer }) => producer))];
  const lines = producers.map((producer) => {
    const own = announced.filter((one) => one.producer === producer).map(({ catalogue }) => catalogue);
    const [first = '', ...others] = [...new Set(own)];
    return `  ${producer}: ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  });
  return lines.join('\n');
}

function estimateInWords(plan: Plan): string {
  const { downloads, open, work, published, seconds, unknown } = estimate(plan);
  const parts = [
    `${inWords(downloads)} of downloads`,
    `${inWords(work)} of finished steps`,
    `${inWords(published)} published`,
    `${inWords(open)} while a source is laid open`,
  ];
  const without = unknown === 0 ? '' : `, without ${counted(unknown, 'file')} whose length nobody says`;
  const disk = inWords(downloads + open + work + published);
  return [
    `About ${disk} of disk: ${parts.join(', ')}${without}.`,
    `About ${durationInWords(seconds)} of one core, after the downloads.`,
    'Both are extrapolated from synthetic loads (docs/sources.md): an order of magnitude.',
  ].join('\n');
}

/** The text for a person. */
export function describePlan(plan: Plan, presence: PresenceOf): string {
  const files = filesOf(plan);
  const missing = files.filter((file) => ['new', 'changed'].includes(presence(file)));
  const what = `${counted(plan.announced.length, 'source')}, ${counted(files.length, 'file')}, ${sizeInWords(files)}`;
  const fetched = missing.length === 0 ? 'nothing to fetch' : `${sizeInWords(missing)} to fetch`;
  const rows = plan.announced.map((announced) => rowOf(announced, presence));
  const asterisk = plan.announced.some(({ licenceFrom }) => licenceFrom === 'documentation')
    ? '\n  * as the producer’s documentation says; the catalogue is silent'
    : '';
  const parts = [
    `${plan.territoire.name}: ${what}; ${fetched}`,
    table([HEADER, ...rows]) + asterisk,
    estimateInWords(plan),
    `Announced by:\n${cataloguesOf(plan)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The same for a program. */
export function planAsJson(plan: Plan, presence: PresenceOf): unknown {
  const files = filesOf(plan);
  const missing = files.filter((file) => ['new', 'changed'].includes(presence(file)));
  return {
    territoire: plan.territoire,
    announced: sizeOf(files),
    toFetch: sizeOf(missing),
    estimate: estimate(plan),
    sources: plan.announced.map(({ files: own, entry, ...rest }) => ({
      ...rest,
      ...entry,
      files: own.map((file) => {
        const { url, name, length, checksum } = file;
        return { url, name, length, checksum, state: presence(file) };
      }),
    })),
  };
}
