/**
 * GPU: the seventeen layers of the Géoportail de l'urbanisme that API Carto serves,
 * from the weekly extraction (one GeoPackage a layer) or from documents as publishers
 * deposit them (CNIG standards, several generations and formats).
 */
import type { Field } from '../../src/format/catalogue.ts';
import type { Row } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import { supCategory, partitionOf } from './deposit.ts';
import { fields, LICENCE_OUVERTE, sameNames } from './dataset.ts';
import type { FormatSpec, LayerSpec, MemberContext, MemberRule } from './dataset.ts';

/** What every layer of the GPU starts with. */
const DOCUMENT = 'gid:integer gpu_doc_id gpu_status gpu_timestamp partition';
const PRESCRIPTION = `${DOCUMENT} libelle txt typepsc nomfic urlfic insee`;
const INFO = `${DOCUMENT} libelle txt typeinf typep nomfic urlfic insee idurba datvalid stypeinf stypep idinfo
  lib_idinfo nature symbole`;
const SUP = 'gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier';
const ASSIETTE = `${SUP} idass idgen nomass typeass modegeoass paramcalc:integer srcgeoass datesrcass`;
const GENERATEUR = `${SUP} idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext`;
const END_OF_PRESCRIPTION = 'datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole';

/** Name, title, geometry and columns, as the extraction publishes them (`the_geom` and `fid_extract` left out). */
const LAYERS: readonly [
  name: string,
  title: string,
  geometry: LayerSpec['geometry'],
  columns: string,
  id: string,
][] = [
  [
    'municipality',
    'Communes du Géoportail de l’urbanisme',
    'MultiPolygon',
    'insee name is_rnu:boolean is_deleted:boolean is_coastline:boolean',
    'insee',
  ],
  [
    'document',
    'Documents d’urbanisme',
    'MultiPolygon',
    'gid:integer id grid_name grid_title name gpu_doc_id gpu_status gpu_timestamp partition du_type',
    'name',
  ],
  [
    'zone-urba',
    'Zones des plans locaux d’urbanisme',
    'MultiPolygon',
    `${DOCUMENT} libelle libelong typezone destdomi nomfic urlfic insee datappro datvalid idurba idzone lib_idzone
     formdomi destoui destcdt destnon symbole`,
    'gid',
  ],
  [
    'secteur-cc',
    'Secteurs des cartes communales',
    'MultiPolygon',
    `${DOCUMENT} libelle libelong typesect fermreco destdomi nomfic urlfic insee datappro datvalid idurba lib_idzone
     symbole`,
    'gid',
  ],
  [
    'prescription-pct',
    'Prescriptions ponctuelles',
    'MultiPoint',
    `${PRESCRIPTION} angle:integer ${END_OF_PRESCRIPTION}`,
    'gid',
  ],
  [
    'prescription-lin',
    'Prescriptions linéaires',
    'MultiLineString',
    `${PRESCRIPTION} ${END_OF_PRESCRIPTION}`,
    'gid',
  ],
  [
    'prescription-surf',
    'Prescriptions surfaciques',
    'MultiPolygon',
    `${PRESCRIPTION} ${END_OF_PRESCRIPTION}`,
    'gid',
  ],
  ['info-pct', 'Informations ponctuelles', 'MultiPoint', INFO, 'gid'],
  ['info-lin', 'Informations linéaires', 'MultiLineString', INFO, 'gid'],
  ['info-surf', 'Informations surfaciques', 'MultiPolygon', INFO, 'gid'],
  [
    'acte-sup',
    'Actes des servitudes d’utilité publique',
    null,
    `${DOCUMENT} idacte nomacte reference typeacte fichier decision datedecis datepub aplan`,
    'idacte',
  ],
  [
    'assiette-sup-p',
    'Assiettes ponctuelles de servitudes',
    'MultiPoint',
    `${ASSIETTE} h:number href nomsuplitt nomreg urlreg`,
    'idass',
  ],
  [
    'assiette-sup-l',
    'Assiettes linéaires de servitudes',
    'MultiLineString',
    `${ASSIETTE} h:number href nomsuplitt nomreg urlreg`,
    'idass',
  ],
  [
    'assiette-sup-s',
    'Assiettes surfaciques de servitudes',
    'MultiPolygon',
    `${ASSIETTE} angle1:integer angle2:integer rayon:integer h:number href xdebut:number xfinal:number ydebut:number
     yfinal:number largeur:integer nomsuplitt nomreg urlreg`,
    'idass',
  ],
  [
    'generateur-sup-p',
    'Générateurs ponctuels de servitudes',
    'MultiPoint',
    `${GENERATEUR} tension:integer type adresse nomsuplitt nomreg urlreg`,
    'idgen',
  ],
  [
    'generateur-sup-l',
    'Générateurs linéaires de servitudes',
    'MultiLineString',
    `${GENERATEUR} adresse type diametre:integer tension:integer croisement type_gest type_voie nomsuplitt nomreg
     urlreg`,
    'idgen',
  ],
  [
    'generateur-sup-s',
    'Générateurs surfaciques de servitudes',
    'MultiPolygon',
    `${GENERATEUR} adresse type id_gaspar code_alea croisement type_gest type_voie url_grisq url_grisk nomsuplitt
     nomreg urlreg`,
    'idgen',
  ],
];

const SUP_LAYERS = /^(acte|assiette|generateur)-sup/;

/** The fields that one is asked by. */
function keysOf(name: string): string[] {
  if (name === 'municipality') return ['insee'];
  return name.startsWith('assiette') || name.startsWith('generateur')
    ? ['partition', 'suptype']
    : ['partition'];
}

/** Each names one feature there. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  municipality: ['insee'],
  document: ['partition'],
};

export const gpuLayers: readonly LayerSpec[] = LAYERS.map(([name, title, geometry, columns, identifier]) => ({
  name: `gpu/${name}`,
  module: 'gpu',
  title,
  geometry,
  geometryName: 'the_geom',
  fields: fields(columns),
  identifier: [identifier],
  // A deleted commune has the code of the living one that took its place.
  maxRepeats: name === 'municipality' ? 1 : 0.01,
  keys: keysOf(name),
  ids: IDS[name] ?? null,
}));

/** Columns that one standard or another spells otherwise. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  stypepsc: ['typepsc2'],
  stypeinf: ['typeinf2'],
};

function columnsOf(row: Row, list: readonly Field[]): Record<string, Properties[string]> {
  const properties = sameNames(row, list);
  for (const [field, others] of Object.entries(ALIASES)) {
    if (field in properties) properties[field] ??= row.text(...others);
  }
  if ('gpu_timestamp' in properties) properties['gpu_timestamp'] = row.timestamp('gpu_timestamp');
  const suptype = properties['suptype'];
  if (typeof suptype === 'string') properties['suptype'] = suptype.toLowerCase();
  return properties;
}

/** A deposit does not say what the portal knows: the partition, and the category in its file names. */
function depositedProperties(layer: LayerSpec) {
  return (row: Row, context: MemberContext): Properties => {
    const properties = columnsOf(row, layer.fields);
    if ('partition' in properties) properties['partition'] = partitionOf(context.source);
    if ('suptype' in properties) properties['suptype'] = supCategory(context.member, context.source);
    return properties;
  };
}

function layerOf(name: string): LayerSpec {
  const layer = gpuLayers.find((candidate) => candidate.name === `gpu/${name}`);
  if (layer === undefined) throw new Error(`no layer gpu/${name}`);
  return layer;
}

const extractionRules: readonly MemberRule[] = LAYERS.map(([name]) => {
  const schema = SUP_LAYERS.test(name) ? 'wfs_sup' : 'wfs_du';
  const layer = layerOf(name);
  return {
    layer: layer.name,
    member: new RegExp(`^${schema}\\.${name.replaceAll('-', '_')}\\.gpkg$`, 'i'),
    required: layer.fields
      .filter((field) => ['partition', 'insee', 'gid'].includes(field.name))
      .map(({ name: column }) => [column]),
    properties: (row) => columnsOf(row, layer.fields),
  };
});

/** One column that only this table of the CNIG has: a file that lacks it is misnamed. */
const TELLING_COLUMNS: Readonly<Record<string, string>> = {
  'zone-urba': 'typezone',
  'secteur-cc': 'typesect',
  'prescription-pct': 'typepsc',
  'prescription-lin': 'typepsc',
  'prescription-surf': 'typepsc',
  'info-pct': 'typeinf',
  'info-lin': 'typeinf',
  'info-surf': 'typeinf',
  'acte-sup': 'idacte',
  'assiette-sup-p': 'idass',
  'assiette-sup-l': 'idass',
  'assiette-sup-s': 'idass',
  'generateur-sup-p': 'idgen',
  'generateur-sup-l': 'idgen',
  'generateur-sup-s': 'idgen',
};

/** `[<INSEE>_]ZONE_URBA[_<DATE>].shp`, `AC1_ASSIETTE_SUP_S_028.tab`; not SERVITUDE_ACTE_SUP. */
function depositedMember(name: string): RegExp {
  const table = name.replaceAll('-', '_');
  return new RegExp(`^(?!.*servitude_acte)([^.]*_)?${table}([_.][^.]*)?\\.(shp|dbf|tab|gml|csv)$`, 'i');
}

const depositRules: readonly MemberRule[] = Object.entries(TELLING_COLUMNS).map(([name, column]) => ({
  layer: `gpu/${name}`,
  member: depositedMember(name),
  required: [[column]],
  properties: depositedProperties(layerOf(name)),
}));

const provenance = {
  producer: 'Géoportail de l’urbanisme (communes, EPCI et gestionnaires de servitudes)',
  licence: LICENCE_OUVERTE,
  attribution: 'Géoportail de l’urbanisme',
};

export const gpuFormats: readonly FormatSpec[] = [
  {
    format: 'extraction',
    provenance,
    bounds: () => 'france',
    partition: () => 'france',
    covers: 'bounds',
    members: 'one',
    rules: extractionRules,
  },
  {
    format: 'cnig',
    provenance,
    bounds: () => 'france',
    partition: () => 'france',
    covers: 'data',
    members: 'many',
    rules: depositRules,
  },
];
