/**
 * Etalab's cadastre: gzipped GeoJSON in WGS84 with seven decimals, a feature a line,
 * sections and numbers without their leading zeros. The alternative to IGN for 01.
 */
import gdal from 'gdal-async';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { contenanceOf, iduOf, vectorParcelles } from './cadastre-rows.ts';
import type { Values } from './fields.ts';
import type { Feuille, Parcelle } from './land.ts';
import { areaOf, type Point } from './ring.ts';
import { area, multi, type Shape } from './shape.ts';
import { communeOf, gridOf, type Commune } from './territory.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

const CODE_INSEE = '01004';
const SOURCE = `cadastre/etalab-cadastre/${EDITION}/geojson/communes/01/${CODE_INSEE}`;

interface EtalabFeature {
  readonly id: string;
  readonly shape: Shape;
  readonly properties: Values;
}

/** Degrees with Etalab's seven decimals, longitude first. */
class Degrees {
  readonly #transformation: gdal.CoordinateTransformation;

  constructor(epsg: number) {
    const wgs84 = gdal.SpatialReference.fromUserInput('OGC:CRS84');
    this.#transformation = new gdal.CoordinateTransformation(gdal.SpatialReference.fromEPSG(epsg), wgs84);
  }

  readonly point = ([x, y]: Point): Point => {
    const degrees = this.#transformation.transformPoint(x, y);
    return [Number(degrees.x.toFixed(7)), Number(degrees.y.toFixed(7))];
  };

  /** Coordinates of areas, as GeoJSON nests them. */
  coordinates(shape: Shape): unknown {
    if (shape.type === 'Polygon') return shape.coordinates.map((ring) => ring.map(this.point));
    if (shape.type !== 'MultiPolygon') throw new Error(`Etalab has no layer of ${shape.type}`);
    return shape.coordinates.map((surface) => surface.map((ring) => ring.map(this.point)));
  }
}

function trimmed(code: string): string {
  return code.replace(/^0+/, '');
}

const DATES = { created: '2005-06-14', updated: '2025-11-20' };

function parcelleFeature(commune: Commune, parcelle: Parcelle): EtalabFeature {
  const id = iduOf(commune, parcelle);
  const properties = {
    id,
    commune: commune.codeInsee,
    prefixe: parcelle.comAbs,
    section: trimmed(parcelle.section),
    numero: trimmed(parcelle.numero),
    contenance: contenanceOf(parcelle),
    arpente: false,
    ...DATES,
  };
  return { id, shape: area(parcelle.surfaces), properties };
}

function feuilleFeature(commune: Commune, feuille: Feuille): EtalabFeature {
  const numero = String(feuille.feuille).padStart(2, '0');
  const id = commune.codeInsee + feuille.comAbs + feuille.section + numero;
  const properties = {
    commune: commune.codeInsee,
    prefixe: feuille.comAbs,
    section: trimmed(feuille.section),
    numero,
    qualite: '02',
    modeConfection: '02',
    echelle: areaOf([feuille.outline]) < 400_000 ? 1000 : 2000,
    ...DATES,
  };
  return { id, shape: multi([[feuille.outline]]), properties };
}

function communeFeature(commune: Commune, workshop: Workshop): EtalabFeature {
  const { codeInsee: id, nom } = commune;
  return { id, shape: multi([[workshop.plans.of(id).contour]]), properties: { id, nom, ...DATES } };
}

function write(workshop: Workshop, layer: string, features: readonly EtalabFeature[]): void {
  const degrees = new Degrees(gridOf('01').epsg);
  const lines = features.map(({ id, shape, properties }) => {
    const geometry = { type: shape.type, coordinates: degrees.coordinates(shape) };
    return JSON.stringify({ type: 'Feature', id, geometry, properties });
  });
  const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}]}\n`;
  const zipped = gzipSync(text);
  // The tenth byte of the header names the operating system: 255 is "unknown".
  zipped[9] = 255;
  writeFileSync(workshop.file(`${SOURCE}/cadastre-${CODE_INSEE}-${layer}.json.gz`), zipped);
  const served = layer.slice(0, -1);
  for (const { id } of features) workshop.tally.add(`cadastre/${served}`, SOURCE, id);
}

/** Writes the communes, feuilles and parcelles of one commune under `cadastre/`. */
export function writeEtalab(workshop: Workshop): SourceEntry[] {
  const commune = communeOf(CODE_INSEE);
  const land = workshop.plans.of(CODE_INSEE);
  write(workshop, 'communes', [communeFeature(commune, workshop)]);
  write(
    workshop,
    'feuilles',
    land.feuilles.map((feuille) => feuilleFeature(commune, feuille)),
  );
  write(
    workshop,
    'parcelles',
    vectorParcelles(commune, land).map((parcelle) => parcelleFeature(commune, parcelle)),
  );
  return [{ dataset: 'cadastre', format: 'etalab', path: SOURCE, departement: '01', vintage: EDITION }];
}
