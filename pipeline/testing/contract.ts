/**
 * The properties of API Carto's answers, layer by layer, in their order and with their types, as the
 * WFS that it reads publishes them (capabilities of 2026) and as it was recorded to answer. AOC: the
 * names that its three generations of clients read. `contains` and `area` belong to the question.
 */
import type { Field } from '../../src/format/catalogue.ts';
import { fields } from '../datasets/dataset.ts';

const PARCELLE = 'numero feuille:integer section code_dep nom_com code_com com_abs code_arr';
const FEUILLE = 'feuille:integer section code_dep nom_com code_com com_abs echelle';

const PROPERTIES: Readonly<Record<string, string>> = {
  'aoc/appellation-viticole': `appellation denomination idapp id_denom id_uni insee nomcom old_insee old_nomcom
    new_insee new_nomcom segment granularite instruction_obligatoire:boolean type_prod categorie type_denom signe
    id_aire crinao cvi grp_name1 grp_name2 dt`,
  'cadastre/commune': 'gid:integer nom_com code_dep code_insee',
  'cadastre/feuille': `gid:integer ${FEUILLE} edition code_arr code_insee`,
  'cadastre/parcelle': `gid:integer ${PARCELLE} idu contenance:integer code_insee`,
  'cadastre/localisant': `gid:integer ${PARCELLE} idu code_insee`,
  'cadastre/division': `${FEUILLE} edition:integer code_arr code_insee`,
  'cadastre/commune-bdp': 'nom_com code_dep code_insee',
  'cadastre/parcelle-bdp': `${PARCELLE} code_insee`,
  'cadastre/localisant-bdp': `${PARCELLE} code_insee`,
  'gpu/municipality': `insee name is_rnu:boolean is_deleted:boolean is_coastline:boolean`,
  'gpu/document': `gid:integer id grid_name grid_title name gpu_doc_id gpu_status gpu_timestamp partition du_type`,
  'gpu/zone-urba': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle libelong typezone destdomi nomfic urlfic insee datappro datvalid idurba idzone lib_idzone formdomi destoui destcdt destnon symbole`,
  'gpu/secteur-cc': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle libelong typesect fermreco destdomi nomfic urlfic insee datappro datvalid idurba lib_idzone symbole`,
  'gpu/prescription-pct': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typepsc nomfic urlfic insee angle:integer datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole`,
  'gpu/prescription-lin': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typepsc nomfic urlfic insee datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole`,
  'gpu/prescription-surf': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typepsc nomfic urlfic insee datappro datvalid idurba stypepsc idpsc lib_idpsc nature symbole`,
  'gpu/info-pct': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typeinf typep nomfic urlfic insee idurba datvalid stypeinf stypep idinfo lib_idinfo nature symbole`,
  'gpu/info-surf': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typeinf typep nomfic urlfic insee idurba datvalid stypeinf stypep idinfo lib_idinfo nature symbole`,
  'gpu/info-lin': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition libelle txt typeinf typep nomfic urlfic insee idurba datvalid stypeinf stypep idinfo lib_idinfo nature symbole`,
  'gpu/acte-sup': `gid:integer gpu_doc_id gpu_status gpu_timestamp partition idacte nomacte reference typeacte fichier decision datedecis datepub aplan`,
  'gpu/assiette-sup-p': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idass idgen nomass typeass modegeoass paramcalc:integer srcgeoass datesrcass h:number href nomsuplitt nomreg urlreg`,
  'gpu/assiette-sup-l': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idass idgen nomass typeass modegeoass paramcalc:integer srcgeoass datesrcass h:number href nomsuplitt nomreg urlreg`,
  'gpu/assiette-sup-s': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idass idgen nomass typeass modegeoass paramcalc:integer srcgeoass datesrcass angle1:integer angle2:integer rayon:integer h:number href xdebut:number xfinal:number ydebut:number yfinal:number largeur:integer nomsuplitt nomreg urlreg`,
  'gpu/generateur-sup-p': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext tension:integer type adresse nomsuplitt nomreg urlreg`,
  'gpu/generateur-sup-l': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext adresse type diametre:integer tension:integer croisement type_gest type_voie nomsuplitt nomreg urlreg`,
  'gpu/generateur-sup-s': `gid:integer gpu_doc_id gpu_status gpu_timestamp suptype partition fichier idgen idsup nomgen typegen modegenere srcgeogen datesrcgen refbdext idbdext adresse type id_gaspar code_alea croisement type_gest type_voie url_grisq url_grisk nomsuplitt nomreg urlreg`,
};

/** By layer. */
export const CONTRACT: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(PROPERTIES).map(([layer, list]) => [layer, fields(list)]),
);
