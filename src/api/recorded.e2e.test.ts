/**
 * Answers that API Carto was recorded to give: from the same features, the same answers,
 * save what is not stable upstream either (`id`, `gid`, `timeStamp`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findLayer } from '../../pipeline/datasets/index.ts';
import type { Value } from '../format/feature-values.ts';
import type { ApiFeature, Collection } from './answer/envelope.ts';
import { createApi } from './create-api.ts';
import { requestOf, stubCarto, type Row } from './testing/stub.ts';

const RECORDED = fileURLToPath(new URL('../../../shared/recorded/', import.meta.url));

interface Recording {
  readonly name: string;
  readonly route: string;
  readonly answer: Collection;
}

function readRecordings(module: string): Recording[] {
  const folder = `${RECORDED}${module}`;
  return readdirSync(folder).map((name) => {
    const answer = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Collection;
    return { name, route: `/${module}/${name.replace(/-[0-9a-f]+-POST\.json$/, '')}`, answer };
  });
}

function readAll(): Recording[] {
  if (existsSync(RECORDED)) return ['cadastre', 'gpu'].flatMap(readRecordings);
  process.stderr.write(`skipped: the recorded answers are not in ${RECORDED}\n`);
  return [];
}

function rowOf({ properties, geometry, bbox }: ApiFeature): Row {
  const [west = 0, south = 0, east = 0, north = 0] = bbox ?? [];
  return { properties: properties as Record<string, Value>, geometry, bbox: [west, south, east, north] };
}

function comparable(collection: Collection): object {
  return {
    ...collection,
    timeStamp: '',
    features: collection.features.map((feature) => ({ ...feature, id: '' })),
  };
}

const recordings = readAll();

describe.skipIf(recordings.length === 0)('the recorded answers', () => {
  it.each(recordings)('$name', async ({ route, answer }) => {
    const { carto } = stubCarto(() => answer.features.map(rowOf));
    const response = await createApi(carto)(requestOf('POST', `/api${route}`, { partition: 'DU_1' }));
    const ours = (await response.json()) as Collection;
    expect(comparable(ours)).toEqual(comparable(answer));
    const order = (collection: Collection) => Object.keys(collection).filter((name) => name !== 'timeStamp');
    expect(order(ours)).toEqual(order(answer));
    const [mine, theirs] = [ours.features[0], answer.features[0]];
    expect(Object.keys(mine ?? {})).toEqual(Object.keys(theirs ?? {}));
  });

  it.each(recordings.filter(({ answer }) => answer.features.length > 0))(
    'of $name have the properties that are published, and their types',
    ({ route, answer }) => {
      const fields = findLayer(route.slice(1))?.fields ?? [];
      const types = new Map(fields.map(({ name, type }) => [name, type === 'integer' ? 'number' : type]));
      for (const { properties } of answer.features) {
        const found = Object.entries(properties).filter(([, value]) => value !== null);
        expect(Object.keys(properties).sort()).toEqual([...types.keys()].sort());
        for (const [name, value] of found) expect([name, typeof value]).toEqual([name, types.get(name)]);
      }
    },
  );
});
