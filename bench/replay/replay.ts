/**
 * Replays what callers of API Carto do through the API, and counts what it costs the
 * static host: of a page that has just been opened, and of one that has asked before.
 */
import { createApi, type Api } from '../../src/api/index.ts';
import { openCarto, type Carto } from '../../src/index.ts';
import { CountingHost, type Count } from '../host.ts';
import { replays, type Replayed, type Visit } from './sessions.ts';

/** `cold`: nothing is known. `warm`: the page has made another visit of the kind before. */
export type State = 'cold' | 'warm';

export interface Cost {
  readonly title: string;
  /** Requests to the API of a visit. */
  readonly asked: number;
  readonly costs: Readonly<Record<State, readonly Count[]>>;
}

const ORIGIN = 'https://page.test';

async function ask(api: Api, path: string): Promise<unknown> {
  const response = await api(new Request(`${ORIGIN}/api${path}`));
  // A form that asks at each key is refused until the last.
  if (response.status === 400 && path.startsWith('/codes-postaux')) return null;
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Asks all of a visit; how many requests it was. */
async function make(api: Api, visit: Visit): Promise<number> {
  let [answer, asked]: [unknown, number] = [null, 0];
  for (const step of visit) {
    const path = typeof step === 'string' ? step : step(answer);
    if (path === null) continue;
    answer = await ask(api, path);
    asked++;
  }
  return asked;
}

interface Bench {
  readonly host: CountingHost;
  readonly open: (account: string) => Promise<Carto>;
}

async function costOf({ host, open }: Bench, { title, visits }: Replayed, name: string): Promise<Cost> {
  const costs: Record<State, Count[]> = { cold: [], warm: [] };
  let asked = 0;
  for (const [i, visit] of visits.entries()) {
    const account = `${name}-${i}`;
    const api = createApi(await open(account));
    asked = Math.max(asked, await make(api, visit));
    costs.cold.push(host.take(account));
    await make(api, visits[(i + 1) % visits.length] ?? visit);
    costs.warm.push(host.take(account));
  }
  return { title, asked, costs };
}

/** What each replay costs on the tree in `directory`, `count` visits of each, drawn with `seed`. */
export async function measureReplays(directory: string, count: number, seed: number): Promise<Cost[]> {
  const host = new CountingHost({ folders: { tree: directory } });
  const address = await host.start();
  const open = (account: string): Promise<Carto> => openCarto(`${address}/${account}/tree/`);
  try {
    const costs: Cost[] = [];
    for (const [i, replayed] of (await replays(await open('drawing'), count, seed)).entries()) {
      costs.push(await costOf({ host, open }, replayed, `replay-${i}`));
    }
    return costs;
  } finally {
    await host.stop();
  }
}
