/** How the columns of the Géoportail de l'urbanisme are read, whoever writes them. */
import type { Field } from '../../src/format/catalogue.ts';
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { sameNames } from './dataset.ts';

/** Columns that one standard or another spells otherwise. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  stypepsc: ['typepsc2'],
  stypeinf: ['typeinf2'],
};

/** The columns that are named like their fields; categories of servitudes in lower case, as API Carto gives them. */
export function readColumns(row: Row, list: readonly Field[]): Record<string, Properties[string]> {
  const properties = sameNames(row, list);
  for (const [field, others] of Object.entries(ALIASES)) {
    if (field in properties) properties[field] ??= row.text(...others);
  }
  if ('gpu_timestamp' in properties) properties['gpu_timestamp'] = row.timestamp('gpu_timestamp');
  const suptype = properties['suptype'];
  if (typeof suptype === 'string') properties['suptype'] = suptype.toLowerCase();
  return properties;
}
