/** The entry of the API: requests to responses over a tree, and its OpenAPI document. */
export { aliasesOf, type Movement } from './aliases.ts';
export type { Aliases } from './answer/codes.ts';
export type { CartoSource } from './answer/source.ts';
export { createApi, type Api } from './create-api.ts';
export { respondToFault } from './faults.ts';
export { openApi, type OpenApiOptions } from './openapi/openapi.ts';
export type { ApiRequest } from './read/body.ts';
export type { ApiOptions } from './settings.ts';
export type { Mode } from './validate/validate.ts';
