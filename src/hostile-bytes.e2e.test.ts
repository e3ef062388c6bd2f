/**
 * Bytes that are not what was published: each byte that a query reads is changed in turn,
 * and files are replaced at each request in turn. Then the answer is the right one, or an
 * error; with other files, the old one or the new one, never some of each.
 */
import { describe, expect, it } from 'vitest';
import { isCartoError } from './errors.ts';
import { openCarto, type Carto } from './index.ts';
import { memoryTree } from './source/memory.ts';
import type { TreeSource } from './source/range.ts';
import { parcelles, PARCELLE_FIELDS, star } from './testing/features.ts';
import { seededRandom } from './testing/random.ts';
import { expectNoUnhandledRejections } from './testing/rejections.ts';
import { POSTAL_ROWS } from './testing/territory.ts';
import { buildTree, type TestFeature, type TreeFiles } from './testing/tree.ts';

/** A territory of some kilobytes, every value of which differs between editions. */
function edition(seed: number): Promise<TreeFiles> {
  const random = seededRandom(seed);
  const box = [4.9, 47.2, 5.1, 47.3] as const;
  const parcels = parcelles(random, '21231', '000', [...box], 12).map((feature, i) => ({
    ...feature,
    properties: { ...feature.properties, contenance: 1000 * seed + i },
  }));
  const zone = (gid: number, corners: number): TestFeature => ({
    properties: { gid, libelle: `édition ${seed}`, typezone: 'N', partition: `DU_2123${gid % 2}` },
    geometry: {
      type: 'MultiPolygon',
      coordinates: [[star(random, [5 + gid / 100, 47.25], 0.08, corners)]],
    },
  });
  const layers = {
    'cadastre/parcelle': {
      geometry: 'MultiPolygon' as const,
      fields: PARCELLE_FIELDS,
      partitions: { 21: parcels },
    },
    // One is too large for the pages: its geometry is read from its own file.
    'gpu/zone-urba': {
      geometry: 'MultiPolygon' as const,
      fields: 'gid:integer libelle typezone partition',
      partitions: { france: [zone(0, 5), zone(1, 60), zone(2, 8)] },
    },
  };
  const rows = POSTAL_ROWS.map((row) => ({ ...row, libelleAcheminement: `ÉDITION ${seed}` }));
  return buildTree(layers, rows, { wholeBytes: 300 });
}

const [older, newer] = [await edition(1), await edition(2)];

type Query = (carto: Carto) => Promise<unknown>;

/** Without what it cost, which a second attempt changes. */
function asked(layer: string, parameters: Readonly<Record<string, unknown>>): Query {
  return async (carto) => {
    const { features, meta } = await carto.query(layer, parameters);
    return { features, meta: { ...meta, requests: null, bytes: null } };
  };
}

const CENTRE = { type: 'Point', coordinates: [5.01, 47.25] };
const QUERIES: Readonly<Record<string, Query>> = {
  'parcels by place': asked('cadastre/parcelle', { geom: { type: 'LineString', coordinates: [[4.9, 47.2], [5.1, 47.3]] } }), // prettier-ignore
  'a parcel by its id': asked('cadastre/parcelle', { idu: '21231000AA0001' }),
  'parcels by section': asked('cadastre/parcelle', { code_insee: '21231', section: 'AA' }),
  'zones by place': asked('gpu/zone-urba', { geom: CENTRE }),
  'zones without their geometries': asked('gpu/zone-urba', { geom: CENTRE, geometry: false }),
  'zones of a document': asked('gpu/zone-urba', { partition: 'DU_21231' }),
  'a postal code': (carto) => carto.codesPostaux.communes('21700'),
};

expectNoUnhandledRejections();

/** A source whose files may be others at each request; `requests` counts them. */
function changing(filesAt: (request: number) => ReadonlyMap<string, Uint8Array>) {
  const spans: { readonly path: string; readonly start: number; readonly end: number }[] = [];
  const tree: TreeSource = {
    base: 'memory:',
    whole(path, signal) {
      const files = filesAt(spans.length);
      spans.push({ path, start: 0, end: files.get(path)?.length ?? 0 });
      return memoryTree(files).whole(path, signal);
    },
    range(file, offset, length, signal) {
      const files = filesAt(spans.length);
      spans.push({ path: file.path, start: offset, end: offset + length });
      return memoryTree(files).range(file, offset, length, signal);
    },
  };
  return { tree, spans };
}

async function answerOf(tree: TreeSource, query: Query): Promise<string> {
  return JSON.stringify(await query(await openCarto(tree)));
}

/** The answer, or `null` for a typed error; whatever else is thrown fails the test. */
async function honestly(asking: Promise<string>): Promise<string | null> {
  try {
    return await asking;
  } catch (error) {
    if (isCartoError(error)) return null;
    throw error;
  }
}

it('reads a geometry from the file of the features', async () => {
  const { tree, spans } = changing(() => older);
  await answerOf(tree, QUERIES['zones by place'] ?? expect.fail());
  expect(spans.filter(({ path }) => path.endsWith('.fgb'))).toHaveLength(1);
});

describe.each(Object.entries(QUERIES))('%s', (_, query) => {
  it('whatever byte of what is read is changed: right, or an error', { timeout: 300_000 }, async () => {
    const { tree, spans } = changing(() => older);
    const truth = await answerOf(tree, query);
    const bytes = new Map([...older].map(([path, content]) => [path, Uint8Array.from(content)]));
    const damaged = memoryTree(bytes);
    let errors = 0;
    let flips = 0;
    for (const { path, start, end } of spans) {
      const content = bytes.get(path) ?? new Uint8Array();
      for (let at = start; at < end; at++) {
        const was = content[at] ?? 0;
        content[at] = was ^ (1 << ((at * 5) % 8));
        const answer = await honestly(answerOf(damaged, query));
        content[at] = was;
        flips += 1;
        if (answer === null) errors += 1;
        else if (answer !== truth) expect.fail(`a wrong answer: byte ${at} of ${path}`);
      }
    }
    // Only gaps between units that were read together, and padding, can be changed unnoticed.
    expect(flips).toBeGreaterThan(1000);
    expect(errors / flips).toBeGreaterThan(0.5);
  });

  it('whenever the files are replaced: the old answer, the new one, or an error, and then the new one', async () => {
    const olderFirst = changing(() => older);
    const truths = [await answerOf(olderFirst.tree, query), await answerOf(memoryTree(newer), query)];
    expect(truths[0]).not.toBe(truths[1]);
    const stem = (path: string): string => path.replace(/\.[0-9a-f]{16}\./, '.');
    const contents = new Map([...newer].map(([path, content]) => [stem(path), content]));
    const atOldPaths = [...older].map(([path, old]) => [path, contents.get(stem(path)) ?? old] as const);
    const ways = {
      'published anew, old files gone': newer,
      'published anew, old files kept': new Map([...older, ...newer]),
      'overwritten, catalogue too': new Map([...newer, ...atOldPaths]),
      'overwritten, but for the catalogue': new Map([
        ...atOldPaths,
        ['catalogue.json', older.get('catalogue.json') ?? new Uint8Array()],
      ]),
    };
    for (const [way, after] of Object.entries(ways)) {
      for (let k = 0; k <= olderFirst.spans.length; k++) {
        const { tree } = changing((request) => (request < k ? older : after));
        const opening = openCarto(tree);
        const answer = await honestly(opening.then(async (carto) => JSON.stringify(await query(carto))));
        if (answer !== null) expect(truths, `${way}, at request ${k}`).toContain(answer);
        if (way === 'overwritten, but for the catalogue') continue;
        // What is kept of the old edition is right, too: it was whole.
        const carto = await opening.catch(() => openCarto(tree));
        expect(truths, `${way}, after request ${k}`).toContain(JSON.stringify(await query(carto)));
      }
    }
  });
});
