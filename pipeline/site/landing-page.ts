/**
 * `index.html`: what the tree is, whom it is owed to, and questions that run in the page.
 * Says nothing that is not in the manifest.
 */
import type { ModuleName } from '../../src/format/catalogue.ts';
import type { Manifest, ManifestLayer } from '../../src/format/manifest.ts';
import { methodOf } from '../../src/query/layers.ts';
import type { Examples } from './examples.ts';
import { countOf, escape, page, style } from './html.ts';
import { creditsOf, vintagesOf } from './provenance.ts';

/** In French; the order in which they are shown. */
const MODULES: Readonly<Record<ModuleName, string>> = {
  aoc: 'Appellations viticoles',
  'codes-postaux': 'Codes postaux',
  cadastre: 'Cadastre',
  gpu: 'Urbanisme',
};

/** More than this many are told by their number. */
const MOST_NAMED = 6;

interface Question {
  readonly label: string;
  /** From the page, not encoded: a browser does that. */
  readonly path: string;
}

/** A question of each module that the tree can answer. */
export function questionsOf(manifest: Manifest, { places, place, codePostal }: Examples): Question[] {
  const at = (layer: string): string => `api/${layer}?geom=${JSON.stringify(place ?? places[layer])}`;
  const asked: readonly (readonly [layer: string, label: string, path: string])[] = [
    ['aoc/appellation-viticole', 'Quelles appellations ici\u00a0?', at('aoc/appellation-viticole')],
    [
      'codes-postaux/communes',
      'Quelles communes pour ce code postal\u00a0?',
      `api/codes-postaux/communes/${codePostal ?? ''}`,
    ],
    ['cadastre/parcelle', 'Quelle est cette parcelle\u00a0?', at('cadastre/parcelle')],
    ['gpu/zone-urba', 'Que dit le document d’urbanisme\u00a0?', at('gpu/zone-urba')],
  ];
  return asked.filter(([layer]) => layer in manifest.layers).map(([, label, path]) => ({ label, path }));
}

function form({ label, path }: Question, i: number): string {
  return `<form>
<label for="q${i}">${escape(label)}</label>
<div class="row"><input id="q${i}" name="path" value="${escape(path)}" spellcheck="false" autocomplete="off" autocapitalize="off"><button>Demander</button></div>
<p role="status"></p>
<pre tabindex="0" role="region" aria-label="Réponse : ${escape(label)}"></pre>
</form>`;
}

function partitionsOf({ partitions }: ManifestLayer): string {
  const names = partitions.map(({ id }) => id);
  return names.length > MOST_NAMED ? `${names.length} parties` : names.join(', ');
}

function row(name: string, layer: ManifestLayer): string {
  const features = layer.partitions.reduce((sum, partition) => sum + partition.features, 0);
  const dates = vintagesOf(layer).map((vintage) => `<span>${escape(vintage)}</span>`);
  const route = name.replace(/^[^/]*\//, '');
  return `<tr><th scope="row"><code>${escape(route)}</code><small>${escape(layer.title)}</small></th><td class="count">${countOf(features)}</td><td class="dates">${dates.join(', ')}</td><td class="parts">${escape(partitionsOf(layer))}</td></tr>`;
}

function moduleRows(module: ModuleName, { layers }: Manifest): string {
  const own = Object.entries(layers).filter(([, layer]) => layer.module === module);
  if (own.length === 0) return '';
  const rows = own.map(([name, layer]) => row(name, layer)).join('\n');
  return `<tbody><tr><th scope="rowgroup" colspan="4">${MODULES[module]}</th></tr>\n${rows}</tbody>`;
}

function layersTable(manifest: Manifest): string {
  const modules = Object.keys(MODULES) as ModuleName[];
  return `<table><thead><tr><th scope="col">Couche</th><th scope="col" class="count">Objets</th><th scope="col">Millésime</th><th scope="col" class="parts">Parties</th></tr></thead>
${modules.map((module) => moduleRows(module, manifest)).join('\n')}</table>`;
}

function creditsList(manifest: Manifest): string {
  const items = creditsOf(manifest).map(
    ({ attribution, producer, licence, vintages }) =>
      `<li>${escape(attribution)}<small>${escape([producer, vintages.join(', '), licence].join(' · '))}</small></li>`,
  );
  return `<ul class="credits">${items.join('\n')}</ul>`;
}

/** A call that the tree can answer. */
function callOf({ places, place, codePostal }: Examples): string {
  const name = 'cadastre/parcelle' in places ? 'cadastre/parcelle' : Object.keys(places)[0];
  if (name === undefined) return `await carto.codesPostaux.communes('${codePostal ?? ''}');`;
  const [module = '', route = ''] = name.split('/');
  return `const { features, meta } = await carto.${module}.${methodOf(route)}({
  geom: ${JSON.stringify(place ?? places[name])},
});`;
}

function use(examples: Examples): string {
  return `<pre tabindex="0" id="use" role="region" aria-label="Exemple de code">import { openCarto } from './carto-statique.js';

const carto = await openCarto('./');
${escape(callOf(examples))}</pre>
<p>Une page de ce site qui est écrite pour API Carto n’a rien à changer&nbsp;: après <code>installApi()</code>, d’<a href="install-api.js"><code>install-api.js</code></a>, un service worker répond à ses <code>fetch('api/…')</code>. <span lang="en" class="also">Pages of this site that are written for API Carto stay as they are: once <code>installApi()</code> is called, a service worker answers their requests.</span></p>
<p><a href="api.js"><code>api.js</code></a> donne <code>createApi</code>, qui répond aux mêmes requêtes là où il n’y a pas de service worker. <span lang="en" class="also">It answers the same requests where there is none.</span></p>`;
}

/** `addressOf`: of a file that is named by its content. */
export function landingPage(
  manifest: Manifest,
  examples: Examples,
  addressOf: (file: string) => string,
): string {
  const questions = questionsOf(manifest, examples).map(form).join('\n');
  const body = `<header>
<h1>${escape(manifest.territory)}</h1>
<p class="lead">Les données d’API Carto en fichiers statiques. Aucun serveur ne calcule&nbsp;: la page lit les quelques kilo-octets qu’il faut et répond elle-même.</p>
<p lang="en" class="also">API Carto’s data as static files. No server computes: the page reads the few kilobytes that it takes, and answers itself.</p>
<nav aria-label="Cette page"><ul><li><a href="#try">Essayer</a></li><li><a href="#layers">Couches</a></li><li><a href="#credits">Sources et licences</a></li><li><a href="#use-it">Utiliser</a></li><li><a href="api.html">Toutes les routes (OpenAPI)</a></li></ul></nav>
</header>
<main>
<h2 id="try">Essayer <span lang="en">/ Try it</span></h2>
<p>Les routes et paramètres sont ceux d’API Carto&nbsp;; tout peut être changé avant de demander.</p>
<noscript><p>Les réponses se calculent ici&nbsp;: il y faut JavaScript.</p></noscript>
${questions}
<h2 id="layers">Couches <span lang="en">/ Layers</span></h2>
${layersTable(manifest)}
<h2 id="credits">Sources et licences <span lang="en">/ Credits</span></h2>
<p>À citer avec toute réponse&nbsp;; chacune dit lesquelles la concernent.</p>
${creditsList(manifest)}
<h2 id="use-it">Utiliser <span lang="en">/ Use it</span></h2>
${use(examples)}
</main>
<footer><p>carto-statique ${escape(manifest.tools['carto-statique'] ?? '')} · <a href="openapi.json">openapi.json</a> · <a href="catalogue.json">catalogue.json</a> · <a href="report.json">report.json</a> · <a href="${addressOf('codes-postaux-licence.txt')}">codes-postaux&nbsp;: licence</a></p></footer>
<script type="module" src="${addressOf('landing.js')}"></script>`;
  return page({ title: manifest.territory, head: `${style('landing.css')}\n`, body });
}
