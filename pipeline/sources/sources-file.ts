/**
 * The sources file: which producers' files make a territory. JSON, checked whole
 * before anything is read; paths are relative to the file itself.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { messageOf, PipelineError } from '../errors.ts';

const common = {
  /** A file or folder; several files of one name make one source (a shapefile's, say). */
  path: z.string().min(1),
  /** The producer's edition, a date where there is one. */
  vintage: z.string().min(1).optional(),
};

/** Of tables and attributes, whose bytes do not always tell. */
const texts = z.object({
  encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'ibm850']).optional(),
  /** A text that must appear: it does not when the encoding is wrong. */
  sentinel: z.string().min(1).optional(),
});

const places = z.object({
  /** `EPSG:n`, only for data that carry no coordinate system. */
  crs: z
    .string()
    .regex(/^EPSG:\d+$/)
    .optional(),
  /** Where all coordinates must lie: a named territory of `normalise/bounds.ts`. */
  bounds: z.string().optional(),
  /**
   * Where the source would have told of a feature: boxes in degrees, or the box of what it
   * holds (`data`) for an excerpt. Without it, what its producer covers.
   */
  covers: z
    .union([z.literal('data'), z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]))])
    .optional(),
  /** Members that hold no row, and may: any other empty member fails the build. */
  mayBeEmpty: z.array(z.string()).optional(),
  /** The share of features that may be rejected before the build fails. */
  maxRejects: z.number().min(0).max(1).optional(),
});

const departement = z.string().regex(/^(\d\d|2[AB]|97\d|98\d)$/);

const source = z.discriminatedUnion('format', [
  z.strictObject({
    dataset: z.literal('aoc'),
    format: z.literal('inao'),
    ...common,
    ...texts.shape,
    ...places.shape,
  }),
  z.strictObject({
    dataset: z.literal('codes-postaux'),
    format: z.literal('npm'),
    ...common,
    path: z.string().optional(),
  }),
  z.strictObject({
    dataset: z.literal('codes-postaux'),
    format: z.literal('laposte'),
    ...common,
    ...texts.shape,
  }),
  z.strictObject({
    dataset: z.literal('cadastre'),
    format: z.enum(['parcellaire-express', 'bd-parcellaire', 'etalab', 'edigeo']),
    departement,
    ...common,
    ...texts.shape,
    ...places.shape,
  }),
  z.strictObject({
    dataset: z.literal('gpu'),
    format: z.literal('extraction'),
    ...common,
    ...texts.shape,
    ...places.shape,
  }),
  z.strictObject({
    dataset: z.literal('gpu'),
    format: z.literal('cnig'),
    /** The partition of the GPU, where the deposit's name does not tell: `DU_41003`. */
    partition: z.string().optional(),
    /** The layer of members that are not what their name says: `{"SECTEUR_CC.csv": "gpu/prescription-surf"}`. */
    members: z.record(z.string(), z.string()).optional(),
    ...common,
    ...texts.shape,
    ...places.shape,
  }),
]);

const sourcesFile = z.strictObject({
  territory: z.string().min(1),
  options: z.strictObject({ codesPostaux: z.enum(['npm', 'laposte']).optional() }).optional(),
  sources: z.array(source).min(1),
});

/** One entry of the sources file; `location` is its absolute path. */
export type Source = z.infer<typeof source> &
  // Absent from the formats that have none.
  z.infer<typeof texts> &
  z.infer<typeof places> & { readonly location: string | null };

export interface Sources {
  readonly territory: string;
  /** Which table of postal codes is served when several are built; `null` when it is not said. */
  readonly codesPostaux: 'npm' | 'laposte' | null;
  readonly sources: readonly Source[];
  /** Whether each source is all that its producer delivers, and no member of it may be missing. */
  readonly whole: boolean;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PipelineError('MissingSource', 'the sources file cannot be read', { source: path }, error);
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PipelineError('BadSourcesFile', `not JSON: ${messageOf(error)}`, { source: path }, error);
  }
}

/**
 * Checks `value`, the content of a sources file; relative paths start in `folder`.
 * @throws PipelineError `BadSourcesFile`, which names `from`, the entry and the key.
 */
export function parseSources(value: unknown, folder: string, from: string): Sources {
  const parsed = sourcesFile.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.path.join('.') ?? '';
    throw new PipelineError('BadSourcesFile', `${key}: ${issue?.message ?? 'invalid'}`, { source: from });
  }
  const { territory, options, sources } = parsed.data;
  return {
    territory,
    codesPostaux: options?.codesPostaux ?? null,
    sources: sources.map((entry) => ({
      ...entry,
      location: entry.path === undefined ? null : resolve(folder, entry.path),
    })),
    whole: false,
  };
}

/**
 * Reads and checks the sources file at `path`.
 * @throws PipelineError `MissingSource` or `BadSourcesFile`, which names the entry and the key.
 */
export function readSourcesFile(path: string): Sources {
  return parseSources(parseJson(read(path), path), dirname(resolve(path)), path);
}
