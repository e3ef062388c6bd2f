/**
 * Parses JSON that anybody may have sent. Refuses, by answering `undefined`, what is no
 * JSON and what is nested so deeply that reading it would exhaust the stack.
 */

/** Where the text that begins at `start` ends: a pattern for it would exhaust the stack on a long one. */
function endOfText(json: string, start: number): number {
  let quote = start;
  for (;;) {
    quote = json.indexOf('"', quote + 1);
    if (quote < 0) return json.length;
    let backslash = quote - 1;
    while (json[backslash] === '\\') backslash--;
    if ((quote - backslash) % 2 === 1) return quote + 1;
  }
}

/** Texts, and what gives a value its structure. */
function* tokensOf(json: string): Generator<string> {
  const starts = /["[\]{}:]/g;
  for (let found = starts.exec(json); found !== null; found = starts.exec(json)) {
    if (found[0] === '"') starts.lastIndex = endOfText(json, found.index);
    yield json.slice(found.index, starts.lastIndex);
  }
}

/** Deeper than any GeoJSON that can be answered, and than a stack bears to be written again. */
const MOST_NESTED = 1000;

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const token of tokensOf(text)) {
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

/** The members that the object in `text`, which is JSON, has more than once: which one is meant? */
export function repeatedMembers(text: string): string[] {
  const names = new Set<string>();
  const repeated: string[] = [];
  let [depth, before] = [0, ''];
  for (const token of tokensOf(text)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    else if (token === ':' && depth === 1) {
      const name = JSON.parse(before) as string;
      if (names.has(name)) repeated.push(name);
      names.add(name);
    }
    before = token;
  }
  return repeated;
}
