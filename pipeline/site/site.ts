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
import type { UnpublishedTree } from '../build/unpublished-tree.ts';
import { describeFile, type Candidate, type Page } from '../publish/named.ts';
import { apiPage } from './api-page.ts';
import { findExamples } from './examples.ts';
import { landingPage } from './landing-page.ts';
import { openApiText } from './openapi.ts';
import { pageScripts, rootScripts } from './scripts.ts';
import { interfaceFiles } from './swagger.ts';

/** A file by its name, whatever it is written to. */
type Files = Readonly<Record<string, string | Uint8Array>>;

/** In the order in which they are made: those that name others come after them. */
interface Written {
  readonly pages: readonly { readonly name: string; readonly sha256: string }[];
  readonly named: readonly { readonly file: string; readonly sha256: string }[];
}

function write(folder: string, files: Files): { file: string; sha256: string }[] {
  return Object.entries(files).map(([file, content]) => {
    writeFileSync(join(folder, file), content);
    return { file, sha256: createHash('sha256').update(content).digest('hex') };
  });
}

/** `swagger-ui.css` of the folder as it is named in the tree. */
function candidateOf(folder: string, { file, sha256 }: { file: string; sha256: string }): Candidate {
  const [, name = '', ending = ''] = /^(.+)\.(\w+)$/.exec(file) ?? [];
  return { name: `site/${name}`, ending, path: join(folder, file), sha256 };
}

async function writeSite(manifest: Manifest, tree: UnpublishedTree, folder: string): Promise<Written> {
  const named = write(folder, { ...(await pageScripts()), ...interfaceFiles() });
  const addresses = new Map(
    named.map((item) => [item.file, describeFile(candidateOf(folder, item)).path] as const),
  );
  const addressOf = (file: string): string => {
    const address = addresses.get(file);
    if (address === undefined) throw new Error(`${file}: no such file of the site`);
    return address;
  };
  const examples = await findExamples(manifest, tree);
  const text = parseJson(await tree.whole('catalogue.json'), 'catalogue.json');
  const catalogue = await parseCatalogue(text, 'catalogue.json');
  const pages = write(folder, {
    ...(await rootScripts(manifest.tools['carto-statique'] ?? '')),
    'openapi.json': openApiText(manifest, catalogue, examples),
    'api.html': apiPage(manifest, addressOf),
    'index.html': landingPage(manifest, examples, addressOf),
  });
  return { named, pages: pages.map(({ file, sha256 }) => ({ name: file, sha256 })) };
}

/** Makes the site of `tree`, anew only when the tree or our code has changed. */
export const makeSite: SiteMaker = async (manifest, tree, steps): Promise<Site> => {
  const { value, folder } = await steps.run({
    name: 'site',
    inputs: { code: siteFingerprint(), manifest },
    run: (target) => writeSite(manifest, tree, target),
  });
  return {
    pages: value.pages.map((page): Page => ({ ...page, path: join(folder, page.name) })),
    candidates: value.named.map((item) => candidateOf(folder, item)),
  };
};
