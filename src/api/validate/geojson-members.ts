/** Validates the members of GeoJSON objects as API Carto does, in its words. */
import type { Tell } from './geojson-positions.ts';

export type Members = Readonly<Record<string, unknown>>;

type MemberType = 'array' | 'object' | 'string';

function isOf(value: unknown, type: MemberType): boolean {
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && !Array.isArray(value);
}

/** How a value of another type is called: where an object should be, by its class. */
function nameOf(value: unknown, wanted: MemberType): string {
  const type = typeof value;
  if (wanted !== 'object' || !value) return type;
  return Array.isArray(value) ? 'Array' : type.charAt(0).toUpperCase() + type.slice(1);
}

/** Whether the member is there, and of its type. */
export function hasMember(members: Members, name: string, type: MemberType, tell: Tell): boolean {
  const value = members[name];
  if (value === undefined) tell(`"${name}" member required`);
  else if (isOf(value, type)) return true;
  else {
    const wanted = type === 'array' ? 'an array' : type;
    tell(`"${name}" member should be ${wanted}, but is an ${nameOf(value, type)} instead`);
  }
  return false;
}

/** Tells of members that belong to another kind of object. */
export function refuseMembers(members: Members, kind: string, names: readonly string[], tell: Tell): void {
  for (const name of names) {
    if (members[name] !== undefined) tell(`${kind} object cannot contain a "${name}" member`);
  }
}

export function readBbox({ bbox }: Members, tell: Tell): void {
  if (!bbox) return;
  if (!Array.isArray(bbox)) {
    tell(`bbox member must be an array of numbers, but is a ${typeof bbox}`);
    return;
  }
  if (!bbox.every((item) => typeof item === 'number')) tell('each element in a bbox member must be a number');
  if (bbox.length !== 4 && bbox.length !== 6) {
    tell('bbox must contain 4 elements (for 2D) or 6 elements (for 3D)');
  }
}

/** Whether all of `items` are objects; lists are, too. */
export function areObjects(items: readonly unknown[]): items is readonly object[] {
  return items.every((item) => typeof item === 'object' && item !== null);
}
