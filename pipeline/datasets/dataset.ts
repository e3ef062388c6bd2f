/**
 * What a dataset declares: its layers, and for each producer's format which members
 * feed which layer and how a row becomes a feature's properties.
 */
import type { Geometry } from 'gdal-async';
import type { Field, FieldType, LayerGeometry, ModuleName, Provenance } from '../../src/format/catalogue.ts';
import type { References } from '../normalise/references.ts';
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import type { Source } from '../sources/sources-file.ts';
import type { Schema } from './columns.ts';

export interface LayerSpec {
  /** API Carto's route, `-bdp` added for BD Parcellaire's variants. */
  readonly name: string;
  readonly module: ModuleName;
  readonly title: string;
  readonly geometry: LayerGeometry;
  /** API Carto's name of the geometry. */
  readonly geometryName: 'geom' | 'the_geom';
  readonly fields: readonly Field[];
  /** The properties that name a feature in reports, and of which two features should not share all. */
  readonly identifier: readonly string[];
  /**
   * The share of features that may have the identifier of another one and hold something else: they
   * are kept, as API Carto keeps them, and told. More is an error, such as one commune in two vintages.
   */
  readonly maxRepeats: number;
  /** The share of its features that a partition may lose from one vintage to the next without a question. */
  readonly maxDrop: number;
  /** The fields by which its features are ordered, as texts; what is asked by a prefix of them is read in one piece. */
  readonly keys: readonly string[];
  /** The fields whose values, joined, are looked up in one request; `null` where none name one feature or a few. */
  readonly ids: readonly string[] | null;
}

/** What a row is read in: the source, and the file inside it. */
export interface MemberContext {
  readonly source: Source;
  /** The member's file name, folders left out. */
  readonly member: string;
  /** Tells a repair of the row that is being read. */
  readonly note: (repair: string) => void;
  /** The row's geometry as the producer gives it. */
  readonly geometry: () => Geometry | null;
  /** What other members say of the row. */
  readonly references: References;
}

/** A member that is read before the others for what it says of their rows. It may feed a layer too. */
export interface ReferenceRule {
  /** On the member's file name. */
  readonly member: RegExp;
  /** Columns without which it says nothing. */
  readonly columns: readonly string[];
  readonly tell: (row: Row, context: MemberContext) => void;
}

export interface MemberRule {
  readonly layer: string;
  /** On the member's file name. */
  readonly member: RegExp;
  /** On the name of the layer inside the member, where a member holds several. */
  readonly inner?: RegExp;
  /** Columns without which the member is of another schema; each any one of its spellings. */
  readonly required: readonly (readonly string[])[];
  /** All columns that it is known to have; others, and the lack of one, are told. */
  readonly schema: Schema;
  /** Fields of the layer that this format does not have: always null. */
  readonly missing: readonly string[];
  readonly properties: (row: Row, context: MemberContext) => Properties;
}

export interface FormatSpec {
  readonly format: Source['format'];
  readonly provenance: Omit<Provenance, 'source' | 'vintage'>;
  /** Where the coordinates must lie when the source does not say. */
  readonly bounds: (source: Source) => string;
  readonly partition: (source: Source) => string;
  /** What a source covers when it does not say: all of its bounds, or the box of what it holds. */
  readonly covers: 'bounds' | 'data';
  /** How many members of a source a rule may match: two candidates for one theme are an error. */
  readonly members: 'one' | 'many';
  readonly rules: readonly MemberRule[];
  readonly references?: readonly ReferenceRule[];
  /** Rows that API Carto answers and this format does not hold, in words of the producers' language. */
  readonly lacks?: string;
}

/** Fields from a compact list: `idu gid:integer is_rnu:boolean`; without a type, a string. */
export function fields(list: string): Field[] {
  return list
    .trim()
    .split(/\s+/)
    .map((item) => {
      const [name = '', type = 'string'] = item.split(':');
      if (!isFieldType(type)) throw new Error(`unknown field type ${type}`);
      return { name, type };
    });
}

function isFieldType(type: string): type is FieldType {
  return ['string', 'integer', 'number', 'boolean'].includes(type);
}

/** The columns that are named like their fields, each read by its field's type. */
export function sameNames(row: Row, list: readonly Field[]): Record<string, Properties[string]> {
  return Object.fromEntries(list.map(({ name, type }) => [name, readByType(row, name, type)]));
}

function readByType(row: Row, name: string, type: FieldType): Properties[string] {
  switch (type) {
    case 'string':
      return row.text(name);
    case 'integer':
      return row.integer(name);
    case 'number':
      return row.number(name);
    case 'boolean':
      return row.boolean(name);
  }
}

export const LICENCE_OUVERTE = 'Licence Ouverte / Open Licence 2.0';
