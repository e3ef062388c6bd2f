/**
 * What each concept of the library weighs in what a page loads: the whole, less the whole
 * without the modules of the concept, gzipped. What several share stands in none, so the
 * rows add up to less than all.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { minified } from '../pipeline/site/bundle.ts';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

const CONCEPTS: Readonly<Record<string, string>> = {
  'exact predicates, on shapes and on what a cell of the index knows of them':
    'geometry/(figure|edge|locate|intersects|along|prepare|local/.*)',
  'geometries as questions: read, checked, put on the lattice': 'geometry/(validate|input/.*|shape)',
  'parameters: codes, attributes, ceilings, with their refusals':
    'query/(parameters|codes|arrondissements|filter|combinations)',
  'layers: names, methods, sources': 'query/layers',
  'HTTP, and what hosts do wrong': 'source/(http|host-error)',
  'requests: merged, shared, kept, paid for, timed, repeated':
    'source/(store|query-reads|limits|retry|merge|gate|shelf|deadline|observe)',
  'the catalogue, and its successor': '(opened-tree|format/(parse-catalogue|parse-json|base64|root))',
  'units: checksums, inflating, numbers, columns':
    'format/(unit|unit-json|inflate|drain|bytes|crc32|byte-reader|varint|columns|corrupt)',
  'by place: directories, pages, shapes':
    '(query/pages|format/(page|directory|locals|places|read-shapes|cells))',
  'by exact key: buckets': '(query/id-pages|format/bucket)',
  'by sorted keys: directories, leaves, blocks': '(query/(by-key|key-order)|format/key-.*)',
  'features in their files, and as GeoJSON': '(query/answer-features|format/read-feature)',
  'the plan, coverage, answers and what they cost': 'query/(plan|coverage|run|trips|search|refusal)',
  'postal codes': 'query/postal-codes',
  'errors and the words of refusals': '(errors|refusal)',
};

/** The names, beside types, that a module's `text` imports. */
function importedBy(text: string): string[] {
  const lists = Array.from(text.matchAll(/^import \{([^}]*)\} from/gm), ([, list = '']) => list.split(','));
  return lists.flat().flatMap((name) => (/^\s*(\w+)\s*$/.exec(name) ?? []).slice(1));
}

/**
 * Modules whose path in `src` is `left`: their exports remain, as names of nothing. Those of
 * `src/query` still ask for what they import, which is other concepts'.
 */
const without = (left: RegExp): Plugin => ({
  name: 'without',
  setup: (building) => {
    building.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const own = path.slice(SRC.length);
      if (!left.test(own)) return undefined;
      const text = readFileSync(path, 'utf8');
      const exported = text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm);
      const imported = own.startsWith('query/') ? importedBy(text) : [];
      const imports = imported.length > 0 ? (text.match(/^import [^;]*;$/gm) ?? []) : [];
      const names = Array.from(exported, ([, name = '']) => `export const ${name} = globalThis.x(${imported.join(', ')});`); // prettier-ignore
      return { contents: [...imports, ...names].join('\n'), loader: 'ts', resolveDir: dirname(path) };
    });
  },
});

async function gzipped(plugins: Plugin[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${SRC}index.ts`],
    ...{ bundle: true, format: 'esm', minifySyntax: true, platform: 'browser', target: 'es2022' },
    ...{ write: false, plugins },
  });
  return gzipSync(await minified(outputFiles[0]?.text ?? ''), { level: 9 }).length;
}

const all = await gzipped([]);
const rows: (readonly [bytes: number, concept: string])[] = [];
for (const [concept, modules] of Object.entries(CONCEPTS)) {
  rows.push([all - (await gzipped([without(new RegExp(`^${modules}\\.ts$`))])), concept]);
}
rows.sort(([a], [b]) => b - a);
const shared = all - rows.reduce((sum, [bytes]) => sum + bytes, 0);
for (const [bytes, concept] of [...rows, [shared, 'what joins and shares them'], [all, 'all']]) {
  process.stdout.write(`${String(bytes).padStart(6)}  ${concept}\n`);
}
