/**
 * What must be known of an EDIGEO exchange before GDAL opens it: that the files of which its .THF
 * tells are there and whole (of a missing or cut .VEC GDAL would read no parcel, and say nothing),
 * and that its coordinate system is called by its name.
 */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PipelineError, type Where } from '../errors.ts';
import { filesIn } from '../sources/walk.ts';

/** The zones of a .THF that name a file of a lot, with its ending (AFNOR NF Z 52000). */
const ENDINGS: Readonly<Record<string, string>> = {
  GNN: 'GEN',
  GON: 'GEO',
  QAN: 'QAL',
  DIN: 'DIC',
  SCN: 'SCD',
  GDN: 'VEC',
};

/** Every file of an exchange ends by this. */
const END = /\bEOMT +\d+:\s*$/;

/** `EDZB01T1.VEC`: a zone's value is the end of a name that starts with the lot's. */
function namesIn(thf: string): string[] {
  let lot = '';
  return thf.split(/\r?\n/).flatMap((line) => {
    const [, zone = '', value = ''] = /^([A-Z]{3})SA\d\d:(.+)$/.exec(line.trim()) ?? [];
    if (zone === 'LON') lot = value;
    const ending = ENDINGS[zone];
    return ending === undefined || lot === '' ? [] : [`${lot}${value}.${ending}`];
  });
}

function assertEnds(path: string, where: Where): string {
  const text = readFileSync(path, 'latin1');
  if (END.test(text.slice(-40))) return text;
  throw new PipelineError('BadSchema', `${basename(path)} is cut short: it does not end by EOMT`, where);
}

/** Names that DGFiP's overseas sheets have for systems, by those that IGN's register has. */
const MISNAMED: Readonly<Record<string, string>> = { RGR92UTM: 'RGR92UTM40S', RGM04: 'RGM04UTM38S' };

/** The text of a .GEO with its system called by its name; `null` where it is so. */
function renamed(geo: string): string | null {
  const mended = geo.replace(/^RELSA\d\d:(\w+)/m, (line, name: string) => {
    const right = MISNAMED[name];
    return right === undefined ? line : `RELSA${String(right.length).padStart(2, '0')}:${right}`;
  });
  return mended === geo ? null : mended;
}

/**
 * Checks the exchange whose .THF is at `path`, and gives what GDAL is to open: it, or the same in
 * `folder`, which is made empty.
 * @throws PipelineError `BadSchema` that names the file which is missing or cut.
 */
export function prepareExchange(path: string, folder: () => string, where: Where): string {
  const files = new Map(filesIn(dirname(path)).map((file) => [basename(file).toUpperCase(), file]));
  const mended = new Map<string, string>();
  for (const name of namesIn(assertEnds(path, where))) {
    const file = files.get(name.toUpperCase());
    if (file === undefined) throw new PipelineError('BadSchema', `${name} is missing beside it`, where);
    const text = assertEnds(file, where);
    const geo = name.endsWith('.GEO') ? renamed(text) : null;
    if (geo !== null) mended.set(file, geo);
  }
  if (mended.size === 0) return path;
  const target = folder();
  for (const file of files.values()) {
    const text = mended.get(file);
    if (text === undefined) symlinkSync(file, join(target, basename(file)));
    else writeFileSync(join(target, basename(file)), text, 'latin1');
  }
  return join(target, basename(path));
}
