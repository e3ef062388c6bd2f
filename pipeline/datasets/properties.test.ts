/**
 * The library's types say what the pipeline publishes: for each layer the same names,
 * read from the types by the compiler, with the types that the catalogue declares.
 */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { FieldType } from '../../src/format/catalogue.ts';
import { layers } from './index.ts';

const FILE = fileURLToPath(new URL('../../src/query/properties.ts', import.meta.url));

/** How the compiler writes the type of a field. */
const WRITTEN: Readonly<Record<FieldType, string>> = {
  string: 'Text',
  integer: 'Numeric',
  number: 'Numeric',
  boolean: 'Flag',
};

/** For each layer, its properties and their types, sorted by name. */
function readProperties(): Map<string, string[]> {
  const program = ts.createProgram([FILE], { strict: true, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(FILE);
  const table = source?.statements.find(
    (node): node is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(node) && node.name.text === 'LayerProperties',
  );
  if (table === undefined) throw new Error('no LayerProperties');
  return new Map(
    checker
      .getTypeAtLocation(table)
      .getProperties()
      .map((layer) => {
        const properties = checker.getTypeOfSymbolAtLocation(layer, table).getProperties();
        const described = properties.map((property) => `${property.name}: ${writtenType(property)}`);
        return [layer.name, described.sort()];
      }),
  );
}

function writtenType(property: ts.Symbol): string {
  const [declaration] = property.declarations ?? [];
  return declaration !== undefined && ts.isPropertySignature(declaration)
    ? (declaration.type?.getText() ?? '')
    : '';
}

describe('the types of the library', () => {
  const typed = readProperties();

  it('know the same layers', () => {
    expect([...typed.keys()].sort()).toEqual(layers.map(({ name }) => name).sort());
  });

  it.each(layers.map(({ name, fields }) => ({ name, fields })))(
    'give $name the fields that are published',
    ({ name, fields }) => {
      const published = fields.map((field) => `${field.name}: ${WRITTEN[field.type]}`).sort();
      expect(typed.get(name)).toEqual(published);
    },
  );
});
