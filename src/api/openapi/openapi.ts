/**
 * OpenAPI of the API, written from the table that validates requests. It says what is
 * answered, also where IGN's own description does not: names of properties, what is
 * refused, and what each layer is asked by.
 */
import type { CartoSource } from '../answer/source.ts';
import { collectionOf, refTo, SCHEMAS, type Column } from './schemas.ts';
import type { Parameter, Schema } from '../routes/parameter.ts';
import { ROUTES, type Method, type Route } from '../routes/routes.ts';

export interface OpenApiOptions {
  /** Where the API stands; `/api` without it. */
  readonly server?: string;
  /** Of what is published. */
  readonly version?: string;
}

/** What is known of a tree: its catalogue. */
type Published = Pick<CartoSource, 'catalogue'>;

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

function isRequired(parameter: Parameter, method: Method): boolean {
  return parameter.required === true && (method === 'POST' || parameter.name === 'geom');
}

function inQuery(parameter: Parameter, route: Route, method: Method): Schema {
  const { name, description, schema } = parameter;
  const isInPath = route.path.includes(`{${name}}`);
  const required = isInPath || isRequired(parameter, method);
  const base = { name, in: isInPath ? 'path' : 'query', description, required };
  return name === 'geom' ? { ...base, content: { 'application/json': { schema } } } : { ...base, schema };
}

function bodyOf(parameters: readonly Parameter[]): Schema {
  const properties = Object.fromEntries(
    parameters.map(({ name, schema, description }) => [name, { ...schema, description }]),
  );
  const required = parameters.filter((parameter) => isRequired(parameter, 'POST')).map(({ name }) => name);
  const schema = { type: 'object', properties, ...(required.length > 0 && { required }) };
  return { content: { 'application/json': { schema } } };
}

function answerOf(route: Route, columns: readonly Column[]): Schema {
  switch (route.kind) {
    case 'communes postales':
      return refTo('Communes');
    case 'everything':
      return { type: 'array', items: refTo('Collection'), minItems: 17, maxItems: 17 };
    case 'features':
    case 'appellations':
      return collectionOf(columns);
  }
}

function responsesOf(route: Route, columns: readonly Column[]): Schema {
  const json = 'application/json; charset=utf-8';
  const missing = response('No such postal code', 'text/plain; charset=utf-8', { const: 'Not Found' });
  return {
    200: response('The answer', json, answerOf(route, columns)),
    400: response('Wrong parameters, all at once; or a sentence', json, refTo('Refusal')),
    ...(route.kind === 'communes postales' && { 404: missing }),
    413: response('The question, or its body, would cost too much', json, refTo('Fault')),
    501: response('The tree does not cover what is asked', json, refTo('Fault')),
    502: response('The storage could not be read', json, refTo('Fault')),
  };
}

function operationOf(route: Route, method: Method, columns: readonly Column[]): Schema {
  const parameters = parametersOf(route);
  const [, module = ''] = route.path.split('/');
  return {
    operationId: `${method.toLowerCase()}-${route.layer.replaceAll('/', '-')}`,
    summary: route.summary,
    tags: [module],
    ...(method === 'GET'
      ? { parameters: parameters.map((parameter) => inQuery(parameter, route, method)) }
      : { requestBody: bodyOf(parameters) }),
    responses: responsesOf(route, columns),
  };
}

/** The document, of OpenAPI 3.1; with the fields of each layer where `published` is given. */
export function openApi(options: OpenApiOptions = {}, published?: Published): Schema {
  const { server = '/api', version = '1' } = options;
  const paths = ROUTES.map((route) => {
    const columns = published?.catalogue.layers[route.layer]?.fields ?? [];
    const operations = route.methods.map((method) => [
      method.toLowerCase(),
      operationOf(route, method, columns),
    ]);
    return [route.path, Object.fromEntries(operations) as Schema];
  });
  return {
    openapi: '3.1.0',
    info: { title: 'API Carto, from static files', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: server }],
    paths: Object.fromEntries(paths) as Schema,
    components: { schemas: SCHEMAS },
  };
}
