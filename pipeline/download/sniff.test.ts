/** What files begin and end with: the witnesses that no server can get wrong. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { sevenZipProgram } from '../seven-zip-program.ts';
import { useFolder } from '../testing/folder.ts';
import { noise } from '../testing/upstream/downloads.ts';
import { zip } from '../testing/zip.ts';
import { endingOf } from './ending.ts';
import { isLaterVolume, whyNot } from './sniff.ts';
import type { Kind } from './wanted.ts';

const folder = useFolder();
const HTML = '<!doctype html><html><head><title>Accès refusé</title></head></html>';

function why(kind: Kind, first: string | Uint8Array, name = 'file', type = ''): string | null {
  return whyNot({ kind, name, first: Buffer.from(first), type });
}

/** A file as the programs that know the kind best write it. */
function write(kind: 'gpkg' | 'fgb' | '7z'): string {
  const path = folder.path(`real.${kind}`);
  if (kind === '7z') {
    folder.write('in/a', noise(500));
    execFileSync(sevenZipProgram(), ['a', '-bso0', path, 'a'], { cwd: dirname(folder.path('in', 'a')) });
    return path;
  }
  const dataset = gdal.open(path, 'w', kind === 'gpkg' ? 'GPKG' : 'FlatGeobuf');
  const layer = dataset.layers.create('zones', gdal.SpatialReference.fromEPSG(4326), gdal.Point);
  layer.fields.add(new gdal.FieldDefn('nom', gdal.OFTString));
  const feature = new gdal.Feature(layer);
  feature.setGeometry(new gdal.Point(4, 47));
  feature.fields.set('nom', 'Beaune');
  layer.features.add(feature);
  dataset.close();
  return path;
}

describe('the first bytes', () => {
  it.each<[Kind, string | Uint8Array]>([
    ['zip', zip([{ name: 'a', content: 'x' }])],
    ['gz', gzipSync('x')],
    ['csv', '\ufeff#Code_commune_INSEE;Nom_de_la_commune\r\n01001;ABERGEMENT'],
    ['csv', Buffer.from('Code;Libellé\n', 'latin1')],
    ['json', '  [1]'],
    ['xml', '<?xml version="1.0"?><feed/>'],
  ])('of a %s are its own', (kind, first) => {
    expect(why(kind, first)).toBeNull();
  });

  it.each(['gpkg', 'fgb', '7z'] as const)('of a %s, as it is really written, are its own', (kind) => {
    expect(why(kind, readFileSync(write(kind)).subarray(0, 1024))).toBeNull();
  });

  it.each<[Kind, string | Uint8Array, RegExp]>([
    ['zip', HTML, /^not zip but a web page, “Acc.s refus/],
    ['zip', '<html></html>', /^not zip but a web page$/],
    ['zip', '{"message":"Not found"}', /^not zip but JSON: {"message"/],
    ['zip', '<Error><Code>NoSuchKey</Code></Error>', /^not zip but XML: <Error>/],
    ['zip', gzipSync('x'), /^not zip but bytes that begin with 1f8b08/],
    ['zip', '', /^not zip but nothing at all$/],
    ['csv', 'Too many requests', /^not csv but bytes that begin with/],
    ['csv', '<Error/>;', /^not csv but XML/],
    ['csv', zip([{ name: 'a' }]), /^not csv/],
    ['json', HTML, /^not json but a web page/],
    ['xml', `<!-- proxy -->${HTML}`, /^not xml but a web page/],
    ['fgb', Buffer.from('fgb\u0002fgb\0'), /^not fgb/],
  ])('of what is no %s are told', (kind, first, message) => {
    expect(why(kind, first)).toMatch(message);
  });

  it('of a table that is served as a web page are not trusted', () => {
    expect(why('csv', 'a;b\n', 'f.csv', 'text/html')).toMatch(/^not csv/);
    expect(why('csv', 'a;b\n', 'f.csv', 'text/csv')).toBeNull();
  });

  it('of a later volume may be any, but for those of an error page', () => {
    expect(['x.7z', 'x.7z.001', 'x.7z.002', 'x.7z.010'].map(isLaterVolume)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(why('7z', noise(100), 'x.7z.002')).toBeNull();
    expect(why('7z', noise(100), 'x.7z.001')).toMatch(/^not 7z/);
    expect(why('7z', HTML, 'x.7z.002')).toMatch(/a web page/);
    expect(why('7z', '{"a":1}', 'x.7z.002', 'application/json')).toMatch(/JSON/);
  });
});

describe('the end', () => {
  async function end(kind: Kind, bytes: Uint8Array | string, name = 'file'): Promise<unknown> {
    return endingOf(folder.write('ended', bytes), kind, name);
  }
  const fault = (message: RegExp): unknown => ({ fault: expect.stringMatching(message) as string });

  it('of a zip is its directory', async () => {
    const whole = zip([{ name: 'a', content: noise(70_000) }]);
    await expect(end('zip', whole)).resolves.toBe('proven');
    await expect(end('zip', whole.subarray(0, -1))).resolves.toEqual(fault(/no directory at its end/));
    await expect(end('zip', Buffer.concat([whole, Buffer.from('x')]))).resolves.toEqual(
      fault(/no directory/),
    );
  });

  it.each([
    ['7z', /the 7z says that it has \d+ bytes/],
    ['gpkg', /the GeoPackage says that it has \d+ bytes/],
  ] as const)('of a %s is where its first bytes say', async (kind, message) => {
    const whole = readFileSync(write(kind));
    await expect(end(kind, whole)).resolves.toBe('proven');
    await expect(end(kind, whole.subarray(0, -1))).resolves.toEqual(fault(message));
    await expect(end(kind, whole.subarray(0, 20))).resolves.toEqual(fault(/ends in its/));
  });

  it('of a volume is told by no other volume', async () => {
    writeFileSync(folder.path('v'), noise(100));
    await expect(end('7z', noise(100), 'x.7z.001')).resolves.toBe('unknown');
  });

  it('of text is that of its outermost thing', async () => {
    await expect(end('json', '{"a":[1]}\n')).resolves.toBe('proven');
    await expect(end('json', '{"a":[1')).resolves.toEqual(fault(/the JSON is cut/));
    await expect(end('xml', '<feed></feed>\n')).resolves.toBe('proven');
    await expect(end('xml', '<feed></fee')).resolves.toEqual(fault(/the XML is cut/));
    await expect(end('csv', 'a;b')).resolves.toBe('unknown');
  });
});
