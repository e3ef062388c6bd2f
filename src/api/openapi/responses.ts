/** The answers of one route and method in OpenAPI: every status, and every type that it comes in. */
import type { Schema } from '../routes/parameter.ts';
import type { Method, Route } from '../routes/routes.ts';
import { collectionOf, refTo, type Columns } from './schemas.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

function response(description: string, schema: Schema, type = JSON_TYPE): Schema {
  return { description, content: { [type]: { schema } } };
}

/** Of what is no request a page tells, as upstream; in the strict mode it is JSON, too. */
const PAGE = { 'text/html; charset=utf-8': { schema: { type: 'string' } } };

function orPage({ description, content }: Schema): Schema {
  return { description, content: { ...(content as Schema), ...PAGE } };
}

/** What appellations have beside the columns of their layer: it depends on the place that is asked for. */
const COMPUTED: Columns['fields'] = [
  { name: 'contains', type: 'boolean' },
  { name: 'area', type: 'number' },
];

function answerOf(route: Route, columns: Columns): Schema {
  switch (route.kind) {
    case 'communes postales':
      return refTo('Communes');
    case 'everything':
      return { type: 'array', items: refTo('Collection'), minItems: 17, maxItems: 17 };
    case 'features':
      return collectionOf(columns);
    case 'appellations':
      return collectionOf({ ...columns, fields: [...columns.fields, ...COMPUTED] });
  }
}

const HEADERS = {
  'x-carto-coverage': {
    description: 'Whether the tree covers the place: what was not found inside is not there.',
    schema: { enum: ['inside', 'partial', 'outside', 'unknown'] },
  },
  'x-carto-vintage': {
    description: 'The sources that answered, and their editions.',
    schema: { type: 'string' },
  },
};

/** What is not there: upstream has no appellations by GET, here they want a place. */
const MISSING: Partial<Record<Route['kind'], Schema>> = {
  'communes postales': response('No such postal code', { const: 'Not Found' }, 'text/plain; charset=utf-8'),
  appellations: { description: 'No place is given', content: PAGE },
};

/** By their status: `columns` of the layer that answers. */
export function responsesOf(route: Route, method: Method, columns: Columns): Schema {
  const answer = response('The answer', answerOf(route, columns));
  const missing = method === 'GET' ? MISSING[route.kind] : undefined;
  const refusal = response('Wrong parameters, all at once; or a sentence', refTo('Refusal'));
  const tooLong = response('The question, or its body, would cost too much', refTo('Fault'));
  const unknown = response('The body is written in a way that is not known', refTo('Fault'));
  return {
    200: route.kind === 'communes postales' ? answer : { ...answer, headers: HEADERS },
    400: orPage(refusal),
    ...(missing && { 404: missing }),
    413: orPage(tooLong),
    415: orPage(unknown),
    501: response('The tree does not cover what is asked', refTo('Fault')),
    502: response('The storage could not be read', refTo('Fault')),
  };
}
