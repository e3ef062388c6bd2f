/**
 * What callers of API Carto do, as sequences of requests: each step is a request, or is
 * made of the answer before it. The places and codes are those of features of the tree,
 * drawn with a seed.
 */
import type { Carto } from '../../src/index.ts';
import { seededRandom } from '../../src/testing/random.ts';

/** A path with its query string; `null` when there is nothing to ask any more. */
export type Step = string | ((answer: unknown) => string | null);

/** One visit: what somebody asks, one request after the other. */
export type Visit = readonly Step[];

export interface Replayed {
  /** In the table. */
  readonly title: string;
  readonly visits: readonly Visit[];
}

interface Drawn {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly bbox?: readonly [number, number, number, number];
}

/** More than the example territory has. */
const MOST_FEATURES = 100_000;

async function drawn(
  carto: Carto,
  layer: string,
  count: number,
  random: () => number,
): Promise<readonly Drawn[]> {
  const { features } = await carto.query(layer, { geometry: false, limit: MOST_FEATURES });
  return Array.from({ length: count }, () => {
    const feature: Drawn | undefined = features[Math.floor(random() * features.length)];
    if (feature === undefined) throw new Error(`${layer}: no features`);
    return feature;
  });
}

/** A click: somewhere in the box of a feature, with as many digits as maps give. */
function clickIn({ bbox = [0, 0, 0, 0] }: Drawn, random: () => number): string {
  const [west, south, east, north] = bbox;
  const coordinates = [west + (east - west) * random(), south + (north - south) * random()];
  return `geom=${encodeURIComponent(JSON.stringify({ type: 'Point', coordinates }))}`;
}

/** The document of the first zone that was answered. */
function documentOf(answer: unknown): string | null {
  const { features } = answer as { readonly features: readonly Drawn[] };
  const partition = features[0]?.properties['partition'];
  return typeof partition === 'string' ? `/gpu/document?partition=${partition}` : null;
}

function partsOf({ properties }: Drawn): string {
  const parts = ['code_insee', 'section', 'numero'].map((name) => `${name}=${String(properties[name])}`);
  return `/cadastre/parcelle?${parts.join('&')}`;
}

/** A form that asks at each digit. */
function keystrokes(codePostal: string): string[] {
  return Array.from(codePostal, (_, i) => `/codes-postaux/communes/${codePostal.slice(0, i + 1)}`);
}

/** Postal codes of communes that the tree knows; several départements. */
async function postalCodes(carto: Carto, count: number, random: () => number): Promise<string[]> {
  const codes: string[] = [];
  while (codes.length < count) {
    const code = String(1000 + Math.floor(random() * 95_000)).padStart(5, '0');
    if ((await carto.codesPostaux.communes(code).catch(() => [])).length > 0) codes.push(code);
  }
  return codes;
}

/** `count` visits of each kind, the same for the same seed and tree. */
export async function replays(carto: Carto, count: number, seed: number): Promise<Replayed[]> {
  const random = seededRandom(seed);
  const parcels = await drawn(carto, 'cadastre/parcelle', count, random);
  const zones = await drawn(carto, 'gpu/zone-urba', count, random);
  const appellations = await drawn(carto, 'aoc/appellation-viticole', count, random);
  const codes = await postalCodes(carto, count, random);
  const at = (path: string, feature: Drawn): string => `${path}?${clickIn(feature, random)}`;
  return [
    {
      title: 'map click: `parcelle?geom=`',
      visits: parcels.map((parcel) => [at('/cadastre/parcelle', parcel)]),
    },
    { title: '`parcelle?code_insee&section&numero`', visits: parcels.map((parcel) => [partsOf(parcel)]) },
    {
      title: '`zone-urba?geom=`, then `document?partition=`',
      visits: zones.map((zone) => [at('/gpu/zone-urba', zone), documentOf]),
    },
    { title: '`codes-postaux` at each of five keys', visits: codes.map(keystrokes) },
    { title: '`/gpu/all?geom=`, 17 layers', visits: zones.map((zone) => [at('/gpu/all', zone)]) },
    {
      title: '`appellation-viticole?geom=`',
      visits: appellations.map((appellation) => [at('/aoc/appellation-viticole', appellation)]),
    },
  ];
}
