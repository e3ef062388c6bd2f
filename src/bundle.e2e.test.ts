/** The library as one file for browsers: nothing of Node in it, nothing left to import. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../pipeline/site/bundle.ts';
import type { CartoError } from './errors.ts';
import * as sources from './index.ts';
import { randomLine, randomPolygon, randomPosition } from './testing/features.ts';
import { seededRandom } from './testing/random.ts';
import { HOSTILE, TestHost, wellBehaved, type HostileMode } from './testing/server.ts';
import { COTE_D_OR, POSTAL_ROWS, TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

/** Minified and gzipped, with everything that a page needs: a page loads it once. */
const MOST_BYTES = 15_650;

const { bytes: code, inputs } = await bundle(new URL('./index.ts', import.meta.url).pathname);

const files = await buildTree(TERRITORY, POSTAL_ROWS);
const random = seededRandom(20_261_123);
const POSTAL = 'codes-postaux';

type Question = readonly [layer: string, parameters: unknown];

const point = (): unknown => ({ type: 'Point', coordinates: randomPosition(random, COTE_D_OR) });
const polygon = (): unknown => randomPolygon(random, COTE_D_OR, 0.03);

const QUESTIONS: readonly Question[] = [
  ...Object.keys(TERRITORY).flatMap((layer): Question[] => [
    ...[point(), point(), polygon(), polygon(), randomLine(random, COTE_D_OR, 0.1)].map((geom): Question => [
      layer,
      { geom },
    ]),
    [layer, { geom: { type: 'GeometryCollection', geometries: [point(), polygon()] }, geometry: false }],
    [layer, { limit: 3, start: 2 }],
    [layer, { limit: 3, geom: polygon() }],
    [layer, { nowhere: 1 }],
    [layer, { geom: { type: 'Point', coordinates: [47.05, 4.98] } }],
    [layer, { geom: { type: 'Polygon', coordinates: [[[5, 47], [5, 48], [6, 48]]] } }], // prettier-ignore
    [layer, {}],
  ]),
  ['cadastre/parcelle', { idu: '21231000AA0001' }],
  ['cadastre/parcelle', { code_insee: '21231', section: 'AA', limit: 5 }],
  ['cadastre/parcelle', { code_insee: '75107' }],
  ['cadastre/parcelle', { code_insee: '21231', geom: polygon() }],
  ['cadastre/parcelle', { code_dep: '21', limit: 0 }],
  ['cadastre/parcelle', { code_dep: '33' }],
  ['cadastre/parcelle', { contenance: 'vast' }],
  ['cadastre/parcelle', { nom_com: 'nowhere', maxBytes: 100 }],
  ['cadastre/parcelle', { geom: polygon(), maxRequests: 1 }],
  ['cadastre/commune', { code_com: '107' }],
  ['cadastre/commune', { source_ign: 'XYZ' }],
  ['gpu/zone-urba', { partition: 'DU_21231' }],
  ['gpu/nowhere', {}],
  ...['21000', '97400', '2100', '00000'].map((code): Question => [POSTAL, code]),
];

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

  describe('minified, and its sources', () => {
    const host = new TestHost(files);
    let address = '';
    let found = 0;
    let library: typeof import('./index.ts');

    beforeAll(async () => {
      address = await host.start();
      const source = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      library = (await import(/* @vite-ignore */ source)) as typeof import('./index.ts');
    });
    beforeEach(() => {
      host.behave = wellBehaved;
    });
    afterAll(() => host.stop());

    /** What became of a question, asked of a tree opened for it alone. */
    async function outcome(
      { openCarto }: Pick<typeof library, 'openCarto'>,
      question: Question,
    ): Promise<unknown> {
      const [layer, parameters] = question;
      const carto = await openCarto(address, { timeoutMs: 2000 });
      try {
        return await (layer === POSTAL ? carto.codesPostaux.communes(parameters as string) : carto.query(layer, parameters as Readonly<Record<string, unknown>>)); // prettier-ignore
      } catch (error) {
        const { name, code, message, details, retryable } = error as CartoError;
        return { name, code, message, details, retryable };
      }
    }

    it.each(QUESTIONS.map((question) => [JSON.stringify(question).slice(0, 150), question] as const))(
      'say the same of %s',
      async (_, question) => {
        const said = await outcome(library, question);
        expect(said).toEqual(await outcome(sources, question));
        found += (said as { features?: unknown[] }).features?.length ?? 0;
      },
    );

    it('were asked for what there is', () => {
      expect(found).toBeGreaterThan(500);
    });

    it.each(Object.keys(HOSTILE) as HostileMode[])(
      'say the same of a host that is hostile: %s',
      async (mode) => {
        host.misbehave(mode);
        const question: Question = ['cadastre/parcelle', { geom: polygon(), maxMs: 8000 }];
        const [ours, theirs] = (await Promise.all([outcome(library, question), outcome(sources, question)])) as Partial<CartoError>[]; // prettier-ignore
        expect(ours?.code).toBe(theirs?.code);
        expect(ours?.details?.['help']).toBe(theirs?.details?.['help']);
      },
    );
  });
});
