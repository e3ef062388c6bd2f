import { writeFileSync } from 'node:fs';
import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { toLattice, type Box } from '../../src/geometry/lattice.ts';
import { useFolder } from '../testing/folder.ts';
import { writeLayer } from '../testing/layer-file.ts';
import { findBounds, misplaced } from './bounds.ts';
import { findReprojection } from './crs.ts';

const folder = useFolder();

interface Place {
  readonly x: number;
  readonly y: number;
}

function transform(srs: gdal.SpatialReference | null, declared: string | undefined, { x, y }: Place): Place {
  const point = new gdal.Point(x, y);
  point.transform(findReprojection(srs, declared, {}).transformation);
  return { x: point.x, y: point.y };
}

/** The first point of the file at `path`, in WGS84. */
function read(path: string, declared?: string): Place {
  const dataset = gdal.open(path);
  const layer = dataset.layers.get(0);
  const point = layer.features.first().getGeometry() as gdal.Point;
  const place = transform(layer.srs, declared, point);
  dataset.close();
  return place;
}

/** Every system that the sources come in, with a place of its territory in it. */
const SYSTEMS = [
  [2154, '21', 853_500, 6_692_500],
  [2154, '2A', 1_178_000, 6_110_000],
  [5490, '971', 640_000, 1_770_000],
  [32620, '971', 640_000, 1_770_000],
  [5490, '972', 710_000, 1_615_000],
  [5490, '977', 515_000, 1_979_000],
  [5490, '978', 490_000, 2_000_000],
  [2972, '973', 350_000, 545_000],
  [2975, '974', 340_000, 7_690_000],
  [4471, '976', 520_000, 8_588_000],
  [4467, '975', 560_000, 5_180_000],
  [3942, '2A', 2_180_000, 1_200_000],
  [3947, '21', 1_853_500, 6_240_000],
  [3950, '59', 1_700_000, 9_300_000],
] as const;

describe('the way to WGS84', () => {
  it.each(SYSTEMS)('from EPSG:%i leads into %s', (epsg, territory, x, y) => {
    const place = transform(null, `EPSG:${epsg}`, { x, y });
    const bounds = findBounds(territory);
    const [lon, lat] = [toLattice(place.x), toLattice(place.y)];
    const box: Box = [lon, lat, lon, lat];
    expect(bounds && misplaced(box, bounds)).toBeNull();
  });

  it('is an inverse projection, to less than a centimetre', () => {
    // A corner of IGN's own example of Lambert-93: its origin.
    const origin = transform(null, 'EPSG:2154', { x: 700_000, y: 6_600_000 });
    expect(origin.x).toBeCloseTo(3, 7);
    expect(origin.y).toBeCloseTo(46.5, 7);
  });

  it.each(['EPSG:4326', 'EPSG:4171', 'EPSG:4627'])(
    'takes declared %s longitude first where files hold degrees',
    (declared) => {
      const place = transform(null, declared, { x: 5, y: 47 });
      expect(place.x).toBeCloseTo(5, 7);
      expect(place.y).toBeCloseTo(47, 7);
    },
  );

  it('keeps the datum of declared degrees', () => {
    // NTF, the datum of before 1993, lies some tens of metres away.
    const place = transform(null, 'EPSG:4275', { x: 5, y: 47 });
    expect(Math.abs(place.x - 5)).toBeGreaterThan(1e-4);
    expect(place.x).toBeCloseTo(5, 2);
  });

  it.each([
    ['.shp', 4326],
    ['.shp', 4171],
    ['.gpkg', 4326],
    ['.gpkg', 4171],
    ['.geojson', 4326],
    ['.tab', 4326],
  ])('keeps longitude first in a %s of EPSG:%i', (ending, epsg) => {
    const rows = [{ values: { id: 'a' }, wkt: 'POINT(5 47)' }];
    const path = writeLayer({ path: folder.path(`degrees${ending}`), epsg, columns: 'id', rows });
    const place = read(path);
    expect(place.x).toBeCloseTo(5, 6);
    expect(place.y).toBeCloseTo(47, 6);
  });

  // As IGN names the systems of its files, without a code.
  it.each([
    ['RGAF09UTM20', 'RGAF09G', 'D_RGAF09', '-63', '0', 5490],
    ['UTM22RGFG95', 'RGFG95G', 'D_RGFG95', '-51', '0', 2972],
    ['RGR92UTM40S', 'RGR92G', 'D_RGR92', '57', '10000000', 2975],
    ['RGM04UTM38S', 'RGM04G', 'D_RGM04', '45', '10000000', 4471],
    ['RGSPM06U21', 'RGSPM06G', 'D_RGSPM06', '-57', '0', 4467],
  ])('from %s of a .prj is that of its EPSG code', (name, degrees, datum, meridian, northing, epsg) => {
    const x = 520_000;
    const y = northing === '0' ? 1_700_000 : 8_588_000;
    const rows = [{ wkt: `POINT(${x} ${y})` }];
    const path = writeLayer({ path: folder.path('igns.shp'), epsg, columns: 'id', rows });
    const spheroid = 'SPHEROID["GRS_1980",6378137.0,298.257222101]';
    const geographic = `GEOGCS["${degrees}",DATUM["${datum}",${spheroid}],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
    const parameters = Object.entries({
      ...{ False_Easting: '500000.0', False_Northing: northing, Central_Meridian: meridian },
      ...{ Scale_Factor: '0.9996', Latitude_Of_Origin: '0.0' },
    }).map(([key, value]) => `PARAMETER["${key}",${value}]`);
    const prj = `PROJCS["${name}",${geographic},PROJECTION["Transverse_Mercator"],${parameters.join(',')},UNIT["Meter",1.0]]`;
    writeFileSync(folder.path('igns.prj'), prj);
    const expected = transform(null, `EPSG:${epsg}`, { x, y });
    const found = read(path);
    expect(found.x).toBeCloseTo(expected.x, 8);
    expect(found.y).toBeCloseTo(expected.y, 8);
  });

  it('takes the system that the data say, not the declared one', () => {
    const rows = [{ wkt: 'POINT(700000 6600000)' }];
    const path = writeLayer({ path: folder.path('lambert.shp'), epsg: 2154, columns: 'id', rows });
    expect(read(path, 'EPSG:4326').x).toBeCloseTo(3, 6);
  });

  it('is told by code, or by name where a .prj has no code', () => {
    expect(findReprojection(gdal.SpatialReference.fromEPSG(2154), undefined, {}).crs).toBe('EPSG:2154');
    expect(findReprojection(null, 'EPSG:2975', {}).crs).toBe('EPSG:2975');
    expect(findReprojection(gdal.SpatialReference.fromUserInput('IGNF:LAMB93'), undefined, {}).crs).toBe(
      'IGNF:LAMB93',
    );
    expect(findReprojection(gdal.SpatialReference.fromEPSG(4171), undefined, {}).crs).toBe('EPSG:4171');
    // A projection without a code is not its datum, which has one.
    const lambert = gdal.SpatialReference.fromEPSG(2154)
      .toWKT()
      .replace(/,AUTHORITY\["EPSG","2154"\]\]$/, ']');
    expect(findReprojection(gdal.SpatialReference.fromWKT(lambert), undefined, {}).crs).toBe(
      'RGF93 v1 / Lambert-93',
    );
    const esri = gdal.SpatialReference.fromWKT(
      'PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF93",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",46.5],PARAMETER["central_meridian",3],PARAMETER["standard_parallel_1",49],PARAMETER["standard_parallel_2",44],PARAMETER["false_easting",700000],PARAMETER["false_northing",6600000],UNIT["Meter",1]]',
    );
    expect(findReprojection(esri, undefined, {}).crs).toBe('RGF93_Lambert_93');
  });

  it('is refused where neither the data nor the source say a system', () => {
    const where = { source: 'zones', member: 'ZONE_URBA.shp', layer: 'gpu/zone-urba' };
    expect(() => findReprojection(null, undefined, where)).toThrow(
      expect.objectContaining({
        code: 'BadCrs',
        where,
        message:
          'zones › ZONE_URBA.shp › gpu/zone-urba: no coordinate system (no .prj?), and the source declares no "crs"',
      }),
    );
  });

  it.each(['EPSG:999999', 'EPSG:0'])('is refused for %s, which leads nowhere', (declared) => {
    expect(() => findReprojection(null, declared, {})).toThrow(
      expect.objectContaining({
        code: 'BadCrs',
        message: expect.stringMatching(/^unusable coordinate system/) as string,
      }),
    );
  });

  it('is refused for a local system that no one can place', () => {
    const local = gdal.SpatialReference.fromWKT('LOCAL_CS["plan",UNIT["metre",1]]');
    expect(() => findReprojection(local, undefined, {})).toThrow(expect.objectContaining({ code: 'BadCrs' }));
  });
});
