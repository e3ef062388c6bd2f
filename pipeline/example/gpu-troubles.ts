/**
 * Rows of `wfs_du` that no build should trust: geometries that cross themselves, have
 * no area, or are missing. All belong to the PLU.
 */
import type { DefectName } from './defects.ts';
import { documentValues, epsgOf, PLU, type GpuRow } from './gpu-documents.ts';
import type { ExtractionTable } from './gpu-columns.ts';
import { onGrid, type Point } from './ring.ts';
import { polygon, type Shape } from './shape.ts';
import type { Plans } from './territory.ts';
import { bowTie } from './vineyards.ts';

const CODE_INSEE = '21906';

function row(table: ExtractionTable, defect: DefectName, shape: Shape | null): GpuRow {
  const values = { ...documentValues(PLU), libelle: 'Périmètre mal saisi', datvalid: PLU.date };
  const code =
    table === 'wfs_du.info_surf' ? { typeinf: '99', stypeinf: '00' } : { typepsc: '99', stypepsc: '00' };
  return { table, id: defect, values: { ...values, ...code }, shape, epsg: epsgOf(CODE_INSEE), defect };
}

/** One row for each trouble. */
export function troubledUrbanismeRows(plans: Plans): GpuRow[] {
  const { village } = plans.of(CODE_INSEE);
  const from: Point = onGrid(village[0], village[1]);
  const to: Point = onGrid(village[0] + 60, village[1] + 25);
  // There and back between two points: on any grid, in any projection, its area is zero.
  const thereAndBack = polygon([from, to, to, from]);
  return [
    row('wfs_du.prescription_surf', 'prescription-bow-tie', bowTie(from, 35)),
    row('wfs_du.prescription_surf', 'prescription-no-area', thereAndBack),
    row('wfs_du.info_surf', 'info-null-geometry', null),
    row('wfs_du.info_surf', 'info-empty-geometry', polygon()),
  ];
}
