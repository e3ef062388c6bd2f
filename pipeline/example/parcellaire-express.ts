/**
 * IGN's Parcellaire Express (PCI): one `.7z` a département, a tree of folders, and
 * shapefiles with upper-case extensions in the département's own CRS, UTF-8.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packArchive } from './archive.ts';
import { CadastreFiles, type DeliveryLayers } from './cadastre-files.ts';
import { communeRow, feuilleRow, localisantRow, parcelleRow, vectorParcelles } from './cadastre-rows.ts';
import { PCI } from './cadastre-schemas.ts';
import type { Land } from './land.ts';
import { troubled } from './parcelle-defects.ts';
import { addSmallThings } from './small-things.ts';
import type { Tally } from './tally.ts';
import { communesOf, gridOf, type Commune } from './territory.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

/** IGN's name of a CRS in file names. */
const CRS_TOKENS: Readonly<Record<number, string>> = { 2154: 'LAMB93', 2975: 'RGR92UTM40S' };

const LAYERS: DeliveryLayers = {
  PARCELLE: ['polygon', PCI.PARCELLE],
  LOCALISANT: ['point', PCI.LOCALISANT],
  FEUILLE: ['polygon', PCI.FEUILLE],
  COMMUNE: ['polygon', PCI.COMMUNE],
  BATIMENT: ['polygon', PCI.BATIMENT],
  SUBDIVISION_FISCALE: ['polygon', PCI.SUBDIVISION_FISCALE],
  BORNE_LIMITE_PROPRIETE: ['point', PCI.BORNE_LIMITE_PROPRIETE],
  BORNE_PARCELLE: [null, PCI.BORNE_PARCELLE],
};

const ARRONDISSEMENT: DeliveryLayers = { ARRONDISSEMENT: ['polygon', PCI.ARRONDISSEMENT] };

export interface DeliveryPlace {
  readonly departement: string;
  readonly epsg: number;
  /** Only the départements of Lyon, Paris and Marseille have that layer. */
  readonly arrondissements?: boolean;
}

/** `LAMB93_D021`, `RGR92UTM40S_D974`. */
function zone({ departement, epsg }: DeliveryPlace): string {
  return `${CRS_TOKENS[epsg] ?? ''}_D${departement.padStart(3, '0')}`;
}

/** The name of a delivery, its archive's without `.7z`. */
export function deliveryName(place: DeliveryPlace): string {
  return `PARCELLAIRE-EXPRESS_1-1__SHP_${zone(place)}_${EDITION}`;
}

/** Opens the shapefiles of a delivery under `root`, in the producer's tree of folders. */
export function openDelivery(root: string, place: DeliveryPlace): CadastreFiles {
  const livraison = `1_DONNEES_LIVRAISON_${EDITION.slice(0, 7)}-00210`;
  const folder = join(
    root,
    deliveryName(place),
    'PARCELLAIRE-EXPRESS',
    livraison,
    `PEPCI_1-1_SHP_${zone(place)}`,
  );
  mkdirSync(folder, { recursive: true });
  const layers = place.arrondissements === true ? { ...LAYERS, ...ARRONDISSEMENT } : LAYERS;
  return new CadastreFiles({ folder, epsg: place.epsg, encoding: 'UTF-8', date: EDITION, layers });
}

/** A commune and its plan, on the way into the delivery of `source`. */
export interface Delivered {
  readonly commune: Commune;
  readonly land: Land;
  readonly source: string;
  readonly tally: Tally;
}

function addParcelles(files: CadastreFiles, { commune, land, source, tally }: Delivered): void {
  const parcelles = vectorParcelles(commune, land);
  parcelles.forEach((parcelle, rank) => {
    for (const row of troubled(commune.codeInsee, rank, parcelleRow(commune, parcelle))) {
      files.add('PARCELLE', row);
      tally.add('cadastre/parcelle', source, row.id, row.defect);
    }
  });
  addSmallThings(files, commune, parcelles);
}

/** Writes a commune into an open delivery. */
export function addCommune(files: CadastreFiles, delivered: Delivered): void {
  const { commune, land, source, tally } = delivered;
  const row = communeRow(commune, land.contour);
  files.add('COMMUNE', row);
  tally.add('cadastre/commune', source, row.id);
  if (commune.arrondissementOf) files.add('ARRONDISSEMENT', row);
  for (const feuille of land.feuilles) {
    files.add('FEUILLE', feuilleRow(commune, feuille, EDITION));
    tally.add('cadastre/feuille', source, commune.codeInsee);
  }
  for (const parcelle of land.parcelles) {
    files.add('LOCALISANT', localisantRow(commune, parcelle));
    tally.add('cadastre/localisant', source, commune.codeInsee);
  }
  addParcelles(files, delivered);
}

async function writeDepartement(workshop: Workshop, departement: string): Promise<SourceEntry> {
  const place = { departement, epsg: gridOf(departement).epsg, arrondissements: departement === '69' };
  const source = `cadastre/${deliveryName(place)}.7z`;
  const staging = workshop.staging(deliveryName(place));
  const files = openDelivery(staging, place);
  const { plans, tally } = workshop;
  for (const commune of communesOf(departement)) {
    addCommune(files, { commune, land: plans.of(commune.codeInsee), source, tally });
  }
  files.close();
  await packArchive(staging, workshop.file(source));
  return { dataset: 'cadastre', format: 'parcellaire-express', path: source, departement, vintage: EDITION };
}

/** Writes the deliveries of the départements that IGN covers here: all but 01, which Etalab does. */
export async function writeParcellaireExpress(workshop: Workshop): Promise<SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for (const departement of ['21', '2A', '69', '974'])
    entries.push(await writeDepartement(workshop, departement));
  return entries.map((entry) =>
    entry.departement === '21' ? { ...entry, sentinel: 'Échelle-la-Façon' } : entry,
  );
}
