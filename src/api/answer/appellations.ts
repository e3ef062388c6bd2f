/**
 * The appellations at a place, with what API Carto computes for each: whether the place
 * contains the area of the appellation, and the hectares that they share.
 */
import type { GeoJSON, Geometry } from 'geojson';
import { prepareContains } from '../../geometry/contains.ts';
import { shapeOf } from '../../geometry/shape.ts';
import { parseGeometry } from '../../geometry/validate.ts';
import { sharedArea } from './area.ts';
import { ask, type Feature, type Found } from './ask.ts';
import type { Question } from './question.ts';
import type { CartoSource } from './source.ts';

const SQUARE_METRES_IN_HECTARE = 10_000;

/** What is computed, by name; `null` where there is no place to compute from. */
type Computed = (geometry: Geometry | null) => { contains: boolean | null; area: number | null };

function computing(geom: GeoJSON | undefined): Computed {
  if (geom === undefined) return () => ({ contains: null, area: null });
  const place = parseGeometry(geom);
  const prepared = prepareContains(shapeOf(place));
  return (geometry) => {
    if (geometry === null) return { contains: null, area: null };
    const hectares = sharedArea(place, geometry) / SQUARE_METRES_IN_HECTARE;
    return { contains: prepared.contains(shapeOf(geometry)), area: Number(hectares.toFixed(4)) };
  };
}

/** After the columns that upstream has beside these, before INAO's own. */
const LAST_BEFORE = 'instruction_obligatoire';

function completed(feature: Feature, compute: Computed, isShown: boolean): Feature {
  const columns = Object.entries(feature.properties);
  const at = columns.findIndex(([name]) => name === LAST_BEFORE) + 1;
  const computed = Object.entries(compute(feature.geometry));
  const properties = Object.fromEntries([...columns.slice(0, at), ...computed, ...columns.slice(at)]);
  return { ...feature, properties, geometry: isShown ? feature.geometry : null };
}

export async function askAppellations(
  carto: CartoSource,
  question: Question,
  signal?: AbortSignal,
): Promise<Found> {
  const isShown = question.geometry !== 'false';
  const found = await ask(carto, { ...question, geometry: 'true' }, signal);
  const compute = computing(question.geom);
  return { ...found, features: found.features.map((feature) => completed(feature, compute, isShown)) };
}
