/** What the layers of a tree lack of API Carto's, by the formats that they come from. */
import type { Missing } from '../../src/format/manifest.ts';
import { formats } from './index.ts';

function missingFrom(layer: string, source: string): Missing | null {
  const spec = formats.find(({ format }) => format === source);
  const [first, ...others] = spec?.rules.filter((rule) => rule.layer === layer) ?? [];
  if (spec === undefined || first === undefined) return null;
  // What one member of the format has not and another has, the format has.
  const fields = first.missing.filter((field) => others.every(({ missing }) => missing.includes(field)));
  const rows = spec.lacks ?? null;
  return fields.length === 0 && rows === null ? null : { source, fields, rows };
}

/** What `layer` lacks where it comes from the formats `sources`. */
export function missingOf(layer: string, sources: readonly string[]): Missing[] {
  return [...new Set(sources)].sort().flatMap((source) => missingFrom(layer, source) ?? []);
}
