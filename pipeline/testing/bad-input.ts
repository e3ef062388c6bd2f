/** What the tests of bad input say of each: how it comes about, and what the build must answer. */
import type { PipelineErrorCode, Where } from '../errors.ts';
import { AOC, CADASTRE, DOCUMENT, EXTRACTION, LAPOSTE, type TestSource } from './territory.ts';

export interface BadInput {
  readonly what: string;
  /** Makes the sources in `root` bad. */
  readonly spoil?: (root: string) => void;
  /** The entries of the sources file, where they are not the good ones. */
  readonly sources?: readonly TestSource[];
  readonly code: PipelineErrorCode;
  /** `null` for the sources file itself. */
  readonly where: Where | null;
  /** The rest of the message, after the place. */
  readonly message: RegExp;
}

export const GOOD: readonly TestSource[] = [AOC, LAPOSTE, CADASTRE, EXTRACTION, DOCUMENT];

/** The good entries, one of them with other keys. */
export function entriesWith(entry: TestSource, keys: Record<string, unknown>): TestSource[] {
  return GOOD.map((source) => (source === entry ? { ...source, ...keys } : source));
}

/** The parcels, as errors name them. */
export const PARCELLE: Where = { source: 'D021', member: 'PARCELLE.shp', layer: 'cadastre/parcelle' };
