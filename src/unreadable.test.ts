/** Questions that break whoever reads them: refused with a type, before anything is asked of the host. */
import { describe, expect, it } from 'vitest';
import { openCarto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import { stream } from './stream.ts';
import { expectNoUnhandledRejections } from './testing/rejections.ts';
import { TERRITORY } from './testing/territory.ts';
import { buildTree } from './testing/tree.ts';

expectNoUnhandledRejections();

const tree = memoryTree(await buildTree({ 'gpu/zone-urba': TERRITORY['gpu/zone-urba'] ?? never() }));
let requests = 0;
const carto = await openCarto(tree, { onRequest: () => (requests += 1) });

function never(): never {
  throw new Error('thrown by what was passed');
}

/** As anyone may call who has no compiler. */
const query = (layer: unknown, parameters: unknown): Promise<unknown> =>
  carto.query(layer as string, parameters as Readonly<Record<string, unknown>>);
const LAYER = 'gpu/zone-urba';
const revoked = (): unknown => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = new Proxy([5, 47], { get: never });

const QUESTIONS: Readonly<Record<string, readonly [layer: unknown, parameters: unknown]>> = {
  'a getter that throws': [LAYER, Object.defineProperty({}, 'geom', { get: never, enumerable: true })],
  'a proxy that throws': [LAYER, new Proxy({}, { get: never, ownKeys: never })],
  'a proxy that was revoked': [LAYER, revoked()],
  'a geometry revoked': [LAYER, { geom: revoked() }],
  'a position that throws': [LAYER, { geom: { type: 'Point', coordinates: throwing } }],
  'a limit that was revoked': [LAYER, { limit: revoked() }],
  'a layer that is a symbol': [Symbol('layer'), {}],
  'a layer that is a number': [5, { source_ign: 'PCI' }],
  'a layer in an array': [[LAYER], { limit: 1 }],
  'a layer of no text': [Object.create(null), {}],
  'no layer': [undefined, { source_ign: 'PCI' }],
};

describe('a question', () => {
  it.each(Object.entries(QUESTIONS))('of %s is refused', async (_, [layer, parameters]) => {
    const before = requests;
    await expect(query(layer, parameters)).rejects.toMatchObject({
      name: 'CartoError',
      code: 'InvalidQuery',
    });
    expect(requests).toBe(before);
  });

  it.each([null, 'partition', 5, [1]])('of a stream that is %j is refused', async (parameters) => {
    const features = stream(carto, LAYER, parameters as never);
    await expect(features.next()).rejects.toMatchObject({ code: 'InvalidQuery' });
  });
});

describe('opening', () => {
  it.each([10n, '1', NaN, -1, {}, null])('with cacheBytes %s is refused', async (cacheBytes) => {
    const opening = openCarto(tree, { cacheBytes: cacheBytes as never });
    await expect(opening).rejects.toMatchObject({ code: 'InvalidQuery', details: { path: 'cacheBytes' } });
  });

  it('with no room to keep anything reads all anew', async () => {
    const frugal = await openCarto(tree, { cacheBytes: 0 });
    const counts = [];
    for (let i = 0; i < 2; i++) {
      const { meta } = await frugal.query(LAYER, { partition: 'DU_21231' });
      counts.push([meta.numberMatched, meta.requests]);
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});
