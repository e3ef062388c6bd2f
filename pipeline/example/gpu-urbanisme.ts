/**
 * Rows of schema `wfs_du` of the extraction: communes, documents, zones, sectors,
 * prescriptions and informations, with the troubles that the real rows have.
 */
import type { Values } from './fields.ts';
import {
  DOCUMENTS,
  documentValues,
  epsgOf,
  gpuDocId,
  outlineOf,
  PLU,
  PLUI,
  wholeCommune,
  type GpuDocument,
  type GpuRow,
} from './gpu-documents.ts';
import { INFOS, perimeters, PRESCRIPTIONS, type Code } from './perimeters.ts';
import { polygon } from './shape.ts';
import type { Plans } from './territory.ts';
import { secteursOf, zonesOf, type Zone } from './zones.ts';

/** `200099921_PLUI_20220310`: identifiers are in capitals, names of archives are not. */
function idurba({ name }: GpuDocument): string {
  return name.toUpperCase();
}

/** The written piece, with the page it opens at in one row out of six. */
function piece(document: GpuDocument, what: string, rank: number): Values {
  const page = rank % 6 === 1 ? `#page=${String(12 + rank)}` : '';
  const nomfic = `${document.name.replace(/_\D+_/, `_${what}_`)}.pdf${page}`;
  return { nomfic, urlfic: rank % 5 === 0 ? `https://www.exemple.fr/urbanisme/${nomfic}` : null };
}

/** A zone under the 2013 standard: by commune instead of document, with its main use. */
function underOldStandard(values: Values, codeInsee: string): Values {
  return { ...values, idurba: null, insee: codeInsee, destdomi: '01', datappro: PLU.date };
}

function zoneRow(document: GpuDocument, codeInsee: string, [zone, rank]: [Zone, number]): GpuRow {
  const values = {
    ...documentValues(document),
    ...piece(document, 'reglement', rank),
    libelle: zone.libelle,
    libelong: zone.libelong,
    typezone: zone.typezone,
    idurba: idurba(document),
    datvalid: document.date,
    lib_idzone: String(1000 + rank),
    formdomi: zone.typezone === 'U' ? '0100' : null,
    destoui: zone.typezone === 'U' ? '20,40' : null,
    destnon: zone.typezone === 'A' ? '30' : null,
  };
  const row = { table: 'wfs_du.zone_urba', id: `${codeInsee}/${String(rank)}`, shape: zone.shape } as const;
  const plain = { ...row, values, epsg: epsgOf(codeInsee), ...(zone.defect ? { defect: zone.defect } : {}) };
  if (document !== PLU || rank > 1) return plain;
  return rank === 0
    ? { ...plain, altitude: 312.5, defect: 'zone-3d' }
    : { ...plain, values: underOldStandard(values, codeInsee), defect: 'zone-old-standard' };
}

function zoneRows(plans: Plans, document: GpuDocument): GpuRow[] {
  if (document.type === 'CC') return [];
  return document.communes.flatMap((code) =>
    zonesOf(plans, code).map((zone, rank) => zoneRow(document, code, [zone, rank])),
  );
}

function secteurRows(plans: Plans, document: GpuDocument): GpuRow[] {
  if (document.type !== 'CC') return [];
  return document.communes.flatMap((code) =>
    secteursOf(plans, code).map(({ shape, ...secteur }, rank) => ({
      table: 'wfs_du.secteur_cc',
      id: `${code}/${String(rank)}`,
      values: {
        ...documentValues(document),
        ...piece(document, 'rapport', rank),
        ...secteur,
        fermreco: rank % 2 === 0 ? 'oui' : null,
        idurba: idurba(document),
        datvalid: document.date,
        lib_idzone: String(rank + 1),
      },
      shape,
      epsg: epsgOf(code),
    })),
  );
}

type Kind = 'pct' | 'lin' | 'surf';

/** Rows of a commune for each geometry. */
const COUNTS: Readonly<Record<'prescription' | 'info', Readonly<Record<Kind, number>>>> = {
  prescription: { pct: 15, lin: 8, surf: 18 },
  info: { pct: 4, lin: 4, surf: 8 },
};

function codeValues(family: 'prescription' | 'info', [type, subtype, libelle]: Code): Values {
  return family === 'prescription'
    ? { libelle, typepsc: type, stypepsc: subtype, nature: libelle }
    : { libelle, typeinf: type, stypeinf: subtype };
}

function perimeterRows(plans: Plans, document: GpuDocument, family: 'prescription' | 'info'): GpuRow[] {
  const codes = family === 'prescription' ? PRESCRIPTIONS : INFOS;
  const kinds: readonly Kind[] = ['pct', 'lin', 'surf'];
  return document.communes.flatMap((code) =>
    kinds.flatMap((kind) => {
      const options = { land: plans.of(code), kind, codes: codes[kind], count: COUNTS[family][kind] };
      return perimeters(`${String(plans.seed)}/${code}/${family}`, options).map((perimeter, rank) => ({
        table: `wfs_du.${family}_${kind}` as const,
        id: `${code}/${String(rank)}`,
        values: {
          ...documentValues(document),
          ...piece(document, family, rank),
          ...codeValues(family, perimeter.code),
          txt: rank % 4 === 0 ? `${perimeter.code[0]}.${String(rank)}` : null,
          idurba: idurba(document),
          datvalid: document.date,
        },
        shape: perimeter.shape,
        epsg: epsgOf(code),
      }));
    }),
  );
}

function documentRows(plans: Plans, document: GpuDocument): GpuRow[] {
  const [first = ''] = document.communes;
  const epsg = epsgOf(first);
  const base = documentValues(document);
  const values = {
    ...base,
    id: gpuDocId(document.name),
    grid_name: document.partition.slice(3),
    grid_title: document.gridTitle,
    name: document.name,
    du_type: document.type,
  };
  const shape = polygon(outlineOf(plans, document.communes));
  // The type is spelled both ways: PLUi in one document, PLUI in the other.
  const typedoc = document === PLUI ? 'PLUI' : document.type;
  const urba = {
    ...base,
    idurba: idurba(document),
    typedoc,
    datappro: document.date,
    etat: '03',
    typeref: '01',
  };
  const communes = [...new Set(document.communes.map(wholeCommune))];
  return [
    { table: 'wfs_du.document', id: document.name, values, shape, epsg },
    { table: 'wfs_du.doc_urba', id: document.name, values: urba, shape: null },
    ...communes.map((insee) => ({
      table: 'wfs_du.doc_urba_com' as const,
      id: `${document.name}/${insee}`,
      values: { ...base, idurba: idurba(document), insee },
      shape: null,
    })),
    {
      table: 'wfs_du.habillage_surf',
      id: document.name,
      values: { ...base, nattrac: 'Cours d’eau', idurba: idurba(document), couleur: '120-170-220' },
      shape: polygon(plans.of(first).feuilles[0]?.outline ?? []),
      epsg,
    },
  ];
}

/** All rows that stand as they should, by document. */
export function urbanismeRows(plans: Plans): GpuRow[] {
  return DOCUMENTS.flatMap((document) => [
    ...documentRows(plans, document),
    ...zoneRows(plans, document),
    ...secteurRows(plans, document),
    ...perimeterRows(plans, document, 'prescription'),
    ...perimeterRows(plans, document, 'info'),
  ]);
}
