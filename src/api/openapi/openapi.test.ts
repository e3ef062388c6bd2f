import { describe, expect, it } from 'vitest';
import { createApi } from '../create-api.ts';
import { ROUTES } from '../routes/routes.ts';
import { requestOf, stubCarto } from '../testing/stub.ts';
import { openApi } from './openapi.ts';

interface Content {
  readonly content: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Content | undefined>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Schema {
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

// What is written is what is read.
const text = JSON.stringify(
  openApi({ server: 'https://carto.test/api', version: '2026-09' }, stubCarto().carto),
);
const document = JSON.parse(text) as Document;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  it('has every route and method of the table, and no other', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const { path, methods } of ROUTES) {
      expect(Object.keys(document.paths[path] ?? {})).toEqual(methods.map((method) => method.toLowerCase()));
    }
    expect(Object.keys(document.paths)).toHaveLength(ROUTES.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('refers to schemas that it has', () => {
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
  });

  it('names each parameter once, and those in paths as such', () => {
    for (const { parameters = [] } of operations) {
      const names = parameters.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    const [codePostal] = document.paths['/codes-postaux/communes/{codePostal}']?.['get']?.parameters ?? [];
    expect(codePostal).toMatchObject({ name: 'codePostal', in: 'path', required: true });
  });

  it('takes by POST what it takes by GET, without former names', () => {
    for (const path of Object.values(document.paths)) {
      const { get, post } = path;
      if (get?.parameters === undefined || post === undefined) continue;
      const names = Object.keys(post.requestBody?.content['application/json']?.schema.properties ?? {});
      expect(get.parameters.map(({ name }) => name)).toEqual(names);
      expect(names).not.toContain('codearr');
    }
  });

  it('wants the keys of appellations by POST alone', () => {
    const { get, post } = document.paths['/aoc/appellation-viticole'] ?? {};
    const required = get?.parameters?.filter((parameter) => parameter.required).map(({ name }) => name);
    expect(required).toEqual(['geom']);
    expect(post?.requestBody?.content['application/json']?.schema.required).toEqual([
      'geom',
      'source',
      'apikey',
    ]);
  });

  it.each<[string, Request]>([
    ['an answer', requestOf('GET', '/gpu/document?partition=DU_1')],
    ['a wrong parameter', requestOf('GET', '/gpu/document?geom=x')],
    ['no place', requestOf('GET', '/aoc/appellation-viticole')],
    ['no such postal code', requestOf('GET', '/codes-postaux/communes/00000')],
    ['a path that is wrongly encoded', requestOf('GET', '/codes-postaux/communes/%E9')],
    ['a body that is none', requestOf('POST', '/gpu/document', 'x')],
    ['a body that is too long', requestOf('POST', '/gpu/document', { geom: 'x'.repeat(200) })],
    [
      'a body that nobody can read',
      new Request(requestOf('POST', '/gpu/document', {}), {
        headers: { 'content-type': 'application/json; charset=latin1' },
      }),
    ],
  ])('has the answer to %s, in both modes', async (_, request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace(/communes.*/, 'communes/{codePostal}');
    const operation = document.paths[path]?.[request.method.toLowerCase()];
    for (const mode of ['compatible', 'strict'] as const) {
      const api = createApi(stubCarto().carto, { base: '', mode, maxBodyBytes: 100 });
      const { status, headers } = await api(request.clone());
      const described = operation?.responses[String(status)];
      expect(Object.keys(described?.content ?? {})).toContain(headers.get('content-type'));
    }
  });

  it('says what fields a published layer has', () => {
    expect(JSON.stringify(document.paths['/cadastre/commune'])).toContain('"code_insee":{}');
  });
});
