/**
 * Etalab's cadastre: codes whose leading zeros are trimmed, arrondissements as
 * communes, no sheet and no commune name on parcels. `gid` does not exist there.
 */
import type { Row } from '../normalise/row.ts';
import { Reject } from '../normalise/reject.ts';
import type { Properties } from '../pack/properties.ts';
import { cadastralCommune } from './communes.ts';
import type { MemberContext, MemberRule } from './dataset.ts';

function required(row: Row, column: string): string {
  const value = row.text(column);
  if (value === null) throw new Reject(`no ${column}`);
  return value;
}

function parcelle(row: Row): Properties {
  return {
    ...cadastralCommune(required(row, 'commune')),
    com_abs: required(row, 'prefixe').padStart(3, '0'),
    section: required(row, 'section').padStart(2, '0'),
    numero: required(row, 'numero').padStart(4, '0'),
    idu: required(row, 'id'),
    contenance: row.integer('contenance'),
  };
}

function feuille(row: Row): Properties {
  return {
    ...cadastralCommune(required(row, 'commune')),
    com_abs: required(row, 'prefixe').padStart(3, '0'),
    section: required(row, 'section').padStart(2, '0'),
    feuille: row.integer('numero'),
    echelle: row.text('echelle'),
    edition: row.isoDate('updated'),
  };
}

/** The layer of communes has the arrondissements and not their parent, as IGN's. */
function commune(row: Row): Properties {
  const id = required(row, 'id');
  return { nom_com: row.text('nom'), code_dep: id.slice(0, 2), code_insee: id };
}

/** DGFiP's raw object as Etalab's bundler serves it: `IDU` without the département. */
function rawCommune(row: Row, { source }: MemberContext): Properties {
  const codeDep = 'departement' in source ? source.departement.slice(0, 2) : '';
  const codeInsee = codeDep + required(row, 'idu');
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
