/**
 * The properties of each layer's features, for the compiler: what a tree of this
 * format publishes. At run time the catalogue says which fields there are.
 */

type Text = string | null;
/** A whole number, or any number, as the field's type in the catalogue says. */
type Numeric = number | null;
type Flag = boolean | null;

export interface AppellationViticole {
  appellation: Text;
  denomination: Text;
  idapp: Text;
  id_denom: Text;
  /** `1-<idapp>-<insee>`. */
  id_uni: Text;
  insee: Text;
  nomcom: Text;
  old_insee: Text;
  old_nomcom: Text;
  new_insee: Text;
  new_nomcom: Text;
  segment: Text;
  granularite: Text;
  instruction_obligatoire: Flag;
  type_prod: Text;
  categorie: Text;
  type_denom: Text;
  signe: Text;
  id_aire: Text;
  crinao: Text;
  /** Separated by commas. */
  cvi: Text;
  grp_name1: Text;
  grp_name2: Text;
  dt: Text;
}

interface CommuneBdp {
  nom_com: Text;
  code_dep: Text;
  code_insee: Text;
}

export interface Commune extends CommuneBdp {
  gid: Numeric;
}

/** A place in the cadastre; Paris, Lyon and Marseille carry their parent commune and `code_arr`. */
interface Place extends CommuneBdp {
  feuille: Numeric;
  section: Text;
  code_com: Text;
  /** Of a commune absorbed by another; else 000. */
  com_abs: Text;
  code_arr: Text;
}

export interface Division extends Place {
  echelle: Text;
  edition: Numeric;
}

export interface Feuille extends Place {
  gid: Numeric;
  echelle: Text;
  /** A date. */
  edition: Text;
}

export interface ParcelleBdp extends Place {
  numero: Text;
}

export interface Localisant extends ParcelleBdp {
  gid: Numeric;
  idu: Text;
}

export interface Parcelle extends Localisant {
  /** Square metres; the cadastre does not know every one. */
  contenance: Numeric;
}

export interface Municipality {
  insee: Text;
  name: Text;
  /** Without a document: the national rules apply. */
  is_rnu: Flag;
  /** A former commune. API Carto answers these too. */
  is_deleted: Flag;
  is_coastline: Flag;
}

interface GpuRow {
  gid: Numeric;
  gpu_doc_id: Text;
  gpu_status: Text;
  gpu_timestamp: Text;
  partition: Text;
}

export interface DocumentUrba extends GpuRow {
  id: Text;
  grid_name: Text;
  grid_title: Text;
  name: Text;
  du_type: Text;
}

/** Files and dates (`YYYYMMDD`) of what a document of town planning draws. */
interface Drawn extends GpuRow {
  libelle: Text;
  nomfic: Text;
  urlfic: Text;
  insee: Text;
  datvalid: Text;
  idurba: Text;
  symbole: Text;
}

interface Zoned extends Drawn {
  libelong: Text;
  destdomi: Text;
  datappro: Text;
  lib_idzone: Text;
}

export interface ZoneUrba extends Zoned {
  typezone: Text;
  idzone: Text;
  formdomi: Text;
  destoui: Text;
  destcdt: Text;
  destnon: Text;
}

export interface SecteurCc extends Zoned {
  typesect: Text;
  fermreco: Text;
}

export interface Prescription extends Drawn {
  txt: Text;
  typepsc: Text;
  stypepsc: Text;
  datappro: Text;
  idpsc: Text;
  lib_idpsc: Text;
  nature: Text;
}

export interface PrescriptionPct extends Prescription {
  angle: Numeric;
}

export interface Info extends Drawn {
  txt: Text;
  typeinf: Text;
  typep: Text;
  stypeinf: Text;
  stypep: Text;
  idinfo: Text;
  lib_idinfo: Text;
  nature: Text;
}

export interface ActeSup extends GpuRow {
  idacte: Text;
  nomacte: Text;
  reference: Text;
  typeacte: Text;
  fichier: Text;
  decision: Text;
  datedecis: Text;
  datepub: Text;
  aplan: Text;
}

interface Servitude extends GpuRow {
  /** The category, in lower case. */
  suptype: Text;
  fichier: Text;
  idgen: Text;
  nomsuplitt: Text;
  nomreg: Text;
  urlreg: Text;
}

export interface AssietteSup extends Servitude {
  idass: Text;
  nomass: Text;
  typeass: Text;
  modegeoass: Text;
  paramcalc: Numeric;
  srcgeoass: Text;
  datesrcass: Text;
  h: Numeric;
  href: Text;
}

export interface AssietteSupS extends AssietteSup {
  angle1: Numeric;
  angle2: Numeric;
  rayon: Numeric;
  xdebut: Numeric;
  xfinal: Numeric;
  ydebut: Numeric;
  yfinal: Numeric;
  largeur: Numeric;
}

interface GenerateurSup extends Servitude {
  idsup: Text;
  nomgen: Text;
  typegen: Text;
  modegenere: Text;
  srcgeogen: Text;
  datesrcgen: Text;
  refbdext: Text;
  idbdext: Text;
  adresse: Text;
  type: Text;
}

export interface GenerateurSupP extends GenerateurSup {
  tension: Numeric;
}

interface GenerateurSupDrawn extends GenerateurSup {
  croisement: Text;
  type_gest: Text;
  type_voie: Text;
}

export interface GenerateurSupL extends GenerateurSupDrawn {
  diametre: Numeric;
  tension: Numeric;
}

export interface GenerateurSupS extends GenerateurSupDrawn {
  id_gaspar: Text;
  code_alea: Text;
  url_grisq: Text;
  url_grisk: Text;
}

/** What an interface says, as a type: it fits where the properties of any layer do. */
type Plain<T> = { [F in keyof T]: T[F] };

/** By layer. */
export type LayerProperties = { [L in keyof ByLayer]: Plain<ByLayer[L]> };

interface ByLayer {
  'aoc/appellation-viticole': AppellationViticole;
  'cadastre/commune': Commune;
  'cadastre/division': Division;
  'cadastre/feuille': Feuille;
  'cadastre/parcelle': Parcelle;
  'cadastre/localisant': Localisant;
  'cadastre/commune-bdp': CommuneBdp;
  'cadastre/parcelle-bdp': ParcelleBdp;
  'cadastre/localisant-bdp': ParcelleBdp;
  'gpu/municipality': Municipality;
  'gpu/document': DocumentUrba;
  'gpu/zone-urba': ZoneUrba;
  'gpu/secteur-cc': SecteurCc;
  'gpu/prescription-pct': PrescriptionPct;
  'gpu/prescription-lin': Prescription;
  'gpu/prescription-surf': Prescription;
  'gpu/info-pct': Info;
  'gpu/info-lin': Info;
  'gpu/info-surf': Info;
  'gpu/acte-sup': ActeSup;
  'gpu/assiette-sup-p': AssietteSup;
  'gpu/assiette-sup-l': AssietteSup;
  'gpu/assiette-sup-s': AssietteSupS;
  'gpu/generateur-sup-p': GenerateurSupP;
  'gpu/generateur-sup-l': GenerateurSupL;
  'gpu/generateur-sup-s': GenerateurSupS;
}
