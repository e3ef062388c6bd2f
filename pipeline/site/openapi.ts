/** `openapi.json` of a tree: what its layers hold, with questions that it answers. */
import { openApi } from '../../src/api/index.ts';
import type { Catalogue } from '../../src/format/catalogue.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import type { Examples } from './examples.ts';
import { creditsOf } from './provenance.ts';

/** What upstream asks for and nobody needs here. */
const KEYS = { source: 'prd', apikey: 'sans-objet' };

/** Servitudes' acts have no place of their own: they are found by their extents. */
function placeOf(layer: string, { places, place }: Examples): unknown {
  const extents = layer === 'gpu/acte-sup' ? ['s', 'l', 'p'].map((kind) => `gpu/assiette-sup-${kind}`) : [];
  return [layer, ...extents].map((name) => places[name]).find((found) => found !== undefined) ?? place;
}

function valuesOf(layer: string, examples: Examples): Readonly<Record<string, unknown>> {
  const { codePostal } = examples;
  if (layer === 'codes-postaux/communes') return codePostal === null ? {} : { codePostal };
  const geom = placeOf(layer, examples);
  if (geom === null) return {};
  return layer.startsWith('aoc/') ? { geom, ...KEYS } : { geom };
}

function describe(manifest: Manifest): string {
  const sources = creditsOf(manifest).map(
    ({ attribution, licence, vintages }) => `- ${attribution} (${vintages.join(', ')}), ${licence}`,
  );
  const about = `**${manifest.territory}.** Les routes d’API Carto, répondues par des fichiers statiques. _API Carto’s routes, answered from static files._`;
  return `${about}\n\n${sources.join('\n')}\n`;
}

/** The text of `openapi.json`, which says whose it is in its first line. */
export function openApiText(manifest: Manifest, catalogue: Catalogue, examples: Examples): string {
  const options = {
    server: './api',
    title: 'API Carto en fichiers statiques',
    version: manifest.tools['carto-statique'] ?? '0',
    description: describe(manifest),
    examples: (layer: string) => valuesOf(layer, examples),
  };
  return `${JSON.stringify({ 'x-generator': 'carto-statique', ...openApi(options, { catalogue }) })}\n`;
}
