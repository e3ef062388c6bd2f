/**
 * The pages are true as far as a program can tell: what they link to is there, headings and
 * files that they name exist, and their TypeScript is what the compiler takes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { complaints, undocumented } from './testing/compiler.ts';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
const FOLDERS = ['bench', 'docs', 'pipeline', 'src'];
const PAGES = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'pipeline/package/README.md'],
  ...readdirSync(join(PROJECT, 'docs')).map((name) => `docs/${name}`),
];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).map(
    (name) => `${folder}/${name}`,
  ),
);

function textOf(page: string): string {
  return readFileSync(join(PROJECT, page), 'utf8');
}

/** Blocks of code are not prose. */
function proseOf(page: string): string {
  return textOf(page).replace(/^```.*?^```/gms, '');
}

/** What a link to each heading of `page` ends with, as GitHub writes it. */
function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function linksOf(page: string): string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^https?:/.test(link));
}

/** Whether a relative link leads from `page` to a file, and to a heading of it where it names one. */
function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(PROJECT, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

/** `a/{b,c}/*.ts` as what matches such paths. */
function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replaceAll('**/', '(?:.+/)?')
    .replace(/(?<!\.)\*/g, '[^/]*');
  return new RegExp(`^${source}/?$`);
}

/** Paths of ours among the words of what stands as code in the prose of `page`. */
function pathsOf(page: string): string[] {
  const words = [...proseOf(page).matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/\s/));
  return words.filter((word) => /^(bench|docs|pipeline|src)\/[\w./{},*-]+$/.test(word));
}

describe('the pages', () => {
  it.each(PAGES)('%s links to what is there', (page) => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it.each(PAGES)('%s names files that exist', (page) => {
    const missing = pathsOf(page).filter((path) => !FILES.some((file) => patternOf(path).test(file)));
    expect(missing).toEqual([]);
  });

  it('tell every option, parameter, part of an answer and error of the library', () => {
    const page = textOf('docs/library.md');
    const membersOf = (path: string, name: string): string[] => {
      const [, body = ''] =
        new RegExp(`interface ${name}\\b[^{]*\\{(.*?)\\n\\}`, 's').exec(textOf(path)) ?? [];
      return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, member = '']) => member);
    };
    const codes = [...textOf('src/errors.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code = '']) => code);
    const retryable = /RETRYABLE.*?\[(.*?)\]/.exec(textOf('src/errors.ts'))?.[1] ?? '';
    const members = [
      ...membersOf('src/index.ts', 'CartoOptions'),
      ...membersOf('src/carto.ts', 'CommonParameters'),
      ...membersOf('src/query/answer.ts', 'AnswerMeta'),
    ];
    expect([...members, ...codes]).toEqual(
      expect.arrayContaining(['onRequest', 'geom', 'truncated', 'TooCostly']),
    );
    expect(members.filter((name) => !new RegExp(`^\\| [^|]*\`${name}\``, 'm').test(page))).toEqual([]);
    const rows = codes.map(
      (code) => new RegExp(`^\\| \`${code}\` .*\\| (yes|no) +\\|$`, 'm').exec(page)?.[1],
    );
    expect(rows).toEqual(codes.map((code) => (retryable.includes(`'${code}'`) ? 'yes' : 'no')));
  });

  it('have samples that the compiler takes', () => {
    const ambient = `declare const carto: import('carto-statique').Carto; declare function draw(any: unknown): void;
      declare const geom: import('geojson').Point;`;
    const samples = PAGES.flatMap((page) =>
      [...textOf(page).matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ''], i): [string, string] => [
        join(PROJECT, `${page.replaceAll('/', '-')}-${i + 1}.ts`),
        `${code}\nexport {};`,
      ]),
    );
    expect(samples.length).toBeGreaterThan(5);
    expect(complaints(new Map([[join(PROJECT, 'ambient.d.ts'), ambient], ...samples]))).toEqual([]);
  });
});

it('all that the library exports says what it is', () => {
  const { exports } = JSON.parse(textOf('package.json')) as { exports: Readonly<Record<string, string>> };
  const { all, silent } = undocumented(Object.values(exports).map((path) => join(PROJECT, path)));
  expect(all).toBeGreaterThan(Object.keys(exports).length);
  expect(silent).toEqual([]);
});
