/**
 * The list of the blocks that are kept, as it stands beside them: each path once, the
 * blocks in the order of their last use. Refuses a list that is not of this form.
 */
import type { Block } from './blocks.ts';

interface List {
  readonly form: 1;
  readonly paths: readonly string[];
  /** Offset −1 for a whole file. */
  readonly blocks: readonly (readonly [path: number, offset: number, length: number])[];
}

export function writeList(blocks: readonly Block[]): Uint8Array {
  const paths = [...new Set(blocks.map(({ path }) => path))];
  const numbers = new Map(paths.map((path, i) => [path, i]));
  const rows = blocks.map(
    ({ path, offset, length }) => [numbers.get(path) ?? 0, offset ?? -1, length] as const,
  );
  const list: List = { form: 1, paths, blocks: rows };
  return new TextEncoder().encode(JSON.stringify(list));
}

/** `undefined` for what is no such list: then nothing is known to be kept. */
export function readList(bytes: Uint8Array): Block[] | undefined {
  try {
    const { form, paths, blocks } = JSON.parse(new TextDecoder().decode(bytes)) as List;
    if ((form as number) !== 1) return undefined;
    return blocks.map(([number, offset, length]) => ({
      path: paths[number] ?? '',
      offset: offset < 0 ? null : offset,
      length,
    }));
  } catch {
    return undefined;
  }
}
