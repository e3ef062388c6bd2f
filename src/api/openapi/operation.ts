/** One route and method in OpenAPI: what it takes, and every answer that it gives. */
import type { Parameter, Schema } from '../routes/parameter.ts';
import type { Method, Route } from '../routes/routes.ts';
import { collectionOf, refTo, type Columns } from './schemas.ts';

/** Values of parameters, by name. */
export type Values = Readonly<Record<string, unknown>>;

function response(description: string, type: string, schema: Schema): Schema {
  return { description, content: { [type]: { schema } } };
}

/** The parameters of a route, those with more rules in place of upstream's of the same name. */
function parametersOf(route: Route): Parameter[] {
  const shown = new Map<string, Parameter>();
  for (const parameter of [...route.parameters, ...route.beyond]) {
    if (parameter.isFormer !== true && !shown.has(parameter.name)) shown.set(parameter.name, parameter);
  }
  return [...shown.values()];
}

/** Upstream's keys are asked for where upstream is asked, by POST. */
function isRequired(parameter: Parameter, method: Method): boolean {
  return parameter.required === true && (method === 'POST' || parameter.name === 'geom');
}

/** A geometry in a query string is the text of a JSON value, which is not written as other objects are. */
function inQuery(parameter: Parameter, route: Route, examples: Values): Schema {
  const { name, description, schema } = parameter;
  const isInPath = route.path.includes(`{${name}}`);
  const required = isInPath || isRequired(parameter, 'GET');
  const base = { name, in: isInPath ? 'path' : 'query', description, required };
  const example = name in examples ? { example: examples[name] } : {};
  return name === 'geom'
    ? { ...base, content: { 'application/json': { schema, ...example } } }
    : { ...base, schema, ...example };
}

function bodyOf(parameters: readonly Parameter[], examples: Values): Schema {
  const properties = Object.fromEntries(
    parameters.map(({ name, schema, description }) => [name, { ...schema, description }]),
  );
  const required = parameters.filter((parameter) => isRequired(parameter, 'POST')).map(({ name }) => name);
  const schema = { type: 'object', properties, ...(required.length > 0 && { required }) };
  const shown = Object.keys(examples).length > 0 && { example: examples };
  return {
    description: 'What may stand in the query string too, which wins; geom as an object or as its text.',
    required: required.length > 0,
    content: { 'application/json': { schema, ...shown } },
  };
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

function responsesOf(route: Route, columns: Columns): Schema {
  const json = 'application/json; charset=utf-8';
  const isTable = route.kind === 'communes postales';
  const missing = response('No such postal code', 'text/plain; charset=utf-8', { const: 'Not Found' });
  const answer = response('The answer', json, answerOf(route, columns));
  return {
    200: isTable ? answer : { ...answer, headers: HEADERS },
    400: response('Wrong parameters, all at once; or a sentence', json, refTo('Refusal')),
    ...(isTable && { 404: missing }),
    413: response('The question, or its body, would cost too much', json, refTo('Fault')),
    501: response('The tree does not cover what is asked', json, refTo('Fault')),
    502: response('The storage could not be read', json, refTo('Fault')),
  };
}

const FILTERED =
  'Any property of the answer can be asked for by its name, too; texts are compared as they are.';

/** `columns` of the layer that answers, `examples` for its parameters, as far as they are known. */
export function operationOf(route: Route, method: Method, columns: Columns, examples: Values): Schema {
  const parameters = parametersOf(route);
  const [, module = ''] = route.path.split('/');
  return {
    operationId: `${method.toLowerCase()}-${route.layer.replaceAll('/', '-')}`,
    summary: route.summary,
    ...(route.kind === 'features' && { description: FILTERED }),
    tags: [module],
    ...(method === 'GET'
      ? { parameters: parameters.map((parameter) => inQuery(parameter, route, examples)) }
      : { requestBody: bodyOf(parameters, examples) }),
    responses: responsesOf(route, columns),
  };
}
