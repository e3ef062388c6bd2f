/**
 * More land when the example serves as a load: whole départements of communes like
 * those of the real country (some 1,200 parcelles each), in Parcellaire Express
 * folders. A commune is drawn, written and forgotten, so memory does not grow with
 * the number of parcelles. What the territory itself holds does not change.
 */
import { join } from 'node:path';
import { addCommune, deliveryName, openDelivery } from './parcellaire-express.ts';
import type { Grid } from './frontier.ts';
import type { Commune } from './territory.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

/** Départements of the middle of the country, from north-west to south-east. */
const DEPARTEMENTS = [
  ['53', '61', '28', '45'],
  ['49', '72', '41', '18'],
  ['79', '37', '36', '58'],
  ['86', '87', '23', '03'],
];

/** Metres: a commune of 11.6 km², of which 24 by 25 make a département. */
const SIDE = 3400;
const COLUMNS = 24;
const COMMUNES = 600;
/** Square metres of a lot; gives about as many parcelles to the hectare as the country has. */
const LOT = 420;

interface LoadDepartement {
  readonly code: string;
  readonly grid: Grid;
}

function departements(): LoadDepartement[] {
  return DEPARTEMENTS.flatMap((row, i) =>
    row.map((code, j) => ({
      code,
      grid: { name: code, epsg: 2154, origin: [370_000 + 90_000 * j, 6_790_000 - 90_000 * i], side: SIDE },
    })),
  );
}

function communeNumber({ code }: LoadDepartement, number: number): Commune {
  const three = String(number + 1).padStart(3, '0');
  return {
    codeInsee: code + three,
    nom: `Commune-de-Charge-${three}`,
    departement: code,
    cell: [number % COLUMNS, Math.floor(number / COLUMNS)],
    lot: LOT,
    codePostal: `${code}000`,
  };
}

function writeDepartement(workshop: Workshop, departement: LoadDepartement, target: number): SourceEntry {
  const { plans, tally } = workshop;
  const place = { departement: departement.code, epsg: departement.grid.epsg };
  const source = `cadastre/${deliveryName(place)}`;
  const files = openDelivery(join(workshop.root, 'cadastre'), place);
  for (let number = 0; number < COMMUNES && tally.rowsOf('cadastre/parcelle') < target; number++) {
    const commune = communeNumber(departement, number);
    addCommune(files, { commune, land: plans.draw(commune, departement.grid), source, tally });
  }
  files.close();
  return {
    dataset: 'cadastre',
    format: 'parcellaire-express',
    path: source,
    departement: departement.code,
    vintage: EDITION,
  };
}

/** Adds départements until there are `scale` times as many parcelles as without, or no département is left. */
export function writeLoad(workshop: Workshop, scale: number): SourceEntry[] {
  const target = Math.round(scale * workshop.tally.rowsOf('cadastre/parcelle'));
  const entries: SourceEntry[] = [];
  for (const departement of departements()) {
    if (workshop.tally.rowsOf('cadastre/parcelle') >= target) break;
    entries.push(writeDepartement(workshop, departement, target));
  }
  return entries;
}
