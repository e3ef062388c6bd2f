/** The seventeen layers of the Géoportail de l'urbanisme that API Carto serves, with their columns. */
import { fields, type LayerSpec } from './dataset.ts';

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
  maxDrop: name === 'municipality' ? 0.01 : 0.05,
  keys: keysOf(name),
  ids: IDS[name] ?? null,
}));

/** The layer of a route without its module: `zone-urba`. */
export function gpuLayer(name: string): LayerSpec {
  const layer = gpuLayers.find((candidate) => candidate.name === `gpu/${name}`);
  if (layer === undefined) throw new Error(`no layer gpu/${name}`);
  return layer;
}
