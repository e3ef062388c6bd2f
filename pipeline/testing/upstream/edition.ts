/** A later edition of a département's archive, in which its producer has changed something. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import gdal from 'gdal-async';
import { packArchive } from '../../example/archive.ts';
import { sevenZipProgram } from '../../seven-zip-program.ts';
import { runTool } from '../../tool.ts';
import type { Edition } from './geoplateforme.ts';

/** Changes the files of an archive laid open in `folder`. */
export type Change = (folder: string) => void;

/** The only file of this name below `folder`. */
function find(folder: string, name: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (path) => basename(path) === name,
  );
  if (found === undefined) throw new Error(`no ${name} in ${folder}`);
  return join(folder, found);
}

/** Only every `n`th row of a shapefile is left. */
export function thinned(shapefile: string, n: number): Change {
  return (folder) => {
    const dataset = gdal.open(find(folder, shapefile), 'r+');
    const layer = dataset.layers.get(0);
    const all = layer.features.map((feature) => feature.fid);
    all
      .filter((_, i) => i % n !== 0)
      .forEach((fid) => {
        layer.features.remove(fid);
      });
    dataset.close();
  };
}

/** The members of this name, whatever their ending, are gone. */
export function without(stem: string): Change {
  return (folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((path) => basename(path).startsWith(`${stem}.`))) {
      rmSync(join(folder, name));
    }
  };
}

/** A column of a shapefile has another name, of the same length. */
export function renamed(table: string, from: string, to: string): Change {
  return (folder) => {
    const path = find(folder, table);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(`${from}\0`.slice(0, 11), 32, 'latin1');
    if (at < 0 || from.length !== to.length) throw new Error(`no column ${from} in ${table}`);
    bytes.write(to, at, 'latin1');
    writeFileSync(path, bytes);
  };
}

/** `edition` of the day `date`, its one archive changed. */
export async function laterEdition(edition: Edition, date: string, change: Change): Promise<Edition> {
  const [file] = edition.files;
  if (file === undefined) throw new Error(`${edition.name} has no archive`);
  const name = edition.name.replace(edition.date, date);
  const root = mkdtempSync(join(tmpdir(), 'carto-edition-'));
  try {
    const [folder, archive] = [join(root, 'open'), join(root, `${name}.7z`)];
    mkdirSync(folder);
    writeFileSync(join(root, file.name), file.bytes);
    await runTool(sevenZipProgram(), ['x', '-bd', '-bso0', `-o${folder}`, join(root, file.name)]);
    change(folder);
    await packArchive(folder, archive);
    return { ...edition, name, date, files: [{ name: basename(archive), bytes: readFileSync(archive) }] };
  } finally {
    rmSync(root, { recursive: true });
  }
}
