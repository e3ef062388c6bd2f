import { expect, it } from 'vitest';
import { useFolder } from '../../testing/folder.ts';
import { whatToTry } from './what-to-try.ts';

const ADDRESS = 'http://127.0.0.1:8080/';
const folder = useFolder();

it('is the pages that are there, and questions of the tree’s own description', () => {
  const geom = { name: 'geom', content: { 'application/json': { example: { type: 'Point' } } } };
  const paths = {
    '/codes-postaux/communes/{codePostal}': {
      get: { parameters: [{ name: 'codePostal', example: '01500' }] },
    },
    '/cadastre/parcelle': { get: { parameters: [{ name: 'section' }, geom] }, post: {} },
  };
  folder.write('dist/openapi.json', JSON.stringify({ paths }));
  folder.write('dist/index.html', '');
  folder.write('dist/api.html', '');
  expect(whatToTry(folder.path('dist'), ADDRESS)).toEqual([
    ADDRESS,
    `${ADDRESS}api.html`,
    `curl -g '${ADDRESS}api/codes-postaux/communes/01500'`,
    `curl -g '${ADDRESS}api/cadastre/parcelle?geom={"type":"Point"}'`,
  ]);
});

it('is nothing that a tree does not have', () => {
  folder.write('dist/catalogue.json', '');
  expect(whatToTry(folder.path('dist'), ADDRESS)).toEqual([]);
  folder.write('dist/openapi.json', '{"paths":3}');
  expect(whatToTry(folder.path('dist'), ADDRESS)).toEqual([]);
  folder.write('dist/openapi.json', 'openapi: 3.0.0');
  expect(whatToTry(folder.path('dist'), ADDRESS)).toEqual([]);
  folder.write('dist/openapi.json', '{"paths":{"/cadastre/parcelle":{"get":{"parameters":[]}}}}');
  expect(whatToTry(folder.path('dist'), ADDRESS)).toEqual([]);
});
