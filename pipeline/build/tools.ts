/** What builds a tree, by name and version. */
import gdal from 'gdal-async';
import { ownIdentity } from '../identity.ts';
import { tippecanoeVersion } from '../tiles/tippecanoe.ts';

export async function toolVersions(): Promise<Record<string, string>> {
  return {
    'carto-statique': ownIdentity().version,
    gdal: gdal.version,
    tippecanoe: await tippecanoeVersion(),
  };
}
