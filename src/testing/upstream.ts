/**
 * API Carto's validation, by the two packages that it validates with: what a request is
 * refused for, or `null`. The rules are those of its documentation, written down apart
 * from ours, so that one can be held against the other.
 */
import { createRequire } from 'node:module';
import { parse } from 'node:querystring';
import { check, validationResult, type ValidationChain } from 'express-validator';

interface Hint {
  readonly message: string;
  readonly level?: 'message';
}

const { hint } = createRequire(import.meta.url)('@mapbox/geojsonhint') as {
  readonly hint: (value: unknown) => Hint[];
};

function geometry(value: unknown): true {
  const errors = hint(value).filter(({ level }) => level !== 'message');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(', '));
  return true;
}

function insee(value: { readonly length: number }): true {
  if (value.length !== 5) throw new Error('INSEE code must have 5 characters');
  const code = (value as string).toUpperCase();
  const isCommune = /^(2[AB]|\d\d)\d\d\d$/.test(code) && !/^(96|98|99|00|20)/.test(code);
  if (!isCommune) throw new Error('Invalid INSEE code');
  return true;
}

const given = (name: string): ValidationChain => check(name).optional();
const digits = (name: string, min: number, max: number, message: string): ValidationChain =>
  given(name).isNumeric().isLength({ min, max }).withMessage(message);
const letters = (name: string, message: string): ValidationChain =>
  given(name).isAlphanumeric().isLength({ min: 2, max: 2 }).withMessage(message);
const former = (name: string, now: string): ValidationChain =>
  given(name)
    .custom(() => false)
    .withMessage(
      `Le paramètre "${name}" a été remplacé par "${now}" pour éviter des renommages dans les données et chaînage de requête`,
    );

const geom = given('geom').custom(geometry);

const COMMUNE = [
  former('codearr', 'code_arr'),
  former('dep', 'code_dep'),
  former('insee', 'code_insee'),
  given('source_ign')
    .isString()
    .isLength({ min: 3, max: 3 })
    .withMessage(
      'Les seules valeurs possibles sont: PCI pour utiliser les couches PCI-Express ou BDP pour utiliser les couches BD Parcellaires',
    ),
  given('code_insee').custom(insee),
  letters('code_dep', 'Code département invalide'),
  digits('code_com', 2, 3, 'Code commune invalide'),
  given('nom_com'),
  geom,
  given('_limit').isNumeric(),
  given('_start').isNumeric(),
];
const FEUILLE = [
  ...COMMUNE,
  letters('section', 'Le numéro de section est sur 2 caractères'),
  digits('code_arr', 3, 3, 'Le code arrondissement est composé de 3 chiffres'),
  digits('com_abs', 3, 3, 'Le prefixe est composé de 3 chiffres obligatoires'),
];
const PARCELLE = [
  ...FEUILLE,
  given('numero').matches(/\w{4}/).withMessage('Le numéro de parcelle est sur 4 caractères'),
];
const PARTITION = [geom, given('partition').isString()];
const SERVITUDE = [...PARTITION, given('categorie').isString()];
const AOC = [check('geom').exists().custom(geometry), check('source').exists(), check('apikey').exists()];

const RULES: readonly (readonly [RegExp, readonly ValidationChain[]])[] = [
  [/cadastre.commune$/, COMMUNE],
  [/cadastre.(division|feuille)$/, FEUILLE],
  [/cadastre/, PARCELLE],
  [/gpu.all$/, [geom]],
  [/gpu.municipality$/, [geom, given('insee').custom(insee)]],
  [/gpu.(assiette|generateur)/, SERVITUDE],
  [/gpu/, PARTITION],
  [/aoc/, AOC],
];

/** What is wrong with a request on the route at `path`, in the form of API Carto's refusals. */
export async function refusalOf(path: string, query: string, body: object): Promise<object | null> {
  const request = { query: { ...parse(query) }, body, headers: {}, params: {} };
  const rules = RULES.find(([form]) => form.test(path))?.[1] ?? [];
  for (const rule of rules) await rule.run(request);
  const result = validationResult(request);
  return result.isEmpty() ? null : { code: 400, message: result.mapped() };
}
