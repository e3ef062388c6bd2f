/**
 * The communes of town planning. Of Paris, Lyon and Marseille the layer may have the whole
 * commune or its arrondissements: where it has not the one that is asked for, the other.
 */
import { arrondissementsOf, parentOf } from '../../query/arrondissements.ts';
import { textOf } from '../validate/rules.ts';
import { ask, type Found } from './ask.ts';
import { distinct, type Filters } from './codes.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

/** What is asked for in place of `filters`: the same, where the layer has that commune. */
async function heldOf(
  carto: CartoSource,
  layer: string,
  filters: Filters,
  signal?: AbortSignal,
): Promise<readonly Filters[]> {
  const code = textOf(filters['insee']);
  const others = [...[parentOf(code) ?? []].flat(), ...arrondissementsOf(code)];
  if (others.length === 0) return [filters];
  const asked = { insee: code, limit: 1, geometry: false, ...(signal && { signal }) };
  const { features } = await carto.query(layer, asked);
  return features.length > 0 ? [filters] : others.map((insee) => ({ ...filters, insee }));
}

/** @throws CartoError, or the reason of the signal. */
export async function askMunicipalities(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Found> {
  const { layer, alternatives } = question;
  const held = await Promise.all(alternatives.map((filters) => heldOf(carto, layer, filters, signal)));
  return ask(carto, { ...question, alternatives: distinct(held.flat()) }, signal);
}
