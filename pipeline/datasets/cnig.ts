/**
 * Documents as publishers deposit them (CNIG standards, several generations and formats). A deposit
 * does not say what the portal adds: identifiers of its own, its moment, the outline of the document.
 */
import type { Properties } from '../pack/properties.ts';
import type { Row } from '../normalise/row.ts';
import { schema, type Schema } from './columns.ts';
import type { LayerSpec, MemberContext, MemberRule, ReferenceRule } from './dataset.ts';
import { partitionOf, supCategory } from './deposit.ts';
import { giveZerosBack, writeDates } from './deposited-values.ts';
import { ALIASES, readColumns } from './gpu-columns.ts';
import { gpuLayer } from './gpu-layers.ts';

/** What the portal adds to every row. */
const OF_THE_PORTAL = ['gid', 'gpu_doc_id', 'gpu_status', 'gpu_timestamp'];
const OF_THE_NAME = ['partition', 'suptype'];

/** What the portal makes of the acts and pieces of a servitude. */
const OF_THE_PIECES = ['fichier', 'href'];

const SOURCE = 'nomfic urlfic idurba datvalid:any';
const SOURCE_2013 = 'nomfic urlfic insee datappro:any datvalid:any';
const PRESCRIPTION = {
  'CNIG 2022': `libelle txt typepsc stypepsc nature symbole ${SOURCE}`,
  'CNIG 2017': `libelle txt typepsc stypepsc ${SOURCE}`,
  'CNIG 2013': `libelle txt typepsc ${SOURCE_2013}`,
};
const INFO = {
  'CNIG 2022': `libelle txt typeinf stypeinf nature symbole ${SOURCE}`,
  'CNIG 2017': `libelle txt typeinf stypeinf ${SOURCE}`,
  'CNIG 2013': `libelle txt typeinf ${SOURCE_2013}`,
};
const ACTE = 'idacte:any nomacte reference typeacte fichier decision datedecis:any datepub:any aplan:any';
const ASSIETTE = 'idass:any idgen:any nomass typeass modegeoass paramcalc:any srcgeoass datesrcass:any';
const GENERATEUR =
  'idgen:any idsup:any nomgen typegen modegenere srcgeogen datesrcgen:any refbdext idbdext:any';

interface Table {
  /** One column that only this table of the CNIG has: a file that lacks it is misnamed. */
  readonly telling: string;
  readonly generations: Readonly<Record<string, string>>;
}

const TABLES: Readonly<Record<string, Table>> = {
  'zone-urba': {
    telling: 'typezone',
    generations: {
      'CNIG 2022': `libelle libelong typezone formdomi destoui destcdt destnon symbole ${SOURCE}`,
      'CNIG 2017': `libelle libelong typezone ${SOURCE}`,
      'CNIG 2013': `libelle libelong typezone destdomi ${SOURCE_2013}`,
    },
  },
  'secteur-cc': {
    telling: 'typesect',
    generations: {
      'CNIG 2017': `libelle libelong typesect fermreco ${SOURCE}`,
      'CNIG 2013': `libelle libelong typesect fermreco destdomi ${SOURCE_2013}`,
    },
  },
  ...Object.fromEntries(
    ['pct', 'lin', 'surf'].flatMap((kind) => [
      [`prescription-${kind}`, { telling: 'typepsc', generations: PRESCRIPTION }],
      [`info-${kind}`, { telling: 'typeinf', generations: INFO }],
    ]),
  ),
  'acte-sup': { telling: 'idacte', generations: { 'CNIG SUP 2016': ACTE } },
  ...Object.fromEntries(
    ['p', 'l', 's'].flatMap((kind) => [
      [`assiette-sup-${kind}`, { telling: 'idass', generations: { 'CNIG SUP 2016': ASSIETTE } }],
      [`generateur-sup-${kind}`, { telling: 'idgen', generations: { 'CNIG SUP 2016': GENERATEUR } }],
    ]),
  ),
};

/** Columns that a format of files adds. */
const OF_THE_FORMAT = 'gml_id wkt fid:any';

/** The fields that no deposit has. */
function missingOf({ name, fields }: LayerSpec): string[] {
  const pieces = name === 'gpu/acte-sup' ? [] : OF_THE_PIECES;
  const never = [...OF_THE_PORTAL, ...pieces];
  return fields.map((field) => field.name).filter((field) => never.includes(field));
}

/** Any other field of the layer may be deposited too; categories of servitudes have columns of their own. */
function schemaOf(layer: LayerSpec, { generations }: Table): Schema {
  const never = [...missingOf(layer), ...OF_THE_NAME];
  const own = layer.fields.filter(({ name }) => !never.includes(name)).map(({ name }) => `${name}:any`);
  const others = layer.fields.flatMap(({ name }) => ALIASES[name] ?? []);
  return schema(generations, [...own, ...others, OF_THE_FORMAT].join(' '));
}

/** Identifiers are those of one category: `1` and `2` in older deposits. */
function keyIn(category: string | null, id: string): string {
  return `${category ?? ''} ${id}`;
}

/** What perimeters repeat of their servitude on the portal. */
const OF_THE_SERVITUDE = ['nomsuplitt', 'nomreg', 'urlreg'];

/** A generator names its servitude, a perimeter its generator. */
export const depositReferences: readonly ReferenceRule[] = [
  {
    member: /^(?!.*servitude_acte)([^.]*_)?servitude([_.][^.]*)?\.(shp|dbf|tab|gml|csv)$/i,
    columns: ['idsup', 'nomsuplitt'],
    tell: (row, { member, source, references }) => {
      const category = row.text('categorie')?.toLowerCase() ?? supCategory(member, source);
      const key = keyIn(category, row.required('idsup'));
      for (const name of OF_THE_SERVITUDE) {
        const text = row.text(name);
        if (text !== null) references.tell(name, key, text);
      }
    },
  },
  {
    member: /^([^.]*_)?generateur_sup_[pls]([_.][^.]*)?\.(shp|tab|gml|csv)$/i,
    columns: ['idgen', 'idsup'],
    tell: (row, { member, source, references }) => {
      const category = supCategory(member, source);
      references.tell('idsup', keyIn(category, row.required('idgen')), row.required('idsup'));
    },
  },
];

function nameServitude(
  row: Row,
  properties: Record<string, Properties[string]>,
  { member, source, references }: MemberContext,
): void {
  const category = supCategory(member, source);
  const idgen = row.text('idgen');
  const idsup =
    row.text('idsup') ?? (idgen === null ? null : references.find('idsup', keyIn(category, idgen)));
  if (idsup === null) return;
  for (const name of OF_THE_SERVITUDE) {
    if (name in properties) properties[name] ??= references.find(name, keyIn(category, idsup));
  }
}

function depositedProperties(layer: LayerSpec) {
  return (row: Row, context: MemberContext): Properties => {
    const properties = readColumns(row, layer.fields);
    giveZerosBack(properties, context.note);
    writeDates(properties, context.note);
    nameServitude(row, properties, context);
    for (const name of missingOf(layer)) properties[name] = null;
    if ('partition' in properties) properties['partition'] = partitionOf(context.source);
    if ('suptype' in properties) properties['suptype'] = supCategory(context.member, context.source);
    return properties;
  };
}

/** `[<INSEE>_]ZONE_URBA[_<DATE>].shp`, `AC1_ASSIETTE_SUP_S_028.tab`; not SERVITUDE_ACTE_SUP. */
function depositedMember(name: string): RegExp {
  const table = name.replaceAll('-', '_');
  return new RegExp(`^(?!.*servitude_acte)([^.]*_)?${table}([_.][^.]*)?\\.(shp|dbf|tab|gml|csv)$`, 'i');
}

export const depositRules: readonly MemberRule[] = Object.entries(TABLES).map(([name, table]) => {
  const layer = gpuLayer(name);
  return {
    layer: layer.name,
    member: depositedMember(name),
    required: [[table.telling]],
    schema: schemaOf(layer, table),
    missing: missingOf(layer),
    properties: depositedProperties(layer),
  };
});
