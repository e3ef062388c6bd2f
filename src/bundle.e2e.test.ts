/** The library as one file for browsers: nothing of Node in it, nothing left to import. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundle } from '../pipeline/site/bundle.ts';
import { TERRITORY, POSTAL_ROWS } from './testing/territory.ts';
import { TestHost } from './testing/server.ts';
import { buildTree } from './testing/tree.ts';

/** Minified and gzipped, with everything that a page needs: a page loads it once. */
const MOST_BYTES = 15_900;

const { bytes: code, inputs } = await bundle(new URL('./index.ts', import.meta.url).pathname);

describe('the bundle for browsers', () => {
  it('imports nothing, of Node or other', () => {
    const text = new TextDecoder().decode(code);
    expect(/["'`]node:|\brequire\(|\bimport\b/.exec(text)).toBeNull();
    expect(Object.keys(inputs).filter((path) => path.endsWith('src/source/file.ts'))).toEqual([]);
  });

  it('writes nothing to the console', () => {
    expect(/\bconsole\b/.exec(new TextDecoder().decode(code))).toBeNull();
  });

  it('is small', () => {
    const gzipped = gzipSync(code, { level: 9 }).length;
    const parts = new Map<string, number>();
    for (const [path, bytes] of Object.entries(inputs)) {
      const part = /src\/(\w+)/.exec(path)?.[1] ?? path;
      parts.set(part, (parts.get(part) ?? 0) + bytes);
    }
    const told = Array.from(parts, ([part, bytes]) => `${part} ${bytes}`).join(', ');
    process.stdout.write(`the library: ${gzipped} bytes gzipped, ${code.length} minified: ${told}\n`);
    expect(gzipped).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('answers as the sources do', async () => {
    const host = new TestHost(await buildTree(TERRITORY, POSTAL_ROWS));
    const address = await host.start();
    try {
      const source = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      const library = (await import(/* @vite-ignore */ source)) as typeof import('./index.ts');
      const carto = await library.openCarto(address);
      const { features } = await carto.cadastre.parcelles({ idu: '21231000AA0001' });
      expect(features.map(({ properties }) => properties.idu)).toEqual(['21231000AA0001']);
    } finally {
      await host.stop();
    }
  });
});
