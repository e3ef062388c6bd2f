/** The types of modules, as the compiler writes them beside JavaScript. Refuses code with errors. */
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** `from './carto.ts'`: a declaration names the module that is run, which is no TypeScript. */
const IMPORTED = /(\b(?:from|import\()\s*['"]\.{1,2}\/[^'"]*)\.ts(?=['"])/g;

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};

function optionsOf(root: string): ts.CompilerOptions {
  const config = join(root, '../tsconfig.json');
  const { config: json } = ts.readConfigFile(config, (path) => ts.sys.readFile(path)) as { config: unknown };
  return ts.parseJsonConfigFileContent(json, ts.sys, dirname(config)).options;
}

/**
 * Writes the declarations of `modules` and of all that they import, below `folder` as the
 * modules stand below `root`, with the compiler's options of the project.
 * @throws Error with what the compiler says.
 */
export function writeDeclarations(modules: readonly string[], root: string, folder: string): void {
  const options: ts.CompilerOptions = {
    ...optionsOf(root),
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: root, outDir: folder },
  };
  const program = ts.createProgram(modules, options);
  const { diagnostics } = program.emit(undefined, (path, text) => {
    ts.sys.writeFile(path, text.replace(IMPORTED, '$1.js'));
  });
  const all = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (all.length > 0) throw new Error(ts.formatDiagnostics(all, HOST));
}
