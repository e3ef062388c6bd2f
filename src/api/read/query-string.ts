/**
 * Reads a query string, or a form, as API Carto does: `+` is a space, a name that comes
 * twice is a list, `a[]=1`, `a[0]=1` and `a[b]=1` nest, and what is not percent-encoded,
 * or wrongly so, is taken as it stands. Refuses nothing: the rules of the parameters do.
 */

/** What a name was given: a text, or lists and members of them; `true` where a text became the name of a member. */
export type Nested = string | true | Nested[] | { [name: string]: Nested };

type Members = Record<string, Nested>;

/** Names read from one query string; the rest is left alone, as upstream does. */
const MOST_PARAMETERS = 1000;
const MOST_BRACKETS = 5;
/** Whoever writes `a[100000]=1` gets a member of that name, not a long list. */
const LAST_INDEX = 20;

function decode(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Members of no class, so that names such as `__proto__` mean nothing. */
function noMembers(): Members {
  return Object.create(null) as Members;
}

/** The names in `a[b][c]`, and whether each is in brackets. */
function segmentsOf(key: string): string[] {
  const found = [...key.matchAll(/\[[^[\]]*\]/g)];
  const root = key.slice(0, found[0]?.index);
  const nested = found.slice(0, MOST_BRACKETS).map(([segment]) => segment);
  const beyond = found[MOST_BRACKETS];
  return [
    ...(root === '' ? [] : [root]),
    ...nested,
    ...(beyond === undefined ? [] : [`[${key.slice(beyond.index)}]`]),
  ];
}

/** The value under the segments after the first. */
function nest(segments: readonly string[], value: Nested): Nested {
  const [segment, ...inner] = segments;
  if (segment === undefined) return value;
  const leaf = nest(inner, value);
  const name = segment.slice(1, -1);
  if (name === '') return Array.isArray(leaf) ? leaf : [leaf];
  if (/^\d+$/.test(name) && String(Number(name)) === name && Number(name) <= LAST_INDEX) {
    const list: Nested[] = [];
    list[Number(name)] = leaf;
    return list;
  }
  return name === '__proto__' ? noMembers() : Object.assign(noMembers(), { [name]: leaf });
}

function mergeLists(a: Nested[], b: Nested[]): Nested[] {
  const merged = a.slice();
  b.forEach((item, i) => {
    const other = merged[i];
    if (other === undefined) merged[i] = item;
    else if (typeof other === 'object' && typeof item === 'object') merged[i] = merge(other, item);
    else merged.push(item);
  });
  return merged;
}

function merge(a: Nested | undefined, b: Nested): Nested {
  if (a === undefined) return b;
  if (b === '') return a;
  if (typeof a !== 'object') return [a, ...(Array.isArray(b) ? b : [b])];
  if (Array.isArray(a) && (typeof b !== 'object' || Array.isArray(b))) {
    return Array.isArray(b) ? mergeLists(a, b) : a.concat(b);
  }
  const merged: Members = Object.assign(noMembers(), a);
  if (typeof b !== 'object') merged[String(b)] = true;
  else for (const [name, value] of Object.entries(b)) merged[name] = merge(merged[name], value);
  return merged;
}

/** Lists without the places that no index named. */
function compact(value: Nested): Nested {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.flatMap((item) => [compact(item)]);
  for (const [name, item] of Object.entries(value)) value[name] = compact(item);
  return value;
}

function splitPart(part: string): [string, string] {
  const bracket = part.indexOf(']=');
  const at = bracket < 0 ? part.indexOf('=') : bracket + 1;
  return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
}

/** The parameters in `text`, a query string without its `?`. */
export function readQueryString(text: string): Members {
  const together = new Map<string, Nested>();
  const parts = text.replace(/%5B/gi, '[').replace(/%5D/gi, ']').split('&', MOST_PARAMETERS);
  for (const part of parts) {
    const [key, value] = splitPart(part);
    const given = together.get(key);
    together.set(key, given === undefined ? value : [given, value].flat());
  }
  const members = noMembers();
  for (const [key, value] of together) {
    const [root = '', ...inner] = segmentsOf(key);
    const name = /^\[.*\]$/.test(root) ? root.slice(1, -1) : root;
    if (name !== '' && name !== '__proto__') members[name] = merge(members[name], nest(inner, value));
  }
  return compact(members) as Members;
}
