/**
 * One file, from its server to its place beside the store: gone on with where it was left when it
 * is the same still, begun again when it is not, and given up when it is not what was announced.
 */
import { persist } from './attempts.ts';
import type { Answer, Client } from './client.ts';
import { encodingOf } from './encoded.ts';
import { Hashing } from './hashing.ts';
import { validatorOf, type Version } from './partial.ts';
import { judge, take, type Received, type Receiver } from './reception.ts';
import { SNIFFED_BYTES } from './sniff.ts';
import { Trouble } from './trouble.ts';

export interface DownloadFile extends Omit<Receiver, 'until'> {
  readonly client: Client;
  /** Headers that ask for the file only when it is another one than is known. */
  readonly condition?: Readonly<Record<string, string>>;
  readonly tries?: number;
  /** Said at the end of an error. */
  readonly epilogue?: string;
}

/** Bytes that count as having come forward: a server that cuts every so often is not given up. */
const PROGRESS_BYTES = 1 << 20;

function numberOf(text: string | null | undefined): number | null {
  return /^\d+$/.test(text ?? '') ? Number(text) : null;
}

/** What `Content-Range` says: the first byte of the part, and the length of the whole. */
function partOf(answer: Answer): { readonly start: number | null; readonly total: number | null } {
  const [, start, total] =
    /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(answer.header('content-range') ?? '') ?? [];
  return { start: numberOf(start), total: numberOf(total) };
}

/**
 * Whether the answer, as far as it says, is of `version`: some servers give parts without having
 * read `If-Range` (Data Fair, La Poste's), and then only their headers tell of which version.
 */
function isOf(version: Version, answer: Answer): boolean {
  const [etag, lastModified] = [answer.header('etag'), answer.header('last-modified')];
  if (encodingOf(answer) !== null || (etag ?? version.etag) !== version.etag) return false;
  // A weak tag says nothing of bytes.
  const isCertain = etag !== null && !etag.startsWith('W/');
  return isCertain || (lastModified ?? version.lastModified) === version.lastModified;
}

class FileDownload {
  readonly #job: DownloadFile;
  readonly #receiver: Receiver;
  /** The most that has been kept of it. */
  #best: number;
  /** Of what is kept, from the attempt before. */
  #hashing: Hashing | null = null;

  constructor(job: DownloadFile) {
    const { clock, deadlineMs } = job.settings;
    this.#job = job;
    this.#receiver = { ...job, until: clock.now() + deadlineMs };
    this.#best = job.partial.length;
  }

  /** Whether the last attempt has brought it forward. */
  moved(): boolean {
    const { length, version } = this.#job.partial;
    const moved = version !== null && length >= this.#best + PROGRESS_BYTES;
    this.#best = Math.max(this.#best, length);
    return moved;
  }

  /** One attempt; `null` when the server says that it is the one that is known. */
  async attempt(): Promise<Received | null> {
    try {
      return await this.#attempt();
    } catch (error) {
      // What is not what was announced is no beginning of it either.
      if (error instanceof Trouble && error.code === 'BadDownload') this.#job.partial.discard();
      throw error;
    }
  }

  async #attempt(): Promise<Received | null> {
    const { version, length } = this.#job.partial;
    // So few bytes have not been looked at yet.
    if (version === null || length < SNIFFED_BYTES) return this.#ask(this.#job.condition ?? {});
    const hashing = await this.#hashKept(length);
    return version.total === length
      ? judge(version, hashing, this.#receiver)
      : this.#goOn(version, length, hashing);
  }

  async #hashKept(length: number): Promise<Hashing> {
    if (this.#hashing?.bytes === length) return this.#hashing;
    this.#hashing = new Hashing(this.#job.wanted);
    await this.#hashing.catchUp(this.#job.partial.path);
    return this.#hashing;
  }

  async #ask(headers: Readonly<Record<string, string>>): Promise<Received | null> {
    const { client, wanted, settings } = this.#job;
    const answer = await client.askFor([200, 304], wanted.url, { headers, signal: settings.signal });
    if (answer.status === 200) return this.#begin(answer);
    answer.body.destroy();
    return null;
  }

  async #goOn(version: Version, offset: number, hashing: Hashing): Promise<Received> {
    const { client, wanted, settings, partial } = this.#job;
    const headers = { range: `bytes=${offset}-`, 'if-range': validatorOf(version) ?? '' };
    const answer = await client.askFor([200, 206, 416], wanted.url, { headers, signal: settings.signal });
    if (answer.status === 200) return this.#begin(answer);
    const { start, total } = partOf(answer);
    const known = { ...version, total: total ?? version.total };
    const isAsLong = known.total === (version.total ?? known.total);
    if (answer.status === 206 && start === offset && isAsLong && isOf(version, answer)) {
      return take(answer, known, hashing, this.#receiver);
    }
    answer.body.destroy();
    if (answer.status === 416 && total === offset && isOf(version, answer)) {
      return judge(known, hashing, this.#receiver);
    }
    // Another part, or a part of another version: what is here is worth nothing beside it.
    partial.discard();
    const what = 'what came is not the rest of what came before';
    throw new Trouble('DownloadFailed', what, { tries: settings.tries });
  }

  async #begin(answer: Answer): Promise<Received> {
    const { partial, wanted } = this.#job;
    const encoded = encodingOf(answer) !== null;
    const total = encoded ? null : numberOf(answer.header('content-length'));
    const version = { etag: answer.header('etag'), lastModified: answer.header('last-modified'), total };
    // Of what was decoded on its way no part can be asked for.
    partial.begin(encoded ? { etag: null, lastModified: null, total: null } : version);
    this.#hashing = new Hashing(wanted);
    return take(answer, version, this.#hashing, this.#receiver);
  }
}

/**
 * Downloads `job.wanted` into its partial file, whole and checked; `null` when the condition
 * says that it is the one that is known.
 * @throws PipelineError `SourceGone`, `DownloadFailed`, `BadDownload`, `SystemFailed`.
 */
export async function downloadFile(job: DownloadFile): Promise<Received | null> {
  const { wanted, where, settings, meter, tries, epilogue } = job;
  const download = new FileDownload(job);
  return persist(async () => download.attempt(), {
    settings,
    url: wanted.url,
    where,
    moved: () => download.moved(),
    onPause: (why) => {
      meter.pause(wanted.name, 'again', why);
    },
    ...(tries === undefined ? {} : { tries }),
    ...(epilogue === undefined ? {} : { epilogue }),
  });
}
