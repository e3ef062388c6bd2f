/**
 * IGN's BD Parcellaire, stopped in 2018: as Parcellaire Express, but in Latin-1
 * without a `.cpg` to say so, without identifiers or areas, and with DIVCAD for the
 * sheets. One commune, whose name has accents.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packArchive } from './archive.ts';
import { CadastreFiles, type DeliveryLayers } from './cadastre-files.ts';
import { communeRow, feuilleRow, localisantRow, parcelleRow } from './cadastre-rows.ts';
import { BDP } from './cadastre-schemas.ts';
import { communeOf, type Commune } from './territory.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const VINTAGE = '2017-03-03';
const NAME = `BDPARCELLAIRE_1-2_VECTEUR_SHP_LAMB93_D021_${VINTAGE}`;
const SOURCE = `cadastre/${NAME}.7z`;
/** Its name holds letters that UTF-8 and Latin-1 write differently. */
const CODE_INSEE = '21906';

const LAYERS: DeliveryLayers = {
  PARCELLE: ['polygon', BDP.PARCELLE],
  LOCALISANT: ['point', BDP.LOCALISANT],
  DIVCAD: ['polygon', BDP.DIVCAD],
  COMMUNE: ['polygon', BDP.COMMUNE],
};

function fill(files: CadastreFiles, commune: Commune, { plans, tally }: Workshop): void {
  const land = plans.of(commune.codeInsee);
  files.add('COMMUNE', communeRow(commune, land.contour));
  tally.add('cadastre/commune-bdp', SOURCE, commune.codeInsee);
  land.feuilles.forEach((feuille, rank) => {
    files.add('DIVCAD', feuilleRow(commune, feuille, rank + 1));
    tally.add('cadastre/division', SOURCE, commune.codeInsee);
  });
  for (const parcelle of land.parcelles) {
    files.add('PARCELLE', parcelleRow(commune, parcelle));
    files.add('LOCALISANT', localisantRow(commune, parcelle));
    tally.add('cadastre/parcelle-bdp', SOURCE, commune.codeInsee);
    tally.add('cadastre/localisant-bdp', SOURCE, commune.codeInsee);
  }
}

/** Writes the archive of Côte-d'Or under `cadastre/`. */
export async function writeBdParcellaire(workshop: Workshop): Promise<SourceEntry[]> {
  const staging = workshop.staging(NAME);
  const livraison = `1_DONNEES_LIVRAISON_${VINTAGE.slice(0, 7)}-00110`;
  const folder = join(staging, NAME, 'BDPARCELLAIRE', livraison, 'BDPV_1-2_SHP_LAMB93_D021');
  mkdirSync(folder, { recursive: true });
  const files = new CadastreFiles({
    folder,
    epsg: 2154,
    encoding: 'ISO-8859-1',
    date: VINTAGE,
    layers: LAYERS,
  });
  fill(files, communeOf(CODE_INSEE), workshop);
  files.close();
  for (const layer of Object.keys(LAYERS)) rmSync(join(folder, `${layer}.CPG`));
  await packArchive(staging, workshop.file(SOURCE));
  return [
    {
      dataset: 'cadastre',
      format: 'bd-parcellaire',
      path: SOURCE,
      departement: '21',
      vintage: VINTAGE,
      sentinel: 'Échelle-la-Façon',
    },
  ];
}
