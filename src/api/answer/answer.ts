/** Answers requests that are valid, each kind of route in its way. */
import { CartoError } from '../../errors.ts';
import type { ApiRequest } from '../read/body.ts';
import { valueOf, type Given } from '../read/given.ts';
import { respondJson, respondNotFound } from '../respond.ts';
import { GPU, type Route } from '../routes/routes.ts';
import { askActs } from './acts.ts';
import { askAppellations } from './appellations.ts';
import { ask, OUTSIDE, together, type Found } from './ask.ts';
import { askDocuments } from './documents.ts';
import { collectionOf, headersOf, type Collection } from './envelope.ts';
import { askMunicipalities } from './municipalities.ts';
import { askPoints } from './points.ts';
import { readQuestion, type Question, type QuestionOptions } from './question.ts';
import { fieldsOf, type CartoSource } from './source.ts';

export interface AnswerOptions extends QuestionOptions {
  /** Whether nothing found outside of the coverage is an error; else a header tells it. */
  readonly refusesOutside: boolean;
}

/** A valid request. */
export interface Valid {
  readonly carto: CartoSource;
  readonly request: ApiRequest;
  readonly route: Route;
  readonly given: Given;
  readonly options: AnswerOptions;
}

type Ask = (carto: CartoSource, question: Question, signal?: AbortSignal) => Promise<Found>;

/** The layers that are asked in a way of their own. */
const ASKED: Readonly<Record<string, Ask>> = {
  'aoc/appellation-viticole': askAppellations,
  'cadastre/localisant': askPoints,
  'gpu/acte-sup': askActs,
  'gpu/document': askDocuments,
  'gpu/municipality': askMunicipalities,
};

function askRoute({ layer }: Route): Ask {
  return (Object.hasOwn(ASKED, layer) ? ASKED[layer] : undefined) ?? ask;
}

async function answerFeatures({ carto, request, route, given, options }: Valid): Promise<Response> {
  const question = readQuestion(carto, route, given, options);
  const found = await askRoute(route)(carto, question, request.signal);
  if (options.refusesOutside && found.features.length === 0 && found.coverage === 'outside') {
    throw new CartoError('OutsideCoverage', `${route.path}: the tree does not cover what is asked`);
  }
  return respondJson(collectionOf(found, question, route, request), 200, headersOf(found));
}

/** A signal of its own for each of many questions: platforms warn of many listeners to one. */
function following(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal && AbortSignal.any([signal]);
}

/** One layer of all. A territory may have none of it: what it has is answered, and a header tells. */
async function askLayer(
  { carto, request, options }: Valid,
  layer: Route,
  question: Question,
): Promise<Found> {
  const isHeld = ({ layer: name }: Route): boolean => fieldsOf(carto, name).length > 0;
  if (!options.refusesOutside && !isHeld(layer) && GPU.some(isHeld)) return OUTSIDE;
  return askRoute(layer)(carto, question, following(request.signal));
}

async function answerEverything(valid: Valid): Promise<Response> {
  const { carto, route, given, options } = valid;
  // No other parameter means the same to all layers.
  const place = { ...given, body: { geom: valueOf(given, 'geom') }, query: {} };
  const all = GPU.map(async (layer) => {
    const own: Route = { ...layer, parameters: route.parameters, beyond: [], cap: route.cap };
    const question = readQuestion(carto, own, place, { ...options, maxLimit: 0 });
    const found = await askLayer(valid, layer, question);
    const featureType = layer.layer.replace('gpu/', '');
    return { found, collection: { ...collectionOf(found, question, layer), featureType } };
  });
  const answers = await Promise.all(all);
  const collections: Collection[] = answers.map(({ collection }) => collection);
  return respondJson(collections, 200, headersOf(answers.map(({ found }) => found).reduce(together)));
}

async function answerCommunes({ carto, request, given }: Valid): Promise<Response> {
  const codePostal = String(valueOf(given, 'codePostal'));
  const communes = await carto.codesPostaux.communes(codePostal, { signal: request.signal });
  return communes.length === 0 ? respondNotFound() : respondJson(communes);
}

/** @throws CartoError, or the reason of the request's signal. */
export function answer(valid: Valid): Promise<Response> {
  switch (valid.route.kind) {
    case 'everything':
      return answerEverything(valid);
    case 'communes postales':
      return answerCommunes(valid);
    case 'features':
    case 'appellations':
      return answerFeatures(valid);
  }
}
