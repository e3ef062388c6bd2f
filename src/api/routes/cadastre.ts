/** The parameters of the cadastre's routes, in the order in which API Carto validates them. */
import { hasLength, isAlphanumeric, isNumeric, isString, matches, refused } from '../validate/rules.ts';
import { codeInsee, geom, limit, start, TEXT, text, type Parameter } from './parameter.ts';

function former(name: string, replacement: string): Parameter {
  const message = `Le paramètre "${name}" a été remplacé par "${replacement}" pour éviter des renommages dans les données et chaînage de requête`;
  const description = `Former name of ${replacement}: refused.`;
  return { name, rules: [refused(message)], description, schema: TEXT, isFormer: true };
}

const SOURCES =
  'Les seules valeurs possibles sont: PCI pour utiliser les couches PCI-Express ou BDP pour utiliser les couches BD Parcellaires';

export const COMMUNE: readonly Parameter[] = [
  former('codearr', 'code_arr'),
  former('dep', 'code_dep'),
  former('insee', 'code_insee'),
  {
    name: 'source_ign',
    rules: [isString, hasLength(3, 3, SOURCES)],
    description: 'PCI for Parcellaire Express, the default; BDP for BD Parcellaire.',
    schema: { type: 'string', enum: ['PCI', 'BDP'], default: 'PCI' },
  },
  codeInsee('code_insee'),
  {
    name: 'code_dep',
    rules: [isAlphanumeric, hasLength(2, 2, 'Code département invalide')],
    description: 'The first 2 characters of the INSEE code, overseas too.',
    schema: text('^(\\d{2}|2[AaBb])$', '25'),
  },
  {
    name: 'code_com',
    rules: [isNumeric, hasLength(2, 3, 'Code commune invalide')],
    description: 'The 3 digits of the INSEE code after code_dep.',
    schema: text('^\\d{3}$', '349'),
  },
  {
    name: 'nom_com',
    rules: [],
    description: 'The name of the commune, as the cadastre writes it.',
    schema: TEXT,
  },
  geom,
  limit,
  start,
];

export const FEUILLE: readonly Parameter[] = [
  ...COMMUNE,
  {
    name: 'section',
    rules: [isAlphanumeric, hasLength(2, 2, 'Le numéro de section est sur 2 caractères')],
    description: 'The section, padded with 0.',
    schema: text('^[0-9A-Za-z]{2}$', '0A'),
  },
  {
    name: 'code_arr',
    rules: [isNumeric, hasLength(3, 3, 'Le code arrondissement est composé de 3 chiffres')],
    description: 'The arrondissement of Paris, Lyon or Marseille; 000 elsewhere.',
    schema: text('^\\d{3}$', '107'),
  },
  {
    name: 'com_abs',
    rules: [isNumeric, hasLength(3, 3, 'Le prefixe est composé de 3 chiffres obligatoires')],
    description: 'The prefix of a commune that was absorbed; 000 for most.',
    schema: text('^\\d{3}$', '000'),
  },
];

export const PARCELLE: readonly Parameter[] = [
  ...FEUILLE,
  {
    name: 'numero',
    rules: [matches(/\w{4}/, 'Le numéro de parcelle est sur 4 caractères')],
    description: 'The number of the parcel, padded with 0.',
    schema: text('^\\w{4}$', '0075'),
  },
];
