/** `api.html`: all routes, shown and tried by Swagger UI, from `openapi.json` beside it. */
import type { Manifest } from '../../src/format/manifest.ts';
import { escape, page, style } from './html.ts';

/** `addressOf`: of a file that is named by its content. */
export function apiPage({ territory }: Manifest, addressOf: (file: string) => string): string {
  const files = ['interface.js', 'swagger-ui.css', 'swagger-ui.js'].map(addressOf);
  const shell = ['api.html', 'openapi.json', ...files].join(' ');
  const body = `<header>
<nav aria-label="Site"><ul><li><a href="./">${escape(territory)}</a></li><li><a href="openapi.json">openapi.json</a></li><li><a href="${addressOf('swagger-ui-licences.txt')}">Swagger UI&nbsp;: licences</a></li></ul></nav>
<p role="status" id="how"></p>
<noscript><p>Les réponses se calculent ici&nbsp;: il y faut JavaScript.</p></noscript>
</header>
<div id="ui" data-shell="${shell}"></div>
<script src="${addressOf('swagger-ui.js')}"></script>
<script type="module" src="${addressOf('interface.js')}"></script>`;
  const head = `<link rel="stylesheet" href="${addressOf('swagger-ui.css')}">\n${style('interface.css')}\n`;
  return page({ title: `API · ${territory}`, head, body });
}
