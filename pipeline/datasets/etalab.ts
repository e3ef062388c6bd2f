/**
 * Etalab's cadastre: codes whose leading zeros are trimmed, arrondissements as
 * communes, no commune name on parcels and their sheet in another file. `gid` does not exist there.
 */
import { Reject } from '../normalise/reject.ts';
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { schema } from './columns.ts';
import { cadastralCommune } from './communes.ts';
import { assertDepartement, codeDepOf } from './departement.ts';
import type { MemberContext, MemberRule, ReferenceRule } from './dataset.ts';

/** What parcels and sheets share. */
function placed(row: Row, { source }: MemberContext): Record<string, Properties[string]> {
  const codeInsee = row.required('commune').padStart(5, '0');
  assertDepartement(codeInsee, source);
  return {
    ...cadastralCommune(codeInsee),
    com_abs: row.required('prefixe').padStart(3, '0'),
    section: row.required('section').padStart(2, '0'),
  };
}

/** As feuilles and parcels both write it. */
function sectionOf(row: Row): string {
  return ['commune', 'prefixe', 'section'].map((column) => row.required(column)).join(' ');
}

/** The sheet on which most of a parcel lies; of a section of one sheet, that one. */
function sheetOf(row: Row, { references, geometry }: MemberContext): number | null {
  const numero = references.findPlace('feuille', sectionOf(row), geometry());
  return numero === null ? null : Number(numero);
}

const IDU_LENGTH = 14;

/** @throws Reject when it is not of the length that all have. */
function iduOf(row: Row): string {
  const id = row.required('id');
  if (id.length === IDU_LENGTH) return id;
  throw new Reject(`id of ${IDU_LENGTH} characters expected, found "${id}"`);
}

function parcelle(row: Row, context: MemberContext): Properties {
  return {
    ...placed(row, context),
    feuille: sheetOf(row, context),
    numero: row.required('numero').padStart(4, '0'),
    idu: iduOf(row),
    contenance: row.integer('contenance'),
  };
}

function feuille(row: Row, context: MemberContext): Properties {
  return {
    ...placed(row, context),
    feuille: row.integer('numero'),
    echelle: row.text('echelle'),
    edition: row.isoDate('updated'),
  };
}

/** The layer of communes has the arrondissements and not their parent, as IGN's. */
function commune(row: Row, { source }: MemberContext): Properties {
  const id = row.required('id').padStart(5, '0');
  assertDepartement(id, source);
  return { nom_com: row.text('nom'), code_dep: id.slice(0, 2), code_insee: id };
}

/** DGFiP's raw object as Etalab's bundler serves it: `IDU` without the département. */
function rawCommune(row: Row, { source }: MemberContext): Properties {
  const codeDep = codeDepOf(source);
  const codeInsee = codeDep + row.required('idu');
  return {
    nom_com: cadastralCommune(codeInsee).nom_com ?? row.text('tex2'),
    code_dep: codeDep,
    code_insee: codeInsee,
  };
}

/** Parcels do not say their sheet: it is the one they lie on, where a source has both. */
export const etalabReferences: readonly ReferenceRule[] = [
  {
    member: /^cadastre-\w+-feuilles(\.[^.]+)?\.json(\.gz)?$/i,
    columns: ['commune', 'prefixe', 'section', 'numero'],
    tell: (row, { references, geometry }) => {
      const [value, place] = [row.required('numero'), geometry()];
      if (place !== null) references.tellPlace('feuille', sectionOf(row), { value, geometry: place });
    },
  },
];

const DATES = 'created:any updated:any';

interface Theme {
  readonly theme: string;
  readonly columns: string;
  readonly optional?: string;
  readonly required: readonly string[];
  readonly missing: readonly string[];
  readonly properties: MemberRule['properties'];
}

function rule({ theme, columns, optional, required, ...rest }: Theme): MemberRule {
  return {
    layer: `cadastre/${theme.replace(/s$/, '')}`,
    member: new RegExp(`^cadastre-\\w+-${theme}(\\.[^.]+)?\\.json(\\.gz)?$`, 'i'),
    required: required.map((column) => [column]),
    schema: schema({ 'Etalab, cadastre GeoJSON': columns }, optional),
    ...rest,
  };
}

export const etalabRules: readonly MemberRule[] = [
  rule({
    theme: 'communes',
    columns: `id nom ${DATES}`,
    optional: 'commune',
    required: ['id', 'nom'],
    missing: ['gid'],
    properties: commune,
  }),
  rule({
    theme: 'feuilles',
    columns: `id commune prefixe section numero qualite modeconfection echelle:any ${DATES}`,
    required: ['commune', 'prefixe', 'section', 'numero'],
    missing: ['gid'],
    properties: feuille,
  }),
  rule({
    theme: 'parcelles',
    columns: `id commune prefixe section numero contenance:number arpente:any ${DATES}`,
    required: ['id', 'commune', 'prefixe', 'section', 'numero'],
    missing: ['gid'],
    properties: parcelle,
  }),
  {
    layer: 'cadastre/commune',
    member: /^pci-\w+-commune\.json(\.gz)?$/i,
    required: [['idu'], ['tex2']],
    schema: schema({ 'PCI, bundler': 'id tex2 idu date_obs:any date_maj:any' }),
    missing: ['gid'],
    properties: rawCommune,
  },
];
