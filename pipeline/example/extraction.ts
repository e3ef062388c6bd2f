/**
 * The weekly extraction of the Géoportail de l'urbanisme: a folder of one GeoPackage a
 * table, an Atom manifest with their MD5, and `extraction.json`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { coversOf } from './covers.ts';
import { writeGeopackage } from './geopackage.ts';
import { EXTRACTION, servedLayer, type ExtractionTable } from './gpu-columns.ts';
import type { GpuRow } from './gpu-documents.ts';
import { servitudeRows } from './gpu-servitudes.ts';
import { troubledUrbanismeRows } from './gpu-troubles.ts';
import { urbanismeRows } from './gpu-urbanisme.ts';
import { municipalityRows } from './municipalities.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

const SOURCE = 'gpu/extraction';
const ADDRESS = 'https://data.geopf.fr/annexes/gpu/extractions';
/** `gid` counts over the whole table of the GPU, so ours do not start at 1. */
const FIRST_GID = 100_001;

function isTable(name: string): name is ExtractionTable {
  return Object.hasOwn(EXTRACTION, name);
}

function writeTable(workshop: Workshop, table: ExtractionTable, rows: readonly GpuRow[]): void {
  const [, layer = ''] = table.split('.');
  const path = workshop.file(`${SOURCE}/${table}.gpkg`);
  const numbered = rows.map((row, i) => ({ ...row, values: { gid: FIRST_GID + i, ...row.values } }));
  writeGeopackage({ path, layer, fields: EXTRACTION[table] }, numbered);
  const served = servedLayer(table);
  if (served === null) return;
  for (const { id, defect } of rows) workshop.tally.add(served, SOURCE, id, defect);
}

function entry(name: string, bytes: Buffer): string {
  const md5 = createHash('md5').update(bytes).digest('hex');
  const href = `${ADDRESS}/${EDITION}/${name}`;
  return [
    '  <entry>',
    `    <title>${name}</title>`,
    `    <id>${href}</id>`,
    `    <updated>${EDITION}T02:00:00Z</updated>`,
    `    <link href="${href}" rel="enclosure" length="${String(bytes.length)}"/>`,
    `    <content type="text">${md5}</content>`,
    '  </entry>',
  ].join('\n');
}

function writeManifest(workshop: Workshop, names: readonly string[]): void {
  const entries = names.map((name) => entry(name, readFileSync(workshop.file(`${SOURCE}/${name}`))));
  const feed = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    "  <title>Extraction du Géoportail de l'urbanisme</title>",
    `  <id>${ADDRESS}/${EDITION}</id>`,
    `  <updated>${EDITION}T02:00:00Z</updated>`,
    ...entries,
    '</feed>',
    '',
  ];
  writeFileSync(workshop.file(`${SOURCE}/download-latest.xml`), feed.join('\n'));
}

/** Writes the extraction under `gpu/`. */
export function writeExtraction(workshop: Workshop): SourceEntry[] {
  const { plans } = workshop;
  const rows = [
    ...municipalityRows(plans),
    ...urbanismeRows(plans),
    ...troubledUrbanismeRows(plans),
    ...servitudeRows(plans),
  ];
  const tables = Object.keys(EXTRACTION).filter(isTable);
  for (const table of tables)
    writeTable(
      workshop,
      table,
      rows.filter((row) => row.table === table),
    );
  const summary = { date: EDITION, layers: tables };
  writeFileSync(workshop.file(`${SOURCE}/extraction.json`), `${JSON.stringify(summary, null, 2)}\n`);
  writeManifest(workshop, ['extraction.json', ...tables.map((table) => `${table}.gpkg`)]);
  return [{ dataset: 'gpu', format: 'extraction', path: SOURCE, vintage: EDITION, covers: coversOf(plans) }];
}
