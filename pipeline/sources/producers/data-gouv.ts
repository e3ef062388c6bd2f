/** data.gouv.fr's API: a dataset with its licence and resources, checked whole. */
import { z } from 'zod';
import type { Checksum, Downloader } from '../../download/wanted.ts';
import { LICENCE_OUVERTE } from '../../datasets/dataset.ts';
import { messageOf } from '../../errors.ts';
import { DATA_GOUV } from './addresses.ts';
import { refuse, type At } from './catalogue.ts';

const resource = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  filesize: z.number().int().nonnegative().nullable().default(null),
  checksum: z.object({ type: z.string(), value: z.string() }).nullable().default(null),
  last_modified: z.string().nullable().default(null),
});

const dataset = z.object({ license: z.string().nullable().default(null), resources: z.array(resource) });

export type Resource = z.infer<typeof resource>;

export interface Dataset {
  /** As served; the portal's codes of the Licence Ouverte are written out. */
  readonly licence: string | null;
  readonly resources: readonly Resource[];
}

const LICENCES: Readonly<Record<string, string>> = {
  lov2: LICENCE_OUVERTE,
  'fr-lo': 'Licence Ouverte / Open Licence',
  'odc-odbl': 'Open Data Commons Open Database License (ODbL)',
};

function parse(text: string, at: At): z.infer<typeof dataset> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(at, `not JSON (${messageOf(error)}); it begins with ${JSON.stringify(text.slice(0, 80))}`);
  }
  const parsed = dataset.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(at, `not a dataset of data.gouv.fr: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

export function datasetAt(producer: string, slug: string): At {
  return { producer, url: `${DATA_GOUV}/${slug}/` };
}

/** @throws PipelineError `BadCatalogue` */
export async function readDataset(downloader: Downloader, at: At): Promise<Dataset> {
  const { license, resources } = parse(await downloader.text(at.url), at);
  const said = license === 'notspecified' ? null : license;
  return { licence: said === null ? null : (LICENCES[said] ?? said), resources };
}

/** The portal's own names of algorithms; `crc` proves too little to be used. */
const ALGORITHMS: Readonly<Record<string, Checksum['algorithm'] | null>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha2: 'sha256',
  sha256: 'sha256',
  crc: null,
};

const DIGITS: Readonly<Record<Checksum['algorithm'], number>> = { md5: 32, sha1: 40, sha256: 64 };

/** The resource's checksum, `null` where it has none that can be used. */
export function checksumOf({ title, checksum }: Resource, at: At): Checksum | null {
  if (checksum === null) return null;
  const { type, value } = checksum;
  const algorithm = ALGORITHMS[type];
  if (algorithm === null) return null;
  if (algorithm === undefined || !/^[0-9a-f]+$/i.test(value) || value.length !== DIGITS[algorithm])
    return refuse(at, `${title} has a checksum that is none: ${type} ${value}`);
  return { algorithm, hex: value.toLowerCase() };
}
