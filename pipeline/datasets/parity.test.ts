/**
 * What each format makes of a full row: the properties of its layer, by name and type, and null
 * exactly where the format is said to have nothing.
 */
import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../src/format/catalogue.ts';
import { References } from '../normalise/references.ts';
import { Row, type RawValue } from '../normalise/row.ts';
import type { PropertyValue } from '../pack/properties.ts';
import type { Source } from '../sources/sources-file.ts';
import { CONTRACT } from '../testing/contract.ts';
import type { ColumnKind, Generation } from './columns.ts';
import type { FormatSpec, MemberRule } from './dataset.ts';
import { formats } from './index.ts';

/** Values that a producer would write in columns whose form matters. */
const VALUES: Readonly<Record<string, RawValue>> = {
  ...{ code_dep: '21', code_com: '054', code_insee: '21054', code_arr: '000', com_abs: '000', section: 'AB' },
  ...{ commune: '21054', prefixe: '000', numero: '12', insee: '21054', insee2011: '21054' },
  ...{ new_insee: '21054', old_insee: '21054' },
};

/** Identifiers are built differently everywhere. */
const IDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'etalab cadastre/commune': { id: '21054', idu: '054' },
  'edigeo cadastre/commune': { idu: '054' },
  'edigeo cadastre/feuille': { idu: '054000AB01' },
  'edigeo cadastre/parcelle': { idu: '054000AB0012' },
};

const BY_KIND: Readonly<Record<ColumnKind, RawValue>> = {
  text: 'x',
  number: 1,
  date: { year: 2026, month: 3, day: 1 },
  any: '1',
};

function fullRow(format: string, rule: MemberRule, { columns }: Generation): Row {
  const all = [...columns, ...rule.schema.optional].filter(([name]) => !rule.missing.includes(name));
  const own = { idu: '21054000AB0012', id: '21054000AB0012', ...IDS[`${format} ${rule.layer}`] };
  const given: Readonly<Record<string, RawValue>> = { ...VALUES, ...own };
  return new Row(new Map(all.map(([name, kind]) => [name, given[name] ?? BY_KIND[kind]])));
}

function read(spec: FormatSpec, rule: MemberRule): Record<string, PropertyValue> {
  const generations = rule.schema.generations;
  const source = { format: spec.format, departement: '21', path: '21054_PLU_20200101' } as unknown as Source;
  const member = spec.format === 'edigeo' ? 'E000AB01.THF' : 'AC1_ASSIETTE_SUP_S.shp';
  const references = new References();
  // What the other members of a source say.
  references.tellPlace('feuille', '21054 000 AB', {
    value: '1',
    geometry: gdal.Geometry.fromWKT('POINT(0 0)'),
  });
  const context = { source, member, note: (): void => undefined, references, geometry: () => null };
  const made = generations.map((generation) =>
    rule.properties(fullRow(spec.format, rule, generation), context),
  );
  const names = [...new Set(made.flatMap((properties) => Object.keys(properties)))];
  // What any generation gives, this format gives.
  return Object.fromEntries(
    names.map((name) => [name, made.map((one) => one[name] ?? null).find((v) => v !== null) ?? null]),
  );
}

const TYPES: Readonly<Record<FieldType, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

const RULES = formats.flatMap((spec) =>
  spec.rules.map((rule) => ({
    spec,
    rule,
    name: `${spec.format} for ${rule.layer} (${rule.schema.generations[0]?.name ?? ''})`,
  })),
);

describe.each(RULES)('$name', ({ spec, rule }) => {
  const contract = CONTRACT.get(rule.layer) ?? [];
  const produced = read(spec, rule);

  it('gives all properties of its layer but those that it is said not to have', () => {
    const missing = contract.filter(({ name }) => (produced[name] ?? null) === null).map(({ name }) => name);
    expect(missing.sort()).toEqual([...rule.missing].sort());
  });

  it('gives them in the types of the contract', () => {
    const typed = contract.filter(({ name }) => (produced[name] ?? null) !== null);
    expect(typed.length).toBeGreaterThan(0);
    expect(typed.map(({ name }) => [name, typeof produced[name]])).toEqual(
      typed.map(({ name, type }) => [name, TYPES[type]]),
    );
  });
});
