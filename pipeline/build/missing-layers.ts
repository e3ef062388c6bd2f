/** Layers that a producer's delivery should feed and has no member for: told before anything is packed. */
import { findFormat } from '../datasets/index.ts';
import type { Sources } from '../sources/sources-file.ts';
import type { Loss } from './loss.ts';
import type { PlacedSource } from './normalised.ts';

function missingIn({ source, step }: PlacedSource): Loss[] {
  const { members, path } = step.value.report;
  const fed = new Set(members.map(({ layer }) => layer));
  const layers = new Set(findFormat(source)?.rules.map(({ layer }) => layer));
  return [...layers]
    .filter((layer) => !fed.has(layer))
    .map((layer) => ({ code: 'BadSchema', name: layer, what: `${path}: no member feeds ${layer}` }));
}

/** Those of `placed`; none of what somebody put together, who may leave out what he likes. */
export function missingLayers({ whole }: Sources, placed: readonly PlacedSource[]): Loss[] {
  return whole ? placed.flatMap(missingIn) : [];
}
