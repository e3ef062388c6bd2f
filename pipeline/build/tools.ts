/** What builds a tree, by name and version. */
import { readFileSync } from 'node:fs';
import gdal from 'gdal-async';
import { z } from 'zod';
import { tippecanoeVersion } from '../tiles/tippecanoe.ts';

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

export async function toolVersions(): Promise<Record<string, string>> {
  return { 'carto-statique': ownVersion(), gdal: gdal.version, tippecanoe: await tippecanoeVersion() };
}
