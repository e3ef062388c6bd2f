/**
 * INAO's delimitation of wine appellations: a zipped shapefile in Lambert-93, in its
 * current generation and in the old one, each with rows of its own. The `.prj` has no
 * EPSG code, and the members are not quite named after the zip.
 */
import { join } from 'node:path';
import { packArchive } from './archive.ts';
import { coversOf } from './covers.ts';
import type { FieldTable, Values } from './fields.ts';
import { oldRows, soundRows, troubledRows, type Delimitation } from './inao-rows.ts';
import { CURRENT, OLD } from './inao-schemas.ts';
import { communeOf, GRIDS } from './territory.ts';
import { writeVector } from './vector-file.ts';
import { EDITION, type SourceEntry, type Workshop } from './workshop.ts';

const LAYER = 'aoc/appellation-viticole';

function rightValues({ wine, codeInsee }: Delimitation): Values {
  const { nom } = communeOf(codeInsee);
  const isApp = wine.idApp === wine.idDenom;
  return {
    dt: 'Exemple',
    type_prod: 'Vins',
    categorie: wine.categorie,
    type_denom: isApp ? 'appellation' : 'dénomination géographique complémentaire',
    signe: 'AOC',
    id_app: wine.idApp,
    app: wine.app,
    id_denom: wine.idDenom,
    denom: wine.denom,
    insee: codeInsee,
    cvi: wine.cvi,
    nomcom: nom,
    insee2011: codeInsee,
    nomcom2011: nom,
    id_aire: wine.idAire,
    crinao: "Terre d'exemple",
    grp_name1: wine.grpName1,
  };
}

/** The same facts under the names of the old generation. */
function oldValues(delimitation: Delimitation): Values {
  const { signe, id_app, app, id_denom, denom, insee, insee2011, nomcom, nomcom2011, id_aire, ...rest } =
    rightValues(delimitation);
  return {
    ...rest,
    type_ig: signe ?? null,
    id_app: String(id_app),
    appellatio: app ?? null,
    id_denom: String(id_denom),
    denominati: denom ?? null,
    new_insee: insee ?? null,
    new_nomcom: nomcom ?? null,
    old_insee: insee2011 ?? null,
    old_nomcom: nomcom2011 ?? null,
    id_aire: String(id_aire),
  };
}

interface Release {
  /** Path of the zip in the example. */
  readonly path: string;
  /** Name of the members, without their extension. */
  readonly member: string;
  readonly fields: FieldTable;
  readonly values: (delimitation: Delimitation) => Values;
  readonly rows: readonly Delimitation[];
}

async function writeRelease(workshop: Workshop, release: Release): Promise<void> {
  const staging = workshop.staging(release.member);
  const options = ['ENCODING=UTF-8', `DBF_DATE_LAST_UPDATE=${EDITION}`];
  const rows = release.rows.map((row) => ({
    values: { ...release.values(row), ...row.wrong },
    shape: row.shape,
  }));
  const path = join(staging, `${release.member}.shp`);
  const { fields } = release;
  writeVector({ path, driver: 'ESRI Shapefile', geometry: 'polygon', epsg: 2154, fields, options }, rows);
  for (const { wine, codeInsee, defect } of release.rows) {
    workshop.tally.add(LAYER, release.path, `${String(wine.idDenom)}/${codeInsee}`, defect);
  }
  await packArchive(staging, workshop.file(release.path));
}

/** Départements of the territory that INAO's file covers. */
const METROPOLE = Object.keys(GRIDS).filter((departement) => departement.length === 2);

/** Writes both generations under `aoc/`. */
export async function writeInao(workshop: Workshop): Promise<SourceEntry[]> {
  const current: Release = {
    path: `aoc/${EDITION}-delim-parcellaire-aoc-shp.zip`,
    member: `${EDITION}_delim-parcellaire-aoc-shp`,
    fields: CURRENT,
    values: rightValues,
    rows: [...soundRows(workshop.plans), ...troubledRows(workshop.plans)],
  };
  const old: Release = {
    path: 'aoc/delimitation_inao_EPSG2154.zip',
    member: 'delimitation_parcellaire_aoc_viticoles_inao',
    fields: OLD,
    values: oldValues,
    rows: oldRows(workshop.plans),
  };
  await writeRelease(workshop, current);
  await writeRelease(workshop, old);
  // No AOC vineyard lies overseas.
  const covers = coversOf(workshop.plans, METROPOLE);
  const shared = { dataset: 'aoc', format: 'inao', sentinel: 'Crémant', covers } as const;
  return [
    { ...shared, path: current.path, vintage: EDITION },
    { ...shared, path: old.path, vintage: '2019-06-01' },
  ];
}
