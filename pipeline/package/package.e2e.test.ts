/**
 * The package in a folder that has nothing else: Node runs it as it is, compilers of both
 * kinds find its types and check them too, and what a page bundles of it imports nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSTAL_ROWS, TERRITORY } from '../../src/testing/territory.ts';
import { buildTree } from '../../src/testing/tree.ts';
import { writePackage } from './package.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What the package's README and the pages of docs/ import. */
const PROGRAM = `
import { isCartoError } from 'carto-statique';
import { createApi, openApi } from 'carto-statique/api';
import { memoryTree } from 'carto-statique/memory';
import { openCarto } from 'carto-statique/node';
import { stream } from 'carto-statique/stream';
import { installApi } from 'carto-statique/worker';

const carto = await openCarto('tree');
const { features } = await carto.cadastre.parcelles({ code_insee: '21166', limit: 2 });
const first: string | null | undefined = features[0]?.properties.idu;
let streamed = 0;
for await (const one of stream(carto, 'cadastre/parcelle', { code_insee: '21166' })) streamed += one ? 1 : 0;
const response = await createApi(carto)(new Request('https://x.fr/api/codes-postaux/communes/21000'));
const refused: unknown = await openCarto(memoryTree(new Map())).catch((error: unknown) => error);
console.log(
  JSON.stringify({
    first,
    streamed,
    communes: await response.json(),
    refused: isCartoError(refused, 'NotFound'),
    openapi: openApi().openapi,
    install: typeof installApi,
  }),
);
`;

const MISTAKEN = `
import { openCarto } from 'carto-statique';
const carto = await openCarto('https://static.example.fr/');
await carto.cadastre.parcelles({ codeInsee: '21166' });
const { features } = await carto.gpu.zonesUrba({ partition: 'DU_21231' });
export const zone: number = features[0]!.properties.typezone;
`;

describe('the package of the library', () => {
  let folder: string;
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const manifest = (): Record<string, Record<string, unknown>> =>
    JSON.parse(readFileSync(join(folder, 'node_modules/carto-statique/package.json'), 'utf8')) as never;

  /** What a compiler says of `names`, and of the package's own types. */
  const complaints = (names: readonly string[], options: ts.CompilerOptions): string[] => {
    const own = names.map((name) => join(folder, name));
    const program = ts.createProgram(own, {
      ...{ strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, types: ['node'] },
      ...{ typeRoots: [join(folder, 'node_modules/@types')], exactOptionalPropertyTypes: true },
      ...options,
    });
    const files = program
      .getSourceFiles()
      .filter(({ fileName }) => own.includes(fileName) || fileName.includes('/carto-statique/'));
    expect(files.length).toBeGreaterThan(own.length + Object.keys(manifest()['exports'] ?? {}).length);
    return [
      ...program.getOptionsDiagnostics(),
      ...files.flatMap((file) => ts.getPreEmitDiagnostics(program, file)),
    ]
      .map(({ code, messageText }) => `${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
      .sort();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carto-package-'));
    await writePackage(join(folder, 'node_modules/carto-statique'));
    mkdirSync(join(folder, 'node_modules/@types'));
    for (const name of ['@types/geojson', '@types/node', 'undici-types']) {
      symlinkSync(join(PROJECT, 'node_modules', name), join(folder, 'node_modules', name));
    }
    for (const [path, bytes] of await buildTree(TERRITORY, POSTAL_ROWS)) write(`tree/${path}`, bytes);
    write('package.json', '{ "type": "module" }');
    write('program.ts', PROGRAM);
    write('mistaken.ts', MISTAKEN);
    write('program.js', PROGRAM.replaceAll(/: (unknown|string \| null \| undefined)/g, ''));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks nobody to install anything but types', () => {
    expect(Object.keys(manifest()['dependencies'] ?? {})).toEqual(['@types/geojson']);
  });

  it('exports what the project does, and the service worker', () => {
    const project = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { exports: object };
    expect(Object.keys(manifest()['exports'] ?? {})).toEqual([...Object.keys(project.exports), './sw.js']);
    expect(readFileSync(join(folder, 'node_modules/carto-statique/sw.js'), 'utf8')).toContain('fetch');
  });

  it('runs in Node as it is, its entries of one kind of error', () => {
    const told = execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(told)).toEqual({
      ...{ first: expect.stringMatching(/^21166/) as string, streamed: 300 },
      communes: POSTAL_ROWS.filter(({ codePostal }) => codePostal === '21000'),
      ...{ refused: true, openapi: '3.1.0', install: 'function' },
    });
  });

  it.each([
    ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
    ['node16', { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }],
  ])('has types that hold where modules are found as by %s', (_, options) => {
    expect(complaints(['program.ts', 'mistaken.ts'], options)).toEqual([
      expect.stringMatching(/^2322: .*'number'/),
      expect.stringMatching(/^2561: .*'code_insee'/),
    ]);
  });

  it('has types that no compiler since 5.0 refuses for how keys are renamed', () => {
    // 5.4 finds no index where the keys of a mapped type are chosen in its `as`.
    const types = readFileSync(join(folder, 'node_modules/carto-statique/types/carto.d.ts'), 'utf8');
    expect(types).toMatch(/\[L in \w+<M> as \w+\[L\]\]/);
    expect(types).not.toMatch(/ as L extends /);
  });

  it('leaves the worker in what imports it, and its types say that there is nothing in it', async () => {
    const { metafile, warnings } = await build({
      stdin: { contents: `import 'carto-statique/sw.js';`, resolveDir: folder },
      ...{ bundle: true, format: 'iife', metafile: true, platform: 'browser', write: false },
    });
    expect(warnings).toEqual([]);
    expect(Object.values(metafile.outputs)[0]?.bytes).toBeGreaterThan(10_000);
    write('worker.ts', `import 'carto-statique/sw.js';\nexport {};\n`);
    const options = { module: ts.ModuleKind.Node16, noUncheckedSideEffectImports: true };
    const program = ts.createProgram([join(folder, 'worker.ts')], { ...options, noEmit: true, types: [] });
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  });

  it('leaves a page nothing to import', async () => {
    const { metafile } = await build({
      stdin: { contents: `export { openCarto } from 'carto-statique';`, resolveDir: folder },
      ...{ bundle: true, format: 'esm', metafile: true, platform: 'browser', write: false },
    });
    const [output] = Object.values(metafile.outputs);
    expect(output?.imports).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((path) => path.endsWith('api.js'))).toEqual([]);
  });
});
