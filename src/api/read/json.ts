/**
 * Parses JSON that anybody may have sent. Refuses, by answering `undefined`, what is no
 * JSON and what is nested so deeply that reading it would exhaust the stack.
 */

/** Deeper than any GeoJSON that can be answered. */
const MOST_NESTED = 200;

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}

/** The value of `text`; `undefined` when it has none. */
export function parseJson(text: string): unknown {
  if (depthOf(text) > MOST_NESTED) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
