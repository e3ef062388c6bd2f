/**
 * Cadastre: parcels, sheets, communes and localisants from Parcellaire Express, with
 * Etalab's GeoJSON and DGFiP's own EDIGEO as other ways to the same layers; divisions
 * and the older variants from BD Parcellaire.
 */
import { departementOf } from './departement.ts';
import { fields, LICENCE_OUVERTE } from './dataset.ts';
import type { FormatSpec, LayerSpec } from './dataset.ts';
import { edigeoRules } from './edigeo.ts';
import { etalabReferences, etalabRules } from './etalab.ts';
import { bdParcellaireRules, parcellaireExpressRules } from './ign.ts';

const PARCELLE = 'numero feuille:integer section code_dep nom_com code_com com_abs code_arr';
const FEUILLE = 'feuille:integer section code_dep nom_com code_com com_abs echelle';
const COMMUNE = 'gid:integer nom_com code_dep code_insee';

type Naming = Pick<LayerSpec, 'identifier' | 'maxRepeats' | 'maxDrop' | 'keys' | 'ids'>;

/** A parcel of BD Parcellaire has no `idu`: its parts name it. */
const PARTS_OF_IDU = ['code_insee', 'com_abs', 'code_arr', 'section', 'numero'];

const BY_SECTION = ['code_dep', 'code_com', 'com_abs', 'section'];
/** Without `com_abs`, which few know: what is found is told apart by it. */
const PARCELLE_IDS = ['code_dep', 'code_com', 'section', 'numero'];

/** The producers know parcels of one `idu`: some in ten thousand, of which readers take the lowest sheet. */
const REPEATED_PARCELLES = 0.01;

const COMMUNES: Naming = {
  identifier: ['code_insee'],
  maxRepeats: 0,
  maxDrop: 0.01,
  keys: ['code_insee'],
  ids: ['code_insee'],
};
const FEUILLES: Naming = {
  identifier: ['code_insee', 'code_arr', 'com_abs', 'section', 'feuille'],
  maxRepeats: 0,
  maxDrop: 0.05,
  keys: BY_SECTION,
  ids: null,
};
const PARCELLES: Naming = {
  identifier: ['idu'],
  maxRepeats: REPEATED_PARCELLES,
  maxDrop: 0.05,
  keys: BY_SECTION,
  ids: PARCELLE_IDS,
};
const PARCELLES_BDP: Naming = { ...PARCELLES, identifier: PARTS_OF_IDU };

function cadastreLayer(
  name: string,
  title: string,
  columns: string,
  rest: Naming & Partial<Pick<LayerSpec, 'geometry'>>,
): LayerSpec {
  return {
    name: `cadastre/${name}`,
    module: 'cadastre',
    title,
    geometry: 'MultiPolygon',
    geometryName: 'geom',
    fields: fields(columns),
    ...rest,
  };
}

export const cadastreLayers: readonly LayerSpec[] = [
  cadastreLayer('commune', 'Communes du plan cadastral (PCI)', COMMUNE, COMMUNES),
  cadastreLayer(
    'feuille',
    'Feuilles cadastrales (PCI)',
    `gid:integer ${FEUILLE} edition code_arr code_insee`,
    FEUILLES,
  ),
  cadastreLayer(
    'parcelle',
    'Parcelles (PCI)',
    `gid:integer ${PARCELLE} idu contenance:integer code_insee`,
    PARCELLES,
  ),
  cadastreLayer('localisant', 'Localisants de parcelles (PCI)', `gid:integer ${PARCELLE} idu code_insee`, {
    geometry: 'MultiPoint',
    ...PARCELLES,
  }),
  cadastreLayer(
    'division',
    'Divisions cadastrales (BD Parcellaire)',
    `${FEUILLE} edition:integer code_arr code_insee`,
    FEUILLES,
  ),
  cadastreLayer('commune-bdp', 'Communes (BD Parcellaire)', 'nom_com code_dep code_insee', COMMUNES),
  cadastreLayer('parcelle-bdp', 'Parcelles (BD Parcellaire)', `${PARCELLE} code_insee`, PARCELLES_BDP),
  cadastreLayer('localisant-bdp', 'Localisants de parcelles (BD Parcellaire)', `${PARCELLE} code_insee`, {
    geometry: 'MultiPoint',
    ...PARCELLES_BDP,
  }),
];

/** All of them cover one département. */
const perDepartement = { bounds: departementOf, partition: departementOf, covers: 'data' } as const;

const ETALAB_ATTRIBUTION = 'DGFiP – Cadastre ; traitement Etalab';

export const cadastreFormats: readonly FormatSpec[] = [
  {
    format: 'parcellaire-express',
    provenance: {
      producer: 'IGN et DGFiP',
      licence: LICENCE_OUVERTE,
      attribution: 'IGN, DGFiP – Parcellaire Express (PCI)',
    },
    ...perDepartement,
    members: 'one',
    rules: parcellaireExpressRules,
  },
  {
    format: 'bd-parcellaire',
    provenance: {
      producer: 'IGN',
      licence: LICENCE_OUVERTE,
      attribution: 'IGN – BD Parcellaire (arrêtée en 2018)',
    },
    ...perDepartement,
    members: 'one',
    rules: bdParcellaireRules,
  },
  {
    format: 'etalab',
    provenance: {
      producer: 'Etalab, d’après la DGFiP',
      licence: LICENCE_OUVERTE,
      attribution: ETALAB_ATTRIBUTION,
    },
    ...perDepartement,
    members: 'many',
    rules: etalabRules,
    references: etalabReferences,
  },
  {
    format: 'edigeo',
    provenance: {
      producer: 'DGFiP',
      licence: LICENCE_OUVERTE,
      attribution: 'DGFiP – Plan cadastral informatisé',
    },
    ...perDepartement,
    members: 'many',
    rules: edigeoRules,
  },
];
