/**
 * Requests made up at random are refused as by the packages that API Carto validates
 * with, word by word; what these let pass is answered, or refused for a reason of ours.
 */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { createApi } from './create-api.ts';
import { ROUTES } from './routes/routes.ts';
import { randomGeojson } from '../testing/random-geojson.ts';
import { refusalOf } from '../testing/upstream.ts';
import { requestOf, stubCarto } from './testing/stub.ts';

const TEXTS =
  '|0| |x|25|2A|2a|2B|974|é1|25349|2A004|2a004|2B033|97411|98001|00001|20001|２５３４９|25 49|25349 |25349\n|1e3|1.5|.5|5.|+5|-5|--5|1,5|1000|501|500|1e999|NaN|0x10|true|null|[]|{}|"25"|PCI|bdp|XYZ|PCII|P|🙂🙂|🙂\uFE0F|a\u0000|AB|ab|0A|A|ABC|A-|0001|00755|x 1234|____|DU_25349|AC1|PM1,PM2|25349,|%|000|1234|-12|1.2|constructor|__proto__'.split(
    '|',
  );
const VALUES = JSON.parse(
  '[null, true, 0, 12, 25349, -1, 1e21, [], [""], ["25"], ["25", "x"], [null], {}, {"a": 1}, [[1]]]',
) as readonly unknown[];
/** Lists of these are answered here, and refused upstream. */
const LISTED = ['code_insee', 'insee'];
const isList = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 1 : typeof value === 'string' && value.includes(',');

const random = seededRandom(41);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const routes = ROUTES.filter(({ kind }) => kind !== 'communes postales');

function randomValue(name: string): unknown {
  if (name === 'geom') return randomGeojson(random);
  const value = pick<unknown>([...TEXTS, ...VALUES]);
  return LISTED.includes(name) && isList(value) ? '25349' : value;
}

/** Up to three parameters in the query string, some of them twice, and as many in the body. */
function randomRequest() {
  const route = pick(routes);
  const method = pick(route.kind === 'appellations' ? ['POST'] : route.methods);
  const names = () =>
    Array.from({ length: Math.floor(random() * 4) }, () => pick(pick([route, ...routes]).parameters).name);
  const body = Object.fromEntries(names().map((name) => [name, randomValue(name)]));
  const asked = names().filter((name, i, all) => !LISTED.includes(name) || all.indexOf(name) === i);
  const query = asked.map((name) => {
    const value = randomValue(name);
    const text = encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value));
    return `${name}=${random() < 0.5 ? text : text.replace(/%20/g, '+')}`;
  });
  return { route, method, query: query.join('&'), body: method === 'GET' ? {} : body };
}

async function ours(method: string, path: string, body: object) {
  const { carto, asked } = stubCarto();
  const response = await createApi(carto)(requestOf(method, path, method === 'GET' ? undefined : body));
  return { status: response.status, text: await response.text(), asked: asked.length };
}

/** Our parser has words of its own. */
const wording = (text: string): string => text.replace(/"Parse error(?:[^"\\]|\\.)*"/g, '"Parse error"');

describe('requests made up at random', () => {
  it('are refused as upstream refuses them, and for reasons of our own only where it does not', async () => {
    const counts = { refused: 0, answered: 0, refusedMore: 0 };
    for (let i = 0; i < 2500; i++) {
      const { route, method, query, body } = randomRequest();
      const path = `/api${route.path}?${query}`;
      const expected = await refusalOf(route.path, query, body);
      const { status, text, asked: questions } = await ours(method, path, body);
      const asked = `${method} ${path} ${JSON.stringify(body)}`;
      if (status !== 200) expect(questions, asked).toBe(0);
      if (expected === null) {
        counts[status === 200 ? 'answered' : 'refusedMore']++;
        expect([200, 400], asked).toContain(status);
      } else {
        counts.refused++;
        expect(wording(text), asked).toBe(wording(JSON.stringify(expected)));
        expect(status).toBe(400);
      }
    }
    expect(counts.refused).toBeGreaterThan(1000);
    expect(counts.answered).toBeGreaterThan(200);
  });
});
