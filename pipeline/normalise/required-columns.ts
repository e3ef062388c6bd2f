/** Whether a layer has the columns that its rule reads, each of them once. */
import type { Layer } from 'gdal-async';
import { describeDrift, driftOf, type Drift } from '../datasets/columns.ts';
import type { MemberRule } from '../datasets/dataset.ts';
import { PipelineError, type Where } from '../errors.ts';
import { columnsOf, repeatedNames } from './layer-columns.ts';

/** Of two columns of one name only chance would say which is meant; those that nobody reads do no harm. */
function assertUnambiguous(layer: Layer, { schema }: MemberRule, where: Where): void {
  const known = [...schema.generations.map(({ columns }) => columns), schema.optional];
  const twice = repeatedNames(layer).filter((name) => known.some((columns) => columns.has(name)));
  if (twice.length === 0) return;
  const spellings = layer.fields.getNames().filter((name) => twice.includes(name.toLowerCase()));
  throw new PipelineError('BadSchema', `several columns of one name: ${spellings.join(', ')}`, where);
}

/**
 * How the columns of `layer` differ from those that are known of its producer.
 * @throws PipelineError `BadSchema` when one is missing that `rule` cannot do without, or stands twice.
 */
export function checkColumns(layer: Layer, rule: MemberRule, where: Where): Drift {
  assertUnambiguous(layer, rule, where);
  const columns = columnsOf(layer);
  const drift = driftOf(columns, rule.schema);
  // A collection without a feature, of which GeoJSON tells no columns, is empty and not of another schema.
  if (columns.size === 0 && layer.features.count() === 0) return drift;
  const missing = rule.required.filter((spellings) => !spellings.some((name) => columns.has(name)));
  if (missing.length === 0) return drift;
  const wanted = missing.map((spellings) => spellings.join(' or ')).join(', ');
  const found = `found ${[...columns.keys()].join(', ')}`;
  const what = [`no column ${wanted}`, found, describeDrift(drift)]
    .filter((part) => part !== null)
    .join('; ');
  throw new PipelineError('BadSchema', what, where);
}
