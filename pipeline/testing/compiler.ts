/** What the TypeScript compiler knows of code, with the options of the project. */
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const { options: OPTIONS } = ts.parseJsonConfigFileContent(CONFIG.config, ts.sys, PROJECT);

/** What the compiler says of `files`, texts by their paths, which need not be on any disk. */
export function complaints(files: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const readSource = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, version) => {
    const text = files.get(path);
    return text === undefined ? readSource(path, version) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${basename(path)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  );
}

/** What the modules of `paths` export without a word of what it is. */
export function undocumented(paths: readonly string[]): { readonly all: number; readonly silent: string[] } {
  const program = ts.createProgram(paths, OPTIONS);
  const checker = program.getTypeChecker();
  const symbols = paths.flatMap((path) => {
    const file = program.getSourceFile(path);
    const module = file && checker.getSymbolAtLocation(file);
    return module ? checker.getExportsOfModule(module) : [];
  });
  const silent = symbols.filter((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return own.getDocumentationComment(checker).length === 0;
  });
  return { all: symbols.length, silent: silent.map(({ name }) => name) };
}
