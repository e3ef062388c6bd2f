/**
 * Coordinate systems: taken from the data, declared only where the data have none,
 * never guessed. Everything goes to WGS84, longitude first.
 */
import gdal, { type CoordinateTransformation, type SpatialReference } from 'gdal-async';
import { messageOf, PipelineError, type Where } from '../errors.ts';

/** CRS84: WGS84 with longitude first, as GeoJSON and FlatGeobuf store it. */
const TARGET = 'OGC:CRS84';

export interface Reprojection {
  /** The source's system, for the report. */
  readonly crs: string;
  readonly transformation: CoordinateTransformation;
}

/** `EPSG:2154` (or `IGNF:LAMB93`) where the data say so, else the name in its WKT: many .prj carry no code. */
function nameOf(srs: SpatialReference): string {
  const node = srs.isGeographic() ? 'GEOGCS' : 'PROJCS';
  // gdal-async gives null, whatever its types say, where there is no code.
  const code = srs.getAuthorityCode(node);
  if (code) return `${srs.getAuthorityName(node)}:${code}`;
  return /^[A-Z]+\["([^"]*)"/.exec(srs.toWKT())?.[1] ?? 'unnamed';
}

/** The system as users mean it: degrees in files stand longitude first, whatever EPSG says of its axes. */
function declaredSystem(crs: string): SpatialReference {
  const system = gdal.SpatialReference.fromUserInput(crs);
  if (!system.isGeographic()) return system;
  const longitudeFirst = 'AXIS["Longitude",EAST],AXIS["Latitude",NORTH]';
  return gdal.SpatialReference.fromWKT(
    system.toWKT().replace('AXIS["Latitude",NORTH],AXIS["Longitude",EAST]', longitudeFirst),
  );
}

/**
 * The systems that the producers deliver in, all on GRS80 and without a shift from WGS84: France,
 * Antilles, Guyane, La Réunion, Mayotte, Saint-Pierre-et-Miquelon, the nine conical zones (EPSG registry).
 */
const OF_PRODUCERS = [
  ...[2154, 5490, 2972, 2975, 4471, 4467],
  ...[3942, 3943, 3944, 3945, 3946, 3947, 3948, 3949, 3950],
];

function parametersOf(srs: SpatialReference): string {
  return srs
    .toProj4()
    .replace(/ \+towgs84=[0,]+/, '')
    .trim();
}

function leadsNowhere(from: SpatialReference, to: SpatialReference): boolean {
  try {
    new gdal.CoordinateTransformation(from, to).transformPoint(500_000, 1_000_000);
    return false;
  } catch (error) {
    return /coordinate operations/i.test(messageOf(error));
  }
}

/**
 * `srs`, or the producers' system of the same parameters where PROJ knows no way from it: of
 * Mayotte's own name in IGN's files, RGM04UTM38S, PROJ 9.1 thinks too much.
 */
function passable(srs: SpatialReference, to: SpatialReference): SpatialReference {
  if (srs.isGeographic() || !leadsNowhere(srs, to)) return srs;
  const systems = OF_PRODUCERS.map((code) => gdal.SpatialReference.fromEPSG(code));
  const same = systems.find((system) => parametersOf(system) === parametersOf(srs));
  if (same === undefined) throw new Error(`PROJ knows no way from ${nameOf(srs)} to WGS84`);
  return same;
}

/**
 * The way from a layer's system to WGS84.
 * @throws PipelineError `BadCrs` when the data have no system and none is declared, or PROJ knows no way.
 */
export function findReprojection(
  srs: SpatialReference | null,
  declared: string | undefined,
  where: Where,
): Reprojection {
  if (srs === null && declared === undefined) {
    throw new PipelineError(
      'BadCrs',
      'no coordinate system (no .prj?), and the source declares no "crs"',
      where,
    );
  }
  try {
    const from = srs ?? declaredSystem(declared ?? TARGET);
    const to = gdal.SpatialReference.fromUserInput(TARGET);
    return {
      crs: srs === null ? (declared ?? '') : nameOf(from),
      transformation: new gdal.CoordinateTransformation(passable(from, to), to),
    };
  } catch (error) {
    throw new PipelineError('BadCrs', `unusable coordinate system: ${messageOf(error)}`, where, error);
  }
}
