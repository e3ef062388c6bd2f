/**
 * The columns of the weekly extraction of the Géoportail de l'urbanisme, table by
 * table and in its order, geometry (`the_geom`) and row number (`fid_extract`) left
 * out. Dates are texts (YYYYMMDD), but for `gpu_timestamp`.
 */
import { datetime, flag, integer, real, text, texts, type FieldSpec, type FieldTable } from './fields.ts';

/** Names separated by spaces; `:i` an integer, `:n` a number. */
function columns(names: string): FieldTable {
  return names.split(/\s+/).map((name): FieldSpec => {
    const [bare = name, kind] = name.split(':');
    if (kind === 'i') return integer(bare);
    return kind === 'n' ? real(bare) : text(bare);
  });
}

const DOCUMENT: FieldTable = [
  integer('gid'),
  ...texts('gpu_doc_id gpu_status'),
  datetime('gpu_timestamp'),
  text('partition'),
];

/** Servitudes have their category between the time and the partition. */
const SERVITUDE: FieldTable = [
  integer('gid'),
  ...texts('gpu_doc_id gpu_status'),
  datetime('gpu_timestamp'),
  ...texts('suptype partition fichier'),
];

const PRESCRIPTION = 'datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole';
const INFO =
  'libelle txt typeinf typep nomfic urlfic insee idurba datvalid stypeinf stypep idinfo lib_idinfo nature symbole';
const ASSIETTE = 'idass idgen nomass typeass modegeoass paramcalc:i srcgeoass datesrcass';
const GENERATEUR = 'idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext';

/** By schema and table, as the files are named. */
export const EXTRACTION = {
  'wfs_du.municipality': [...texts('insee name'), flag('is_rnu'), flag('is_deleted'), flag('is_coastline')],
  'wfs_du.document': [
    integer('gid'),
    ...texts('id grid_name grid_title name gpu_doc_id gpu_status'),
    datetime('gpu_timestamp'),
    ...texts('partition du_type'),
  ],
  'wfs_du.doc_urba': [
    ...DOCUMENT,
    ...columns('idurba typedoc datappro datefin interco siren etat nomreg urlreg nomplan urlplan siteweb'),
    ...columns('typeref dateref nomproc urlpe nomrapp urlrapp'),
  ],
  'wfs_du.doc_urba_com': [...DOCUMENT, ...columns('idurba insee datecog')],
  'wfs_du.zone_urba': [
    ...DOCUMENT,
    ...columns('libelle libelong typezone destdomi nomfic urlfic insee datappro datvalid idurba idzone'),
    ...columns('lib_idzone formdomi destoui destcdt destnon symbole'),
  ],
  'wfs_du.secteur_cc': [
    ...DOCUMENT,
    ...columns('libelle libelong typesect fermreco destdomi nomfic urlfic insee datappro datvalid idurba'),
    ...columns('lib_idzone symbole'),
  ],
  'wfs_du.prescription_pct': [
    ...DOCUMENT,
    ...columns(`libelle txt typepsc nomfic urlfic insee angle:i ${PRESCRIPTION}`),
  ],
  'wfs_du.prescription_lin': [
    ...DOCUMENT,
    ...columns(`libelle txt typepsc nomfic urlfic insee ${PRESCRIPTION}`),
  ],
  'wfs_du.prescription_surf': [
    ...DOCUMENT,
    ...columns(`libelle txt typepsc nomfic urlfic insee ${PRESCRIPTION}`),
  ],
  'wfs_du.info_pct': [...DOCUMENT, ...columns(INFO)],
  'wfs_du.info_lin': [...DOCUMENT, ...columns(INFO)],
  'wfs_du.info_surf': [...DOCUMENT, ...columns(INFO)],
  'wfs_du.habillage_surf': [...DOCUMENT, ...columns('nattrac insee idurba couleur idhab lib_idhab')],
  'wfs_sup.acte_sup': [
    ...DOCUMENT,
    ...columns('idacte nomacte reference typeacte fichier decision datedecis datepub aplan'),
  ],
  'wfs_sup.assiette_sup_p': [...SERVITUDE, ...columns(`${ASSIETTE} h:n href nomsuplitt nomreg urlreg`)],
  'wfs_sup.assiette_sup_l': [...SERVITUDE, ...columns(`${ASSIETTE} h:n href nomsuplitt nomreg urlreg`)],
  'wfs_sup.assiette_sup_s': [
    ...SERVITUDE,
    ...columns(`${ASSIETTE} angle1:i angle2:i rayon:i h:n href xdebut:n xfinal:n ydebut:n yfinal:n`),
    ...columns('largeur:i nomsuplitt nomreg urlreg'),
  ],
  'wfs_sup.generateur_sup_p': [
    ...SERVITUDE,
    ...columns(`${GENERATEUR} tension:i type adresse nomsuplitt nomreg urlreg`),
  ],
  'wfs_sup.generateur_sup_l': [
    ...SERVITUDE,
    ...columns(`${GENERATEUR} adresse type diametre:i tension:i croisement type_gest type_voie`),
    ...columns('nomsuplitt nomreg urlreg'),
  ],
  'wfs_sup.generateur_sup_s': [
    ...SERVITUDE,
    ...columns(`${GENERATEUR} adresse type id_gaspar code_alea croisement type_gest type_voie`),
    ...columns('url_grisq url_grisk nomsuplitt nomreg urlreg'),
  ],
  'wfs_sup.servitude': [
    ...DOCUMENT,
    ...columns('idsup idgest nomsup nomsuplitt categorie idintgest descriptio datemaj echnum:i validegest'),
    ...columns('obsvalidat estabroge modeprod quiprod docsource nomreg urlreg'),
  ],
  'wfs_sup.servitude_acte_sup': [...DOCUMENT, ...columns('idsup idacte')],
  'wfs_sup.gestionnaire_sup': [...DOCUMENT, ...columns('idgest nomgest nomcorres numtel courriel adresse')],
} as const satisfies Record<string, FieldTable>;

export type ExtractionTable = keyof typeof EXTRACTION;

/** Tables that API Carto does not serve. */
const UNSERVED: ReadonlySet<string> = new Set([
  'wfs_du.doc_urba',
  'wfs_du.doc_urba_com',
  'wfs_du.habillage_surf',
  'wfs_sup.servitude',
  'wfs_sup.servitude_acte_sup',
  'wfs_sup.gestionnaire_sup',
]);

/** The layer of the published tree that a table becomes, if any: `gpu/zone-urba`. */
export function servedLayer(table: ExtractionTable): string | null {
  return UNSERVED.has(table) ? null : `gpu/${table.replace(/^\w+\./, '').replaceAll('_', '-')}`;
}
