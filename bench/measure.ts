/** Asks one reader every question of a scenario, one after the other, and counts what each costs. */
import type { Group, Kind, Query, QuerySets } from './data/queries.ts';
import type { Count, CountingHost } from './host.ts';
import type { Reader, Session } from './readers/reader.ts';

/**
 * - cold: nothing cached, each question of a new reader;
 * - warm: the catalogue, header or footer is known;
 * - same region: something near was asked before of the same reader;
 * - nearby: the next clicks within 200 m.
 */
export type Scenario = 'cold' | 'warm' | 'same region' | 'nearby';

export interface Sample extends Count {
  readonly ms: number;
  readonly isRight: boolean;
  /** What went wrong. */
  readonly failure: string | null;
}

export interface Series {
  readonly reader: string;
  readonly kind: Kind;
  readonly scenario: Scenario;
  readonly samples: readonly Sample[];
}

function sameIds(found: readonly string[], expected: Query['expected']): boolean {
  const sorted = [...found].sort();
  return expected?.length === sorted.length && sorted.every((id, i) => id === expected[i]);
}

/** The host that is asked, and how many sessions ask at a time. */
export interface Bench {
  readonly host: CountingHost;
  readonly address: string;
  readonly parallel: number;
}

/** Asked of one session: after opening it, what is not counted, then what is. */
interface Visit {
  readonly isWarm: boolean;
  readonly before: readonly Query[];
  readonly queries: readonly Query[];
}

async function sample(host: CountingHost, account: string, session: Session, query: Query): Promise<Sample> {
  host.take(account);
  const start = performance.now();
  let failure: string | null = null;
  let isRight = false;
  try {
    isRight = sameIds(await session.ask(query), query.expected);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const ms = performance.now() - start;
  return { ...host.take(account), ms, isRight, failure };
}

async function visit(bench: Bench, account: string, reader: Reader, planned: Visit): Promise<Sample[]> {
  const session = await reader.open(`${bench.address}/${account}`);
  if (planned.isWarm) await session.warm();
  for (const query of planned.before) await session.ask(query);
  const samples: Sample[] = [];
  for (const query of planned.queries) samples.push(await sample(bench.host, account, session, query));
  await session.close?.();
  return samples;
}

async function visitAll(
  bench: Bench,
  reader: Reader,
  name: string,
  visits: readonly Visit[],
): Promise<Sample[]> {
  const samples = visits.map((): Sample[] => []);
  const waiting = visits.entries();
  const workers = Array.from({ length: bench.parallel }, async () => {
    for (const [i, planned] of waiting) samples[i] = await visit(bench, `${name}-${i}`, reader, planned);
  });
  await Promise.all(workers);
  return samples.flat();
}

function groupsOf(sets: QuerySets, kind: Kind, scenario: Scenario): readonly Group[] {
  if (scenario === 'nearby') return kind === 'point' ? sets.nearby : [];
  const regions: Partial<Record<Kind, readonly Group[]>> = sets.sameRegion;
  return regions[kind] ?? [];
}

function visitsOf(sets: QuerySets, kind: Kind, scenario: Scenario): Visit[] {
  if (scenario === 'cold' || scenario === 'warm') {
    const isWarm = scenario === 'warm';
    return sets.anywhere[kind].map((query) => ({ isWarm, before: [], queries: [query] }));
  }
  return groupsOf(sets, kind, scenario).map((group) => ({ isWarm: true, ...group }));
}

/** One series; `null` where the scenario has no such questions. */
export async function measure(
  bench: Bench,
  reader: Reader,
  sets: QuerySets,
  kind: Kind,
  scenario: Scenario,
): Promise<Series | null> {
  const isAsked = reader.scenarios?.includes(scenario) ?? true;
  const visits = isAsked ? visitsOf(sets, kind, scenario) : [];
  if (visits.length === 0) return null;
  return {
    reader: reader.name,
    kind,
    scenario,
    samples: await visitAll(bench, reader, `${kind}-${scenario.replaceAll(' ', '-')}`, visits),
  };
}

/** What is measured of each kind of question. */
export const SCENARIOS: Readonly<Record<Kind, readonly Scenario[]>> = {
  point: ['cold', 'warm', 'same region', 'nearby'],
  id: ['cold', 'warm', 'same region'],
  polygon: ['cold', 'same region'],
  box: ['cold', 'same region'],
  section: ['warm'],
  commune: ['warm'],
};
