/**
 * Rows of the cadastre from the plan of a commune, under IGN's names: every producer
 * takes its columns from them. `CODE_INSEE` stands with the layers of communes alone.
 */
import type { DefectName } from './defects.ts';
import type { Values } from './fields.ts';
import type { Feuille, Land, Parcelle } from './land.ts';
import { areaOf, pointInside, type Ring } from './ring.ts';
import { area, type Shape } from './shape.ts';
import type { SectionNumber } from './sections.ts';
import type { Commune } from './territory.ts';
import type { Row } from './vector-file.ts';

export interface CadastreRow extends Row {
  /** The row's own identifier: idu, or the codes of the sheet. */
  readonly id: string;
  readonly defect?: DefectName;
}

/** The digits of the arrondissement; `000` elsewhere. */
function codeArr(commune: Commune): string {
  return commune.arrondissementOf ? commune.codeInsee.slice(2) : '000';
}

/** Parcelles of an arrondissement carry the codes and the name of the whole commune. */
function sheetValues(commune: Commune, { comAbs, section, feuille }: SectionNumber): Values {
  const { codeInsee, nom } = commune.arrondissementOf ?? commune;
  return {
    FEUILLE: feuille,
    SECTION: section,
    CODE_DEP: codeInsee.slice(0, 2),
    NOM_COM: nom,
    CODE_COM: codeInsee.slice(2),
    COM_ABS: comAbs,
    CODE_ARR: codeArr(commune),
  };
}

/** Département, commune or arrondissement, absorbed commune, section and numero: 14 characters. */
export function iduOf(commune: Commune, { comAbs, section, numero }: Parcelle): string {
  return commune.codeInsee + comAbs + section + numero;
}

/** Square metres, as the tax office writes them. */
export function contenanceOf({ surfaces }: Parcelle): number {
  return Math.round(surfaces.reduce((sum, surface) => sum + areaOf(surface), 0));
}

export function isImage(commune: Commune, { section }: SectionNumber): boolean {
  return commune.imageSection === section;
}

/** The parcelle as it should be. */
export function parcelleRow(commune: Commune, parcelle: Parcelle): CadastreRow {
  const id = iduOf(commune, parcelle);
  const { numero: NUMERO } = parcelle;
  const values = { IDU: id, NUMERO, ...sheetValues(commune, parcelle), CONTENANCE: contenanceOf(parcelle) };
  return { id, values, shape: area(parcelle.surfaces) };
}

/** The point that stands for a parcelle; it exists for those of image sheets too. */
export function localisantRow(commune: Commune, parcelle: Parcelle): CadastreRow {
  const row = parcelleRow(commune, parcelle);
  const point: Shape = { type: 'Point', coordinates: pointInside(parcelle.surfaces[0] ?? []) };
  return { id: row.id, values: row.values, shape: point };
}

export function feuilleRow(commune: Commune, feuille: Feuille, edition: string | number): CadastreRow {
  const echelle = areaOf([feuille.outline]) < 400_000 ? '1000' : '2000';
  const values = { ...sheetValues(commune, feuille), ECHELLE: echelle, EDITION: edition };
  const id = `${commune.codeInsee}${feuille.comAbs}${feuille.section}${String(feuille.feuille)}`;
  return { id, values, shape: area([[feuille.outline]]) };
}

export function communeRow(commune: Commune, contour: Ring): CadastreRow {
  const { codeInsee, nom } = commune;
  const values = {
    NOM_COM: nom,
    CODE_DEP: codeInsee.slice(0, 2),
    CODE_INSEE: codeInsee,
    NOM_ARR: nom,
    CODE_ARR: codeArr(commune),
  };
  return { id: codeInsee, values, shape: area([[contour]]) };
}

/** The parcelles that are drawn as such. */
export function vectorParcelles(commune: Commune, land: Land): Parcelle[] {
  return land.parcelles.filter((parcelle) => !isImage(commune, parcelle));
}
