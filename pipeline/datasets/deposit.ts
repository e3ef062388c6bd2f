/**
 * What the name of a deposited document says (CNIG naming rules):
 * `<INSEE|SIREN>_<PLU|PLUi|POS|CC|PSMV>_<DATE>` or `<gestionnaire>_<catégorie>_<maille>_<DATE>`.
 */
import { basename } from 'node:path';
import { PipelineError } from '../errors.ts';
import type { Source } from '../sources/sources-file.ts';

const URBANISM = /^(\d[\dAB]\d{3}|\d{9})_(PLU|PLUi|POS|CC|PSMV)_\d{8}/i;
const SERVITUDE = /^(\d{9})_([A-Z]{1,3}\d{0,2}(?:bis)?)_(\w+)_\d{8}/i;

function documentName(source: Source): string {
  return basename(source.path ?? '').replace(/\.zip$/i, '');
}

/**
 * The partition under which the portal publishes the document: `DU_30014`, `172014607_SUP_2A_AC1`.
 * @throws PipelineError `BadSourcesFile` when neither the name nor the source tells it.
 */
export function partitionOf(source: Source): string {
  if (source.format === 'cnig' && source.partition !== undefined) return source.partition;
  const name = documentName(source);
  const urbanism = URBANISM.exec(name);
  if (urbanism !== null) {
    const [, code = '', type = ''] = urbanism;
    return `${type.toUpperCase() === 'PSMV' ? 'PSMV' : 'DU'}_${code}`;
  }
  const servitude = SERVITUDE.exec(name);
  if (servitude !== null) {
    const [, gestionnaire = '', category = '', maille = ''] = servitude;
    return `${gestionnaire}_SUP_${maille}_${category}`;
  }
  throw new PipelineError(
    'BadSourcesFile',
    'the name of the document tells no partition: say it as "partition"',
    {
      source: source.path ?? '',
    },
  );
}

/** The category of a servitude in lower case, from the file's name (`AC1_ASSIETTE_SUP_S`) or the document's. */
export function supCategory(member: string, source: Source): string | null {
  const prefix = /^([A-Z]{1,3}\d{0,2}(?:bis)?)_(?:(?:ACTE|ASSIETTE|GENERATEUR)_SUP|SERVITUDE)/i.exec(
    member,
  )?.[1];
  const category = prefix ?? SERVITUDE.exec(documentName(source))?.[2];
  return category?.toLowerCase() ?? null;
}
