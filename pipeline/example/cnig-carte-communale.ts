/** A carte communale as a commune of Corse-du-Sud deposits it: a folder with a MapInfo table. */
import { join } from 'node:path';
import { docUrbaComRows, docUrbaRows, secteurRows, type Deposit, type DepositRow } from './cnig-rows.ts';
import { DU } from './cnig-schemas.ts';
import { epsgOf } from './gpu-documents.ts';
import type { Plans } from './territory.ts';
import { shout, writeVector } from './vector-file.ts';
import { bowTie } from './vineyards.ts';
import type { SourceEntry, Workshop } from './workshop.ts';

const DEPOSIT: Deposit = { name: '2A904_CC_20190322', codeInsee: '2A904', date: '20190322', type: 'CC' };
const SOURCE = `gpu/depots/${DEPOSIT.name}`;
/** MapInfo stores whole numbers within bounds; these make its unit a tenth of a millimetre. */
const BOUNDS = 'BOUNDS=1100000,6000000,1300000,6200000';

function rowsOf(plans: Plans): DepositRow[] {
  const values = {
    LIBELLE: 'ZCa',
    LIBELONG: "Secteur d'activités mal saisi",
    TYPESECT: '02',
    IDURBA: DEPOSIT.name,
  };
  const shape = bowTie(plans.of(DEPOSIT.codeInsee).village, 50);
  return [...secteurRows(plans, DEPOSIT), { values, shape, defect: 'cnig-bow-tie' }];
}

/** Writes the folder under `gpu/depots/`. */
export function writeCarteCommunaleDeposit(workshop: Workshop): SourceEntry {
  const { codeInsee, date } = DEPOSIT;
  const name = (layer: string): string => `${codeInsee}_${layer}_${date}`;
  const options = ['DBF_DATE_LAST_UPDATE=2019-03-22', 'ENCODING=LDID/3'];
  const folder = workshop.folder(SOURCE);
  for (const [layer, rows] of [
    ['DOC_URBA', docUrbaRows],
    ['DOC_URBA_COM', docUrbaComRows],
  ] as const) {
    const path = join(folder, `${name(layer)}.dbf`);
    writeVector(
      { path, driver: 'ESRI Shapefile', geometry: null, fields: DU[layer], options },
      rows(DEPOSIT),
    );
  }
  const path = join(workshop.folder(`${SOURCE}/Donnees_geographiques`), `${name('SECTEUR_CC')}.tab`);
  const rows = rowsOf(workshop.plans);
  writeVector(
    {
      path,
      driver: 'MapInfo File',
      geometry: 'any',
      epsg: epsgOf(codeInsee),
      fields: DU.SECTEUR_CC,
      options: ['ENCODING=CP1252', BOUNDS],
    },
    rows,
  );
  shout(path);
  rows.forEach((row, rank) => {
    workshop.tally.add('gpu/secteur-cc', SOURCE, `#${String(rank)}`, row.defect);
  });
  return { dataset: 'gpu', format: 'cnig', path: SOURCE, vintage: '2019-03-22' };
}
