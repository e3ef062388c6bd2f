/**
 * The producers' real addresses, by default and here alone. Tests send a host
 * elsewhere through the downloader's `origins`; nothing else does.
 */

export const GEOPLATEFORME = 'https://data.geopf.fr/telechargement';
export const GPU_EXTRACTION = 'https://www.geoportail-urbanisme.gouv.fr/api/extraction/download-latest';
export const DATA_GOUV = 'https://www.data.gouv.fr/api/1/datasets';
/** La Poste's portal answers under two names, of which the first is the one that data.gouv.fr links to. */
export const LAPOSTE: readonly string[] = ['data.laposte.fr', 'datanova.laposte.fr'].map(
  (host) => `https://${host}/data-fair/api/v1/datasets/laposte-hexasmal/raw`,
);
export const ETALAB = 'https://cadastre.data.gouv.fr/data/etalab-cadastre';
export const BD_PARCELLAIRE =
  'https://files.opendatarchives.fr/professionnels.ign.fr/parcellaire-express/BDPARCELLAIRE_1-2_VECTEUR/';

/** Slugs on data.gouv.fr. */
export const INAO_DATASET = 'delimitation-parcellaire-des-aoc-viticoles-de-linao';
export const LAPOSTE_DATASET = 'base-officielle-des-codes-postaux';

/** Every host that a catalogue may link to. */
export const HOSTS: readonly string[] = [
  'data.geopf.fr',
  'www.geoportail-urbanisme.gouv.fr',
  'www.data.gouv.fr',
  'static.data.gouv.fr',
  'object.files.data.gouv.fr',
  'data.laposte.fr',
  'datanova.laposte.fr',
  'cadastre.data.gouv.fr',
  'files.opendatarchives.fr',
];
