/**
 * The site of a tree: beside the data what browsers load, so that a published folder is the
 * library, the API and its pages too. Nothing in it asks another host for anything.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/format/manifest.ts';
import { parseCatalogue } from '../../src/format/parse-catalogue.ts';
import { parseJson } from '../../src/format/parse-json.ts';
import { siteFingerprint } from '../build/fingerprint.ts';
import type { Site, SiteMaker } from '../build/published.ts';
import type { StepStore } from '../build/steps.ts';
import type { UnpublishedTree } from '../build/unpublished-tree.ts';
import { describeFile, type Candidate, type Page } from '../publish/named.ts';
import { apiPage } from './api-page.ts';
import { findExamples } from './examples.ts';
import { landingPage } from './landing-page.ts';
import { licenceFiles } from './licences.ts';
import { openApiText } from './openapi.ts';
import { pageScripts, rootScripts } from './scripts.ts';
import { interfaceFiles } from './swagger.ts';

/** A file by its name, whatever it is written to. */
type Files = Readonly<Record<string, string | Uint8Array>>;

interface Written {
  readonly name: string;
  readonly sha256: string;
}

function write(folder: string, files: Files): Written[] {
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return { name, sha256: createHash('sha256').update(content).digest('hex') };
  });
}

/** `swagger-ui.css` of the folder as it is named in the tree. */
function candidateOf(folder: string, { name: file, sha256 }: Written): Candidate {
  const [, name = '', ending = ''] = /^(.+)\.(\w+)$/.exec(file) ?? [];
  return { name: `site/${name}`, ending, path: join(folder, file), sha256 };
}

/** Scripts are of our code alone: new data do not make them again. */
async function makeScripts(version: string, steps: StepStore) {
  return steps.run({
    name: 'site scripts',
    inputs: { code: siteFingerprint(), version },
    run: async (folder) => ({
      pages: write(folder, await rootScripts(version)),
      named: write(folder, { ...(await pageScripts()), ...interfaceFiles(), ...licenceFiles() }),
    }),
  });
}

async function writePages(
  manifest: Manifest,
  tree: UnpublishedTree,
  addressOf: (file: string) => string,
): Promise<Files> {
  const examples = await findExamples(manifest, tree);
  const text = parseJson(await tree.whole('catalogue.json'), 'catalogue.json');
  const catalogue = await parseCatalogue(text, 'catalogue.json');
  return {
    'openapi.json': openApiText(manifest, catalogue, examples),
    'api.html': apiPage(manifest, addressOf),
    'index.html': landingPage(manifest, examples, addressOf),
  };
}

/** Makes the site of `tree`, anew only when the tree or our code has changed. */
export const makeSite: SiteMaker = async (manifest, tree, steps): Promise<Site> => {
  const scripts = await makeScripts(manifest.tools['carto-statique'] ?? '', steps);
  const candidates = scripts.value.named.map((file) => candidateOf(scripts.folder, file));
  const addressOf = (file: string): string => {
    const i = scripts.value.named.findIndex(({ name }) => name === file);
    const candidate = candidates[i];
    if (candidate === undefined) throw new Error(`${file}: no such file of the site`);
    return describeFile(candidate).path;
  };
  const pages = await steps.run({
    name: 'site pages',
    inputs: { code: siteFingerprint(), manifest },
    run: async (folder) => write(folder, await writePages(manifest, tree, addressOf)),
  });
  const inFolder =
    (folder: string) =>
    (file: Written): Page => ({ ...file, path: join(folder, file.name) });
  return {
    pages: [...scripts.value.pages.map(inFolder(scripts.folder)), ...pages.value.map(inFolder(pages.folder))],
    candidates,
  };
};
