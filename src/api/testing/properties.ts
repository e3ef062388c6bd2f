/**
 * What API Carto's answers have as properties, route by route, and the type of each, where
 * it is no text: the columns of the services that it asks, as these describe them.
 */

const PARCEL = 'feuille:number section code_dep nom_com code_com com_abs';
const GPU = 'gid:number gpu_doc_id gpu_status gpu_timestamp partition';
const SUP = 'gid:number gpu_doc_id gpu_status gpu_timestamp suptype partition fichier';
const REGLEMENT = 'nomsuplitt nomreg urlreg';
const DRAWN = 'nomfic urlfic insee';
const PRESCRIPTION = 'datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole';
const INFO = `${GPU} libelle txt typeinf typep ${DRAWN} idurba datvalid stypeinf stypep idinfo lib_idinfo nature symbole`;
const ASSIETTE = `${SUP} idass idgen nomass typeass modegeoass paramcalc:number srcgeoass datesrcass`;
const GENERATEUR = `${SUP} idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext`;

/** By route; what follows a `?` chooses the source. */
export const PROPERTIES: Readonly<Record<string, string>> = {
  '/aoc/appellation-viticole':
    'appellation denomination idapp id_denom id_uni insee nomcom old_insee old_nomcom new_insee new_nomcom segment granularite instruction_obligatoire:boolean contains:boolean area:number type_prod categorie type_denom signe id_aire crinao cvi grp_name1 grp_name2 dt',
  '/cadastre/commune': 'gid:number nom_com code_dep code_insee',
  '/cadastre/feuille': `gid:number ${PARCEL} echelle edition code_arr code_insee`,
  '/cadastre/parcelle': `gid:number numero ${PARCEL} code_arr idu contenance:number code_insee`,
  '/cadastre/localisant': `gid:number numero ${PARCEL} code_arr idu code_insee`,
  '/cadastre/division': `${PARCEL} echelle edition:number code_arr code_insee`,
  '/cadastre/commune?source_ign=BDP': 'nom_com code_dep code_insee',
  '/cadastre/parcelle?source_ign=BDP': `numero ${PARCEL} code_arr code_insee`,
  '/cadastre/localisant?source_ign=BDP': `numero ${PARCEL} code_arr code_insee`,
  '/gpu/municipality': 'insee name is_rnu:boolean is_deleted:boolean is_coastline:boolean',
  '/gpu/document':
    'gid:number id grid_name grid_title name gpu_doc_id gpu_status gpu_timestamp partition du_type',
  '/gpu/zone-urba': `${GPU} libelle libelong typezone destdomi ${DRAWN} datappro datvalid idurba idzone lib_idzone formdomi destoui destcdt destnon symbole`,
  '/gpu/secteur-cc': `${GPU} libelle libelong typesect fermreco destdomi ${DRAWN} datappro datvalid idurba lib_idzone symbole`,
  '/gpu/prescription-pct': `${GPU} libelle txt typepsc ${DRAWN} angle:number ${PRESCRIPTION}`,
  '/gpu/prescription-lin': `${GPU} libelle txt typepsc ${DRAWN} ${PRESCRIPTION}`,
  '/gpu/prescription-surf': `${GPU} libelle txt typepsc ${DRAWN} ${PRESCRIPTION}`,
  '/gpu/info-pct': INFO,
  '/gpu/info-lin': INFO,
  '/gpu/info-surf': INFO,
  '/gpu/acte-sup': `${GPU} idacte nomacte reference typeacte fichier decision datedecis datepub aplan`,
  '/gpu/assiette-sup-p': `${ASSIETTE} h:number href ${REGLEMENT}`,
  '/gpu/assiette-sup-l': `${ASSIETTE} h:number href ${REGLEMENT}`,
  '/gpu/assiette-sup-s': `${ASSIETTE} angle1:number angle2:number rayon:number h:number href xdebut:number xfinal:number ydebut:number yfinal:number largeur:number ${REGLEMENT}`,
  '/gpu/generateur-sup-p': `${GENERATEUR} tension:number type adresse ${REGLEMENT}`,
  '/gpu/generateur-sup-l': `${GENERATEUR} adresse type diametre:number tension:number croisement type_gest type_voie ${REGLEMENT}`,
  '/gpu/generateur-sup-s': `${GENERATEUR} adresse type id_gaspar code_alea croisement type_gest type_voie url_grisq url_grisk ${REGLEMENT}`,
};

/** What the geometries of a route are: areas, where it is not said here; `null` for no place at all. */
export const GEOMETRIES: Readonly<Record<string, string | null>> = {
  '/cadastre/localisant': 'MultiPoint',
  '/cadastre/localisant?source_ign=BDP': 'MultiPoint',
  '/gpu/prescription-pct': 'MultiPoint',
  '/gpu/prescription-lin': 'MultiLineString',
  '/gpu/info-pct': 'MultiPoint',
  '/gpu/info-lin': 'MultiLineString',
  '/gpu/acte-sup': null,
  '/gpu/assiette-sup-p': 'MultiPoint',
  '/gpu/assiette-sup-l': 'MultiLineString',
  '/gpu/generateur-sup-p': 'MultiPoint',
  '/gpu/generateur-sup-l': 'MultiLineString',
};
