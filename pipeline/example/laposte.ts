/**
 * La Poste's official base of postal codes, in its two generations: the current file
 * (Windows-1252, CRLF, `#` before the header) and the one until 2022 (UTF-8, LF, with
 * a position). Each is a whole base, so either can be served. Names are in capitals without accents.
 */
import gdal from 'gdal-async';
import { writeFileSync } from 'node:fs';
import { centreOf } from './ring.ts';
import { communesOf, gridOf, type Commune, type Plans } from './territory.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

const LAYER = 'codes-postaux/communes';
const CURRENT = 'codes-postaux/019HexaSmal.csv';
const OLD = 'codes-postaux/laposte_hexasmal.csv';

/** `Échelle-la-Façon` as the post writes it: `ECHELLE LA FACON`. */
export function postalName(nom: string): string {
  const unaccented = nom.normalize('NFD').replace(/\p{M}/gu, '');
  return unaccented.toUpperCase().replace(/[^A-Z0-9]+/g, ' ');
}

/** An arrondissement is `DEUX RIVES 01`. */
function nameOf({ arrondissementOf, codeInsee, nom }: Commune): string {
  return postalName(arrondissementOf ? `${arrondissementOf.nom} 0${codeInsee.slice(-1)}` : nom);
}

interface PostalRow {
  readonly commune: Commune;
  readonly ligne5: string;
}

function rowsOf(departements: readonly string[]): PostalRow[] {
  return departements
    .flatMap((departement) => communesOf(departement))
    .flatMap((commune) => ['', ...(commune.lieuxDits ?? [])].map((ligne5) => ({ commune, ligne5 })));
}

function currentLine({ commune, ligne5 }: PostalRow): string {
  const nom = nameOf(commune);
  return [commune.codeInsee, nom, commune.codePostal, nom, ligne5].join(';');
}

/** `lat, lon` of the middle of the commune. */
function position(commune: Commune, plans: Plans): string {
  const wgs84 = gdal.SpatialReference.fromUserInput('OGC:CRS84');
  const srs = gdal.SpatialReference.fromEPSG(gridOf(commune.departement).epsg);
  const [x, y] = centreOf(plans.of(commune.codeInsee).contour);
  const degrees = new gdal.CoordinateTransformation(srs, wgs84).transformPoint(x, y);
  return `${degrees.y.toFixed(10)}, ${degrees.x.toFixed(10)}`;
}

/** Writes both files under `codes-postaux/`; the table of the npm package, served by default, needs none. */
export function writePostalCodes(workshop: Workshop): SourceEntry[] {
  const rows = rowsOf(['01', '21', '2A', '69', '974']);
  const header = '#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5';
  const lines = [header, ...rows.map(currentLine), ''];
  // é is the only letter beyond ASCII, and Latin-1 and Windows-1252 agree on it.
  writeFileSync(workshop.file(CURRENT), lines.join('\r\n'), 'latin1');
  const oldHeader =
    'Code_commune_INSEE;Nom_commune;Code_postal;Ligne_5;Libellé_d_acheminement;coordonnees_gps';
  const oldLines = rows.map(({ commune, ligne5 }) => {
    const nom = nameOf(commune);
    return [commune.codeInsee, nom, commune.codePostal, ligne5, nom, position(commune, workshop.plans)].join(
      ';',
    );
  });
  writeFileSync(workshop.file(OLD), [oldHeader, ...oldLines, ''].join('\n'));
  for (const source of [OLD, CURRENT]) {
    for (const { commune, ligne5 } of rows) {
      workshop.tally.add(LAYER, source, commune.codeInsee, ligne5 === '' ? undefined : 'laposte-ligne5');
    }
  }
  return [
    { dataset: 'codes-postaux', format: 'npm' },
    { dataset: 'codes-postaux', format: 'laposte', path: OLD, vintage: '2019-12-01' },
    { dataset: 'codes-postaux', format: 'laposte', path: CURRENT, vintage: EDITION },
  ];
}
