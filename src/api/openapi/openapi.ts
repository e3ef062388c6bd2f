/**
 * OpenAPI of the API, written from the table that validates requests. It says what is
 * answered, also where IGN's own description does not: names of properties, what is
 * refused, and what each layer is asked by.
 */
import type { Schema } from '../routes/parameter.ts';
import { ROUTES } from '../routes/routes.ts';
import { operationOf, type Values } from './operation.ts';
import { SCHEMAS, type Columns } from './schemas.ts';

/** What the document says of the API that it describes. */
export interface OpenApiOptions {
  /** Where the API stands; `/api` without it. */
  readonly server?: string | undefined;
  readonly title?: string | undefined;
  /** Of what is published. */
  readonly version?: string | undefined;
  /** Of what is published, in CommonMark. */
  readonly description?: string | undefined;
  /** Values of the parameters of a layer that together are a question. */
  readonly examples?: ((layer: string) => Values) | undefined;
}

/** What is known of a tree: its catalogue. */
interface Published {
  readonly catalogue: { readonly layers: Readonly<Record<string, Columns>> };
}

const TAGS = [
  { name: 'codes-postaux', description: 'Communes of a postal code' },
  { name: 'aoc', description: 'Wine appellations' },
  { name: 'cadastre', description: 'Communes, sheets and parcels of the cadastre' },
  { name: 'gpu', description: 'Town planning: documents, zones, prescriptions, servitudes' },
];

/** The document, of OpenAPI 3.1; with the fields of each layer where `published` is given. */
export function openApi(options: OpenApiOptions = {}, published?: Published): Schema {
  const { server = '/api', title = 'API Carto, from static files', version = '1' } = options;
  const { description, examples } = options;
  const paths = ROUTES.map((route) => {
    const columns = published?.catalogue.layers[route.layer] ?? { fields: [] };
    const values = examples?.(route.layer) ?? {};
    const operations = route.methods.map((method) => {
      return [method.toLowerCase(), operationOf(route, method, columns, values)];
    });
    return [route.path, Object.fromEntries(operations) as Schema];
  });
  const info = {
    title,
    version,
    license: { name: 'MIT', identifier: 'MIT' },
  };
  return {
    openapi: '3.1.0',
    info: { ...info, ...(description !== undefined && { description }) },
    servers: [{ url: server }],
    tags: TAGS,
    paths: Object.fromEntries(paths) as Schema,
    components: { schemas: SCHEMAS },
  };
}
