/**
 * Bad input through the real build: one message that names the source, the layer and the
 * line or id; the published tree of before untouched, to the time of its files; nothing
 * half done in the work folder.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import gdal from 'gdal-async';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PipelineError, type PipelineErrorCode } from '../errors.ts';
import { square, writeLayer, type LayerFile } from '../testing/layer-file.ts';
import { build } from './build.ts';

const COLUMNS =
  'IDU NUMERO FEUILLE:integer SECTION CODE_DEP NOM_COM CODE_COM COM_ABS CODE_ARR CONTENANCE:integer';
/** In Côte-d'Or, in metres of Lambert-93. */
const [X, Y] = [850_000, 6_660_000];

function parcelle(n: number): Record<string, string | number> {
  const numero = String(n).padStart(4, '0');
  const place = { FEUILLE: 1, SECTION: 'AB', CODE_DEP: '21', NOM_COM: 'Échelle', CODE_COM: '906' };
  return {
    IDU: `21906000AB${numero}`,
    NUMERO: numero,
    ...place,
    COM_ABS: '000',
    CODE_ARR: '000',
    CONTENANCE: 400,
  };
}

/** `count` parcels side by side. */
function parcelles(count: number): LayerFile['rows'] {
  return Array.from({ length: count }, (_, i) => ({
    values: parcelle(i + 1),
    wkt: square(X + 20 * i, Y, 20),
  }));
}

const GOOD = { columns: COLUMNS, rows: parcelles(20), epsg: 2154, options: ['ENCODING=UTF-8'] };

type Entry = Readonly<Record<string, unknown>>;

const CADASTRE = { dataset: 'cadastre', format: 'parcellaire-express', departement: '21' };
const LAPOSTE = { dataset: 'codes-postaux', format: 'laposte' };
const HEADER = 'Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5';

let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'carto-bad-'));
  await buildEntries(writeShapefile('good', {}));
  expect(existsSync(join(root, 'dist/catalogue.json'))).toBe(true);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A folder with one PARCELLE shapefile, as an entry of a sources file. */
function writeShapefile(name: string, changes: Partial<LayerFile>): Entry {
  mkdirSync(join(root, name), { recursive: true });
  writeLayer({ ...GOOD, path: join(root, name, 'PARCELLE.shp'), ...changes });
  return { ...CADASTRE, path: name };
}

/** A shapefile of polygons that holds none. */
function writeEmptyShapefile(name: string): Entry {
  mkdirSync(join(root, name));
  const dataset = gdal.drivers.get('ESRI Shapefile').create(join(root, name, 'PARCELLE.shp'));
  const layer = dataset.layers.create('PARCELLE', gdal.SpatialReference.fromEPSG(2154), gdal.wkbPolygon);
  layer.fields.add(
    COLUMNS.split(' ').map((column) => new gdal.FieldDefn(column.split(':')[0] ?? '', gdal.OFTString)),
  );
  dataset.close();
  return { ...CADASTRE, path: name };
}

function buildEntries(...entries: readonly Entry[]): Promise<unknown> {
  const sources = join(root, 'sources.json');
  const file = { territory: 'essai', options: { codesPostaux: 'laposte' }, sources: entries };
  writeFileSync(sources, JSON.stringify(file));
  return build({ sources, directory: join(root, 'dist'), work: join(root, 'work') });
}

/** Every file below `folder`: its content and when it was written. */
function snapshot(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, `${statSync(path).mtimeMs} ${readFileSync(path).toString('base64')}`];
    }),
  );
}

async function failureOf(attempt: () => Promise<unknown>): Promise<PipelineError> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error('the build of bad input succeeded');
}

interface Bad {
  readonly what: string;
  /** Writes the bad source. */
  readonly entry: () => Entry;
  readonly code: PipelineErrorCode;
  readonly message: RegExp;
}

/** A zip of one stored entry, by hand: no writer would make these names. */
function zipOf(name: string, content: string): Buffer {
  const [bytes, data] = [Buffer.from(name), Buffer.from(content)];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(data.length, 22);
  local.writeUInt16LE(bytes.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(data.length, 24);
  central.writeUInt16LE(bytes.length, 28);
  const directory = Buffer.concat([central, bytes]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(30 + bytes.length + data.length, 16);
  return Buffer.concat([local, bytes, data, directory, end]);
}

const EMPTY_ZIP = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1');

function writeSource(name: string, content: string | Buffer, entry: Entry): Entry {
  writeFileSync(join(root, name), content);
  return { ...entry, path: name };
}

const INAO = { dataset: 'aoc', format: 'inao' };

const BAD: readonly Bad[] = [
  {
    what: 'a missing file',
    entry: () => ({ ...CADASTRE, path: 'nowhere.7z' }),
    code: 'MissingSource',
    message: /^nowhere\.7z: no such file or folder/,
  },
  {
    what: 'an empty zip',
    entry: () => writeSource('empty.zip', EMPTY_ZIP, INAO),
    code: 'BadArchive',
    message: /^empty\.zip: .*holds no file/,
  },
  {
    what: 'a zip that climbs out of its folder',
    entry: () => writeSource('climbing.zip', zipOf('../../escaped.shp', 'x'), INAO),
    code: 'BadArchive',
    message: /^climbing\.zip: .*\.\.\/\.\.\/escaped\.shp/,
  },
  {
    what: 'a file that is no archive',
    entry: () => writeSource('page.zip', '<!doctype html><title>Maintenance</title>', INAO),
    code: 'BadArchive',
    message: /^page\.zip: /,
  },
  {
    what: 'a shapefile without .prj',
    entry: () => {
      const entry = writeShapefile('no-prj', {});
      rmSync(join(root, 'no-prj/PARCELLE.prj'));
      return entry;
    },
    code: 'BadCrs',
    message: /^no-prj › PARCELLE\.shp › cadastre\/parcelle: no coordinate system/,
  },
  {
    what: 'a .prj of another coordinate system',
    entry: () => writeShapefile('wrong-prj', { epsg: 2975 }),
    code: 'BadCrs',
    message: /^wrong-prj › PARCELLE\.shp › cadastre\/parcelle › .*20 of 20 features rejected/,
  },
  {
    what: 'latitude and longitude swapped',
    entry: () => {
      const rows = parcelles(20).map((row, i) => ({ ...row, wkt: square(47 + i / 1000, 4.95, 0.001) }));
      return writeShapefile('swapped', { rows, epsg: 4326 });
    },
    code: 'BadCrs',
    message: /swapped › PARCELLE\.shp .*latitude and longitude swapped/,
  },
  {
    what: 'metres said to be degrees',
    entry: () => {
      const entry = writeShapefile('metres', {});
      rmSync(join(root, 'metres/PARCELLE.prj'));
      return { ...entry, crs: 'EPSG:4326' };
    },
    code: 'BadCrs',
    message: /^metres › PARCELLE\.shp › cadastre\/parcelle › .*20 of 20 features rejected/,
  },
  {
    what: 'a CSV of another schema',
    entry: () => writeSource('other.csv', 'nom;code\nPARIS;75056\n', LAPOSTE),
    code: 'BadSchema',
    message: /^other\.csv › .*line 1: no column code_postal; found nom, code$/,
  },
  {
    what: 'a CSV whose codes have lost their zeros',
    entry: () => writeSource('zeros.csv', `${HEADER}\n1004;AMBERIEU;1500;AMBERIEU;\n`, LAPOSTE),
    code: 'TooManyRejects',
    message: /^zeros\.csv › .*line 2.*1500/,
  },
  {
    what: 'a layer with no row',
    entry: () => writeEmptyShapefile('no-row'),
    code: 'EmptySource',
    message: /^no-row › PARCELLE\.shp.*: .*no row/,
  },
  {
    what: 'a table with no row',
    entry: () => writeSource('no-row.csv', `${HEADER}\n`, LAPOSTE),
    code: 'EmptySource',
    message: /^no-row\.csv.*: .*no row/,
  },
  {
    what: 'a shapefile cut short',
    entry: () => {
      const entry = writeShapefile('cut', {});
      truncateSync(join(root, 'cut/PARCELLE.shp'), 600);
      return entry;
    },
    code: 'BadSchema',
    message: /^cut › PARCELLE\.shp/,
  },
  {
    what: 'a column that is missing',
    entry: () => {
      const rows = parcelles(20).map(({ values, wkt }) => ({
        wkt,
        values: { NUMERO: values?.['NUMERO'] ?? '' },
      }));
      return writeShapefile('no-section', { columns: 'NUMERO', rows: rows as LayerFile['rows'] });
    },
    code: 'BadSchema',
    message: /^no-section › PARCELLE\.shp › cadastre\/parcelle: no column code_dep.*section/,
  },
  {
    what: 'two candidates for one theme',
    entry: () => {
      const entry = writeShapefile('two', {});
      writeShapefile('two/ancien', {});
      return entry;
    },
    code: 'BadSchema',
    message: /^two.*: several candidates for cadastre\/parcelle: .*PARCELLE\.shp, .*PARCELLE\.shp/,
  },
  {
    what: 'more rejects than a source may lose',
    entry: () => {
      const bow = `POLYGON((${X} ${Y},${X} ${Y},${X} ${Y},${X} ${Y}))`;
      const rows = parcelles(40).map((row, i) => (i < 10 ? { ...row, wkt: bow } : row));
      return writeShapefile('rejects', { rows });
    },
    code: 'TooManyRejects',
    message: /^rejects › PARCELLE\.shp › cadastre\/parcelle › 21906000AB0001: 10 of 40 features rejected/,
  },
  {
    what: 'a sentinel that appears nowhere',
    entry: () => ({ ...writeShapefile('sentinel', {}), sentinel: 'Châteauneuf' }),
    code: 'BadEncoding',
    message: /^sentinel.*: the sentinel "Châteauneuf" appears nowhere/,
  },
  {
    what: 'texts that are not in the declared encoding',
    entry: () => {
      const entry = writeShapefile('latin1', { options: ['ENCODING=ISO-8859-1'] });
      return { ...entry, encoding: 'utf-8' };
    },
    code: 'BadEncoding',
    message: /^latin1 › PARCELLE\.shp/,
  },
  {
    what: 'a typo in the sources file',
    entry: () => ({ ...CADASTRE, path: 'good', departemnt: '21' }),
    code: 'BadSourcesFile',
    message: /sources\.json: sources\.0.*departemnt/,
  },
];

describe('bad input', () => {
  it.each(BAD)('ends in one message and changes nothing: $what', async ({ entry, code, message }) => {
    const bad = entry();
    const before = snapshot(join(root, 'dist'));
    const failure = await failureOf(() => buildEntries(bad));
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toContain('\n');
    expect(failure.code).toBe(code);
    expect(snapshot(join(root, 'dist'))).toEqual(before);
    expect(readdirSync(join(root, 'work/steps')).filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(existsSync(join(root, 'work/lock'))).toBe(false);
    expect(existsSync(join(root, '../escaped.shp'))).toBe(false);
  });
});

describe('a tippecanoe that fails', () => {
  /** First on PATH; says its version, then does `script`. */
  async function withTippecanoe(script: string, attempt: () => Promise<unknown>): Promise<PipelineError> {
    const bin = join(root, 'bin');
    mkdirSync(bin, { recursive: true });
    const version = 'case "$1" in --version) echo "tippecanoe v2.52.0" >&2; exit 0;; esac';
    writeFileSync(join(bin, 'tippecanoe'), `#!/bin/sh\n${version}\n${script}\n`);
    chmodSync(join(bin, 'tippecanoe'), 0o755);
    const path = process.env['PATH'] ?? '';
    process.env['PATH'] = bin + delimiter + path;
    try {
      return await failureOf(attempt);
    } finally {
      process.env['PATH'] = path;
    }
  }

  const output = 'for a in "$@"; do case "$a" in --output=*) f="${a#--output=}";; esac; done';

  it.each([
    [
      'ends with its status and leaves a file',
      `${output}; echo SQLite > "$f"; echo boom >&2; exit 110`,
      /status 110.*boom/,
    ],
    ['ends well and leaves garbage', `${output}; echo SQLite > "$f"`, /tiles of cadastre/],
  ])('%s: nothing is published', async (_what, script, message) => {
    const rows = parcelles(21);
    const entry = writeShapefile('more', { rows });
    const before = snapshot(join(root, 'dist'));
    const failure = await withTippecanoe(script, () => buildEntries(entry));
    expect(failure.code).toBe('ToolFailed');
    expect(failure.message).toMatch(message);
    expect(snapshot(join(root, 'dist'))).toEqual(before);
  });
});

describe('after bad input', () => {
  it('the same folders build the good one again', async () => {
    copyFileSync(join(root, 'good/PARCELLE.dbf'), join(root, 'more/PARCELLE.dbf'));
    await expect(buildEntries({ ...CADASTRE, path: 'good' })).resolves.toMatchObject({ changed: false });
  });
});
