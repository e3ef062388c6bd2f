/** The table of replays, as README.md shows it, and what of it is promised. */
import { kilobytes, spreadOf } from '../summary.ts';
import type { Cost, State } from './replay.ts';

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Requests in the median and at most, bytes in the mean and at most. */
function cell({ costs }: Cost, state: State): string {
  const requests = spreadOf(costs[state].map((count) => count.requests));
  const bytes = spreadOf(costs[state].map((count) => count.bytes));
  return `${requests.p50} (${requests.max}): ${kilobytes(bytes.mean)} (${kilobytes(bytes.max)})`;
}

export function markdownTable(costs: readonly Cost[]): string {
  const head = ['what is done', 'requests to API Carto', 'cold', 'warm'];
  const rows = costs.map((cost) => [cost.title, `${cost.asked}`, cell(cost, 'cold'), cell(cost, 'warm')]);
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

/** The most requests of a visit to a page that has just been opened, its catalogue included, and of a later one. */
const MOST: readonly (readonly [title: RegExp, cold: number, warm: number])[] = [
  [/map click/, 3, 2],
  [/code_insee/, 4, 3],
  [/zone-urba/, 6, 4],
  [/codes-postaux/, 3, 1],
  [/gpu.all/, 40, 20],
  [/appellation/, 4, 3],
];

/** The promises that are broken, each with by how much. */
export function brokenPromises(costs: readonly Cost[]): string[] {
  return costs.flatMap(({ title, costs: counts }) => {
    const [, cold = 0, warm = 0] = MOST.find(([titles]) => titles.test(title)) ?? [];
    const over = ([state, most]: readonly [State, number]): string[] => {
      const asked = Math.max(...counts[state].map(({ requests }) => requests));
      return asked > most ? [`${title}, ${state}: ${asked} requests, at most ${most} promised`] : [];
    };
    return [...over(['cold', cold]), ...over(['warm', warm])];
  });
}
