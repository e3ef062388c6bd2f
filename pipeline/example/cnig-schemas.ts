/**
 * Tables of the CNIG standards, as depositors write them: planning documents of 2017,
 * servitudes of 2016. Widths are those of the standards.
 */
import { integer, real, text, type FieldTable } from './fields.ts';

const END: FieldTable = [text('NOMFIC', 80), text('URLFIC', 254), text('IDURBA', 30), text('DATVALID', 8)];

function prescription(typepsc: FieldTable[number]): FieldTable {
  return [text('LIBELLE', 254), text('TXT', 10), typepsc, text('STYPEPSC', 2), ...END];
}

/** Planning documents. */
export const DU = {
  DOC_URBA: [
    text('IDURBA', 30),
    text('TYPEDOC', 4),
    text('ETAT', 2),
    text('NOMPROC', 10),
    text('DATAPPRO', 8),
    text('DATEFIN', 8),
    text('SIREN', 9),
    text('NOMREG', 80),
    text('URLREG', 254),
    text('NOMPLAN', 80),
    text('URLPLAN', 254),
    text('URLPE', 254),
    text('SITEWEB', 254),
    text('TYPEREF', 2),
    text('DATEREF', 8),
  ],
  DOC_URBA_COM: [text('IDURBA', 30), text('INSEE', 5)],
  ZONE_URBA: [text('LIBELLE', 12), text('LIBELONG', 254), text('TYPEZONE', 3), ...END],
  SECTEUR_CC: [text('LIBELLE', 12), text('LIBELONG', 254), text('TYPESECT', 3), text('FERMRECO', 3), ...END],
  PRESCRIPTION_SURF: prescription(text('TYPEPSC', 2)),
  /** A number of type and subtype together, as some depositors write it. */
  PRESCRIPTION_LIN: prescription(integer('TYPEPSC', 9)),
  PRESCRIPTION_PCT: prescription(text('TYPEPSC', 2)),
  INFO_SURF: [text('LIBELLE', 254), text('TXT', 10), text('TYPEINF', 2), text('STYPEINF', 2), ...END],
} as const satisfies Record<string, FieldTable>;

/** Servitudes; identifiers are numbers with decimals in the tables and without in the shapefiles. */
export const SUP = {
  SERVITUDE: [
    real('IDSUP', 5, 2),
    real('IDGEST', 4, 2),
    text('NOMSUP', 100),
    text('NOMSUPLITT', 100),
    text('CATEGORIE', 10),
    text('IDINTGEST', 25),
    text('DESCRIPTIO', 150),
    text('DATEMAJ', 8),
    real('ECHNUM', 8, 2),
    text('VALIDEGEST', 1),
    text('OBSVALIDAT', 254),
    text('ESTABROGE', 1),
    text('MODEPROD', 25),
    text('QUIPROD', 80),
    text('DOCSOURCE', 80),
  ],
  ACTE_SUP: [
    real('IDACTE', 5, 2),
    text('NOMACTE', 100),
    text('REFERENCE', 50),
    text('TYPEACTE', 50),
    text('FICHIER', 254),
    text('DECISION', 25),
    text('DATEDECIS', 8),
    text('DATEPUB', 8),
    text('APLAN', 1),
  ],
  SERVITUDE_ACTE_SUP: [real('IDSUP', 5, 2), real('IDACTE', 5, 2)],
  GESTIONNAIRE_SUP: [
    real('IDGEST', 4, 2),
    text('NOMGEST', 80),
    text('NOMCORRES', 80),
    text('NUMTEL', 10),
    text('COURRIEL', 80),
    text('ADRESSE', 80),
  ],
  GENERATEUR_SUP_S: [
    integer('IdGen', 9),
    integer('IdSup', 9),
    text('nomGen', 100),
    text('typeGen', 40),
    text('modeGenere', 50),
    text('srcGeoGen', 30),
    text('dateSrcGen', 25),
    text('refBDExt', 50),
    text('idBDExt', 50),
    text('ID_GASPAR', 24),
    text('CODE_ALEA', 2),
  ],
  ASSIETTE_SUP_S: [
    integer('IdAss', 9),
    integer('IdGen', 9),
    text('nomAss', 100),
    text('typeAss', 40),
    text('modeGeoAss', 25),
    integer('paramCalc', 9),
    text('srcGeoAss', 30),
    text('dateSrcAss', 8),
  ],
} as const satisfies Record<string, FieldTable>;
