/**
 * GPU: the layers of the Géoportail de l'urbanisme, from the weekly extraction (one GeoPackage a
 * layer) or from documents as publishers deposit them.
 */
import type { FieldType } from '../../src/format/catalogue.ts';
import { depositReferences, depositRules } from './cnig.ts';
import { schema } from './columns.ts';
import { LICENCE_OUVERTE, type FormatSpec, type LayerSpec, type MemberRule } from './dataset.ts';
import { readColumns } from './gpu-columns.ts';
import { gpuLayers } from './gpu-layers.ts';

export { gpuLayers };

const SUP_LAYERS = /^gpu\/(acte|assiette|generateur)-sup/;

const KINDS: Readonly<Record<FieldType, string>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'any',
};

/** The extraction has the columns of the WFS, which are the fields. */
function columnsOf({ fields }: LayerSpec): string {
  return fields
    .map(({ name, type }) => `${name}:${name === 'gpu_timestamp' ? 'date' : KINDS[type]}`)
    .join(' ');
}

function tableOf(layer: string): string {
  return layer.replace('gpu/', '').replaceAll('-', '_');
}

/** A layer's file as it is called here from one week to the next: `wfs_du.zone_urba.gpkg`. */
export function extractionFile(layer: string): string {
  return `${SUP_LAYERS.test(layer) ? 'wfs_sup' : 'wfs_du'}.${tableOf(layer)}.gpkg`;
}

const extractionRules: readonly MemberRule[] = gpuLayers.map((layer) => {
  return {
    layer: layer.name,
    // No two tables that are read have one name, and nobody promises that of their schema.
    member: new RegExp(`^(.+\\.)?${tableOf(layer.name)}\\.gpkg$`, 'i'),
    required: layer.fields
      .filter((field) => ['partition', 'insee', 'gid'].includes(field.name))
      .map(({ name: column }) => [column]),
    schema: schema({ 'GPU, extraction hebdomadaire': columnsOf(layer) }),
    missing: [],
    properties: (row) => readColumns(row, layer.fields),
  };
});

const provenance = {
  producer: 'Géoportail de l’urbanisme (communes, EPCI et gestionnaires de servitudes)',
  licence: LICENCE_OUVERTE,
  attribution: 'Géoportail de l’urbanisme',
};

export const gpuFormats: readonly FormatSpec[] = [
  {
    format: 'extraction',
    provenance,
    bounds: () => 'france',
    partition: () => 'france',
    covers: 'bounds',
    members: 'one',
    rules: extractionRules,
  },
  {
    format: 'cnig',
    provenance,
    bounds: () => 'france',
    partition: () => 'france',
    covers: 'data',
    members: 'many',
    rules: depositRules,
    references: depositReferences,
  },
];
