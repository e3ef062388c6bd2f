/** Adds to a refusal of a name that nobody knows the one that was probably meant. */
import { CartoError, isCartoError } from '../../src/errors.ts';
import type { Carto } from '../../src/node.ts';
import { definitionOf } from '../../src/query/definitions.ts';
import { nearest } from '../../src/query/nearest.ts';

/** The names that a question on `layer` may use for what it asks of features. */
function namesIn(carto: Carto, layer: string): string[] {
  const fields = carto.catalogue.layers[layer]?.fields ?? [];
  return [...Object.keys(definitionOf(layer).parameters), ...fields.map(({ name }) => name)];
}

/** All that may be asked here: the library has a call of its own for postal codes. */
function layersOf({ catalogue }: Carto): string[] {
  const layers = Object.keys(catalogue.layers);
  return catalogue.codesPostaux === null ? layers : [...layers, 'codes-postaux/communes'];
}

/** `error`, with the layer or the parameter that its message should have named, if one is near. */
export function withSuggestion(error: unknown, carto: Carto, layer: string): unknown {
  if (!isCartoError(error, 'UnknownLayer', 'InvalidQuery')) return error;
  const { path } = error.details;
  const isLayer = error.code === 'UnknownLayer';
  const known = isLayer ? layersOf(carto) : namesIn(carto, layer);
  const unknown = isLayer ? layer : path;
  if (typeof unknown !== 'string' || known.includes(unknown)) return error;
  const suggestion = nearest(unknown, known);
  const said = isLayer
    ? error.message.replace(/it holds .*$/s, `it holds ${known.join(', ')}`)
    : error.message;
  const message = suggestion === undefined ? said : `${said}; did you mean ${suggestion}?`;
  return new CartoError(error.code, message, { ...error.details, suggestion }, error);
}
