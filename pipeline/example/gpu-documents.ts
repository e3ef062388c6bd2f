/**
 * The planning documents of Terre d'exemple, and the columns that every row of the
 * GPU repeats from its document.
 */
import { createHash } from 'node:crypto';
import type { DefectName } from './defects.ts';
import { dissolve } from './dissolve.ts';
import type { Values } from './fields.ts';
import type { ExtractionTable } from './gpu-columns.ts';
import type { Ring } from './ring.ts';
import { communeOf, gridOf, type Plans } from './territory.ts';
import type { Row } from './vector-file.ts';

export interface GpuDocument {
  readonly partition: string;
  /** Of the archive: `21906_PLU_20210518`. */
  readonly name: string;
  /** As written in `du_type`. */
  readonly type: 'PLU' | 'PLUi' | 'CC';
  readonly gridTitle: string;
  /** Of approval, YYYYMMDD. */
  readonly date: string;
  /** Communes, or arrondissements of one. */
  readonly communes: readonly string[];
}

/** A row of one table of the extraction. */
export interface GpuRow extends Row {
  readonly table: ExtractionTable;
  readonly id: string;
  readonly defect?: DefectName;
}

/** SIRENs of the 2000999xx series: invented. */
export const PLUI: GpuDocument = {
  partition: 'DU_200099921',
  name: '200099921_PLUi_20220310',
  type: 'PLUi',
  gridTitle: 'CC DES TREILLES ET COMBES',
  date: '20220310',
  communes: ['21901', '21902', '21903'],
};

export const PLUI_RIVES: GpuDocument = {
  partition: 'DU_200099969',
  name: '200099969_PLUi_20190513',
  type: 'PLUi',
  gridTitle: 'METROPOLE DE DEUX-RIVES',
  date: '20190513',
  communes: ['69381', '69382'],
};

export const CARTE_COMMUNALE: GpuDocument = {
  partition: 'DU_21905',
  name: '21905_CC_20180912',
  type: 'CC',
  gridTitle: 'LES ESSARTS-PERDUS',
  date: '20180912',
  communes: ['21905'],
};

export const PLU: GpuDocument = {
  partition: 'DU_21906',
  name: '21906_PLU_20210518',
  type: 'PLU',
  gridTitle: 'ECHELLE-LA-FACON',
  date: '20210518',
  communes: ['21906'],
};

/** The documents that the extraction holds; others are in deposits (see cnig.ts). */
export const DOCUMENTS = [PLUI, PLUI_RIVES, CARTE_COMMUNALE, PLU] as const;

/** 32 hexadecimal digits, as the GPU numbers its documents. */
export function gpuDocId(name: string): string {
  return createHash('md5').update(name).digest('hex');
}

/** What all rows of a document begin with, `gid` apart. */
export function documentValues({ name, partition }: Pick<GpuDocument, 'name' | 'partition'>): Values {
  return {
    gpu_doc_id: gpuDocId(name),
    gpu_status: 'production',
    gpu_timestamp: '2026-02-14T10:12:13Z',
    partition,
  };
}

/** EPSG code of the coordinates of a commune's plan. */
export function epsgOf(codeInsee: string): number {
  return gridOf(communeOf(codeInsee).departement).epsg;
}

/** The code under which the commune has its documents: that of the whole for an arrondissement. */
export function wholeCommune(codeInsee: string): string {
  return communeOf(codeInsee).arrondissementOf?.codeInsee ?? codeInsee;
}

/** The outline of communes that touch. */
export function outlineOf(plans: Plans, communes: readonly string[]): Ring {
  return dissolve(communes.map((code) => plans.of(code).contour));
}
