/**
 * Etalab's cadastre: codes whose leading zeros are trimmed, arrondissements as
 * communes, no sheet and no commune name on parcels. `gid` does not exist there.
 */
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { cadastralCommune } from './communes.ts';
import { assertDepartement, codeDepOf } from './departement.ts';
import type { MemberContext, MemberRule } from './dataset.ts';

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

function parcelle(row: Row, context: MemberContext): Properties {
  return {
    ...placed(row, context),
    numero: row.required('numero').padStart(4, '0'),
    idu: row.required('id'),
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

function rule(theme: string, columns: readonly string[], properties: MemberRule['properties']): MemberRule {
  return {
    layer: `cadastre/${theme.replace(/s$/, '')}`,
    member: new RegExp(`^cadastre-\\w+-${theme}(\\.[^.]+)?\\.json(\\.gz)?$`, 'i'),
    required: columns.map((column) => [column]),
    properties,
  };
}

export const etalabRules: readonly MemberRule[] = [
  rule('communes', ['id', 'nom'], commune),
  rule('feuilles', ['commune', 'prefixe', 'section', 'numero'], feuille),
  rule('parcelles', ['id', 'commune', 'prefixe', 'section', 'numero'], parcelle),
  {
    layer: 'cadastre/commune',
    member: /^pci-\w+-commune\.json(\.gz)?$/i,
    required: [['idu'], ['tex2']],
    properties: rawCommune,
  },
];
