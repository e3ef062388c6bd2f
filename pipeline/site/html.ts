/** HTML from texts that come of sources: nothing in them is markup. */
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As it is, between tags and within quotes. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** With narrow spaces between the thousands, as French writes them. */
export function countOf(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** The sheet `name` of `pages/`, as a part of a page. */
export function style(name: string): string {
  const css = readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8');
  return `<style>${transformSync(css, { loader: 'css', minify: true }).code.trim()}</style>`;
}

export interface PageParts {
  readonly title: string;
  /** Markup for the head. */
  readonly head?: string;
  readonly body: string;
}

/** A whole page. Its second line says whose it is, and no icon is asked for that is not there. */
export function page({ title, head = '', body }: PageParts): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="generator" content="carto-statique">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
${style('style.css')}
${head}</head>
<body>
${body}
</body></html>
`;
}
