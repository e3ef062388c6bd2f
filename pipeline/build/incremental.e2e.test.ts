/** What a change of one source builds again, and what it leaves alone. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { snapshot } from '../testing/snapshot.ts';
import { CADASTRE, parcelles, writeParcelles, writeSources } from '../testing/territory.ts';
import { build, type BuildResult } from './build.ts';

const folder = useFolder();

const OTHER = { ...CADASTRE, path: 'D025', departement: '25', bounds: '21' };

/** Two départements of parcels, the other one with `count`. */
function writeTwo(root: string, count: number): string {
  const others = parcelles(count).map(({ values = {}, ...row }) => {
    return { ...row, values: { ...values, code_dep: '25', idu: String(values['idu']).replace(/^21/, '25') } };
  });
  writeParcelles(root, others);
  cpSync(join(root, 'D021'), join(root, 'D025'), { recursive: true });
  writeParcelles(root, parcelles(30));
  return writeSources(root, [CADASTRE, OTHER]);
}

function pathsOf({ manifest }: BuildResult): { readonly partitions: string[]; readonly index: string } {
  const layer = manifest.layers['cadastre/parcelle'];
  return {
    partitions: layer?.partitions.map(({ file }) => file.path) ?? [],
    index: layer?.index.path ?? '',
  };
}

describe('a build over one that was finished', () => {
  it('packs the partition that changed, and indexes its layer again', async () => {
    const root = dirname(folder.path('territory', 'x'));
    const place = { directory: join(root, 'dist'), work: join(root, 'work') };
    const before = await build({ ...place, sources: writeTwo(root, 20) });
    const files = snapshot(place.directory);
    const steps: string[] = [];
    const onStep = (name: string): void => void steps.push(name);
    const after = await build({ ...place, sources: writeTwo(root, 19), onStep });
    expect(steps).toEqual([
      'normalise parcellaire-express D025',
      'pack cadastre/parcelle 25',
      'index cadastre/parcelle',
      'tiles cadastre',
    ]);
    const [kept, changed] = pathsOf(before).partitions;
    expect(pathsOf(after).partitions[0]).toBe(kept);
    expect(pathsOf(after).partitions[1]).not.toBe(changed);
    expect(pathsOf(after).index).not.toBe(pathsOf(before).index);
    // Not even written again.
    expect(snapshot(place.directory)[kept ?? '']).toBe(files[kept ?? '']);
  });

  it('leaves no index nor manifest of before', async () => {
    const root = dirname(folder.path('territory', 'x'));
    const place = { directory: join(root, 'dist'), work: join(root, 'work') };
    await build({ ...place, sources: writeTwo(root, 20) });
    const after = await build({ ...place, sources: writeTwo(root, 19) });
    const listed = readdirSync(place.directory, { recursive: true, encoding: 'utf8' });
    expect(listed.filter((name) => name.endsWith('.idx'))).toEqual([pathsOf(after).index]);
    expect(listed.filter((name) => name.startsWith('manifest'))).toEqual([after.catalogue.manifest.path]);
    const catalogue = readFileSync(join(place.directory, 'catalogue.json'), 'utf8');
    expect(Buffer.byteLength(catalogue)).toBe(after.catalogueBytes);
    // One line, without a space that a first question would pay for.
    expect(catalogue.split('\n')).toHaveLength(2);
    expect(catalogue.startsWith('{"format":2,')).toBe(true);
  });
});
