/**
 * What a delivery of Parcellaire Express holds beside what API Carto serves: a reader
 * must pass over it. Buildings, fiscal subdivisions, and boundary markers.
 */
import { blob } from './blob.ts';
import type { CadastreFiles } from './cadastre-files.ts';
import { iduOf } from './cadastre-rows.ts';
import type { Parcelle } from './land.ts';
import { randomOf } from './random.ts';
import { areaOf, distanceTo, pointInside } from './ring.ts';
import { area, polygon } from './shape.ts';
import type { Commune } from './territory.ts';

/** Square metres above which a parcelle is a field, without a house. */
const LOT = 1800;

function addBatiment(files: CadastreFiles, commune: Commune, parcelle: Parcelle): void {
  const [surface] = parcelle.surfaces;
  const random = randomOf(commune.codeInsee, 'batiment', iduOf(commune, parcelle));
  if (!surface?.[0] || areaOf(surface) > LOT || random.chance(0.5)) return;
  const centre = pointInside(surface);
  const walls = blob(centre, 0.6 * distanceTo(surface[0], centre), random, { vertices: 4 });
  const { codeInsee } = commune.arrondissementOf ?? commune;
  const TYPE = random.chance(0.8) ? '01' : '02';
  const values = { TYPE, CODE_DEP: codeInsee.slice(0, 2), CODE_INSEE: codeInsee };
  files.add('BATIMENT', { values, shape: polygon(walls) });
}

function addMarker(files: CadastreFiles, idu: string, parcelle: Parcelle): void {
  const corner = parcelle.surfaces[0]?.[0]?.[0];
  if (!corner) return;
  const ID = `B${idu}`;
  files.add('BORNE_LIMITE_PROPRIETE', { values: { ID }, shape: { type: 'Point', coordinates: corner } });
  files.add('BORNE_PARCELLE', { values: { ID_BORNE: ID, IDU_PARCEL: idu }, shape: null });
}

/** Adds what stands on the parcelles of a commune. */
export function addSmallThings(files: CadastreFiles, commune: Commune, parcelles: readonly Parcelle[]): void {
  parcelles.forEach((parcelle, rank) => {
    const idu = iduOf(commune, parcelle);
    addBatiment(files, commune, parcelle);
    if (rank % 30 === 0) {
      files.add('SUBDIVISION_FISCALE', {
        values: { IDU_PARCEL: idu, LETTRE: 'A' },
        shape: area(parcelle.surfaces),
      });
    }
    if (rank % 20 === 0) addMarker(files, idu, parcelle);
  });
}
