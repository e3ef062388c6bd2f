/** One route and method in OpenAPI: what it takes, and every answer that it gives. */
import type { Parameter, Schema } from '../routes/parameter.ts';
import type { Method, Route } from '../routes/routes.ts';
import { responsesOf } from './responses.ts';
import type { Columns } from './schemas.ts';

/** Values of parameters, by name. */
export type Values = Readonly<Record<string, unknown>>;

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
    responses: responsesOf(route, method, columns),
  };
}
