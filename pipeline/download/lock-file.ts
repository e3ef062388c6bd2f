/**
 * `data/sources.lock.json`: which bytes each name stands for. Meant to be committed: sorted,
 * a line a fact, written only when a fact has changed.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, PipelineError } from '../errors.ts';
import { writeDurably } from './durable.ts';
import type { LockedSource } from './wanted.ts';

const text = z.string().nullable();
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const locked: z.ZodType<LockedSource> = z.strictObject({
  url: z.string(),
  length: z.int().min(0),
  sha256: hex,
  announced: text,
  edition: text,
  licence: text,
  etag: text,
  lastModified: text,
  fetched: z.string(),
});

const lockFile = z.strictObject({ version: z.literal(1), sources: z.record(z.string(), locked) });

function refusal(path: string, what: string, cause?: unknown): PipelineError {
  return new PipelineError('BadSourcesFile', `not a lock file: ${what}`, { source: path }, cause);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw refusal(path, messageOf(error), error);
  }
}

function parseJson(json: string, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw refusal(path, messageOf(error), error);
  }
}

/**
 * What is locked, by name; nothing when there is no such file yet.
 * @throws PipelineError `BadSourcesFile` when it is not one that was written here.
 */
export function readLock(path: string): Map<string, LockedSource> {
  const json = read(path);
  if (json === null) return new Map();
  const parsed = lockFile.safeParse(parseJson(json, path));
  if (parsed.success) return new Map(Object.entries(parsed.data.sources));
  const issue = parsed.error.issues[0];
  throw refusal(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

/** The order of the members is that of the type, whatever was read. */
function line(source: LockedSource): LockedSource {
  const { url, length, sha256, announced, edition, licence, etag, lastModified, fetched } = source;
  return { url, length, sha256, announced, edition, licence, etag, lastModified, fetched };
}

function write(path: string, sources: ReadonlyMap<string, LockedSource>): void {
  const sorted = [...sources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, source]) => [name, line(source)]);
  const json = JSON.stringify({ version: 1, sources: Object.fromEntries(sorted) as unknown }, null, 2);
  // Nothing to say is nothing to touch: the date of the file is its last change.
  if (read(path) !== `${json}\n`) writeDurably(path, `${json}\n`);
}

/** Locks `source` under `name`; the rest stays as it is. */
export function lockSource(path: string, name: string, source: LockedSource): void {
  write(path, readLock(path).set(name, source));
}

/** Forgets every name that is not among `names`; gives those forgotten. */
export function keepLocked(path: string, names: ReadonlySet<string>): string[] {
  const sources = readLock(path);
  const forgotten = [...sources.keys()].filter((name) => !names.has(name));
  for (const name of forgotten) sources.delete(name);
  if (forgotten.length > 0) write(path, sources);
  return forgotten;
}
