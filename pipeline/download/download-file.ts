/**
 * One file, from its server to its place in the store: gone on with where it was left when it
 * is the same still, begun again when it is not, and given up when it is not what was announced.
 */
import { PipelineError, type Where } from '../errors.ts';
import { persist } from './attempts.ts';
import type { Answer, Client } from './client.ts';
import { encodingOf, filePieces } from './encoded.ts';
import { faultOf } from './verdict.ts';
import type { Meter } from './meter.ts';
import { Partial, validatorOf, type Version } from './partial.ts';
import { Hashing, receive } from './receive.ts';
import type { Settings } from './settings.ts';
import { SNIFFED_BYTES } from './sniff.ts';
import { assertSpace } from '../space.ts';
import { SpeedLimit } from './speed-limit.ts';
import { badDownload, hopeless, networkTrouble, Trouble } from './trouble.ts';
import type { Wanted } from './wanted.ts';

export interface Received {
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface DownloadFile {
  readonly wanted: Wanted;
  readonly where: Where;
  readonly settings: Settings;
  readonly client: Client;
  readonly meter: Meter;
  readonly partial: Partial;
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

function versionOf(answer: Answer, total: number | null): Version {
  return { etag: answer.header('etag'), lastModified: answer.header('last-modified'), total };
}

class FileDownload {
  readonly #job: DownloadFile;
  readonly #until: number;
  /** The most that has been kept of it. */
  #best: number;

  constructor(job: DownloadFile) {
    this.#job = job;
    this.#until = job.settings.clock.now() + job.settings.deadlineMs;
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
    const { partial } = this.#job;
    const { version, length } = partial;
    // So few bytes have not been looked at yet.
    if (version === null || length < SNIFFED_BYTES) return this.#ask(this.#job.condition ?? {});
    if (version.total === length) return this.#complete(version, await this.#hashKept());
    return this.#goOn(version, length);
  }

  async #hashKept(): Promise<Hashing> {
    const hashing = new Hashing(this.#job.wanted);
    await hashing.catchUp(this.#job.partial.path);
    return hashing;
  }

  async #ask(headers: Readonly<Record<string, string>>): Promise<Received | null> {
    const { client, wanted, settings } = this.#job;
    const answer = await client.askFor([200, 304], wanted.url, { headers, signal: settings.signal });
    if (answer.status === 200) return this.#begin(answer);
    answer.body.destroy();
    return null;
  }

  async #goOn(version: Version, offset: number): Promise<Received> {
    const { client, wanted, settings, partial } = this.#job;
    const headers = { range: `bytes=${offset}-`, 'if-range': validatorOf(version) ?? '' };
    const answer = await client.askFor([200, 206, 416], wanted.url, { headers, signal: settings.signal });
    if (answer.status === 200) return this.#begin(answer);
    const [, start, total] =
      /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(answer.header('content-range') ?? '') ?? [];
    if (answer.status === 416 && numberOf(total) === offset && this.#isOf(version, answer)) {
      answer.body.destroy();
      return this.#complete({ ...version, total: offset }, await this.#hashKept());
    }
    if (answer.status === 206 && numberOf(start) === offset && this.#isOf(version, answer)) {
      return this.#receive(
        answer,
        { ...version, total: numberOf(total) ?? version.total },
        await this.#hashKept(),
      );
    }
    // Another part, or a part of another version: what is here is worth nothing beside it.
    answer.body.destroy();
    partial.discard();
    const what = 'what came is not the rest of what came before';
    throw new Trouble('DownloadFailed', what, { tries: settings.tries });
  }

  /** Whether the answer, as far as it says, is of the version that is here. */
  #isOf(version: Version, answer: Answer): boolean {
    const etag = answer.header('etag');
    return encodingOf(answer) === null && (etag === null || etag === version.etag);
  }

  async #begin(answer: Answer): Promise<Received> {
    const encoded = encodingOf(answer) !== null;
    const total = encoded ? null : numberOf(answer.header('content-length'));
    const version = versionOf(answer, total);
    // Of what was decoded on its way no part can be asked for.
    this.#job.partial.begin(encoded ? { etag: null, lastModified: null, total: null } : version);
    return this.#receive(answer, version, new Hashing(this.#job.wanted));
  }

  async #receive(answer: Answer, version: Version, hashing: Hashing): Promise<Received> {
    const { wanted, where, settings, meter, partial } = this.#job;
    const offset = partial.length;
    this.#assertFits(answer, version.total, offset);
    const { total } = version;
    meter.start(wanted.name, offset, total);
    if (total !== null && wanted.length === null) {
      const need = { folder: settings.store, bytes: total - offset, spare: settings.spareBytes };
      await assertSpace({ ...need, what: `for ${wanted.name}` }, where);
    }
    await this.#pour(answer, hashing, offset);
    // Then a cut would have been noticed, whatever the transport did to the bytes.
    const sized = ['content-length', 'transfer-encoding'].some((name) => answer.header(name) !== null);
    return this.#complete(version, hashing, sized);
  }

  /** Takes the body. */
  async #pour(answer: Answer, hashing: Hashing, offset: number): Promise<void> {
    const { wanted, where, settings, meter, partial } = this.#job;
    const limit = new SpeedLimit(answer.body, settings);
    const onBytes = (bytes: number): void => {
      limit.came(bytes);
      meter.came(wanted.name, bytes);
    };
    const [type, until] = [answer.header('content-type') ?? '', this.#until];
    try {
      const pieces = await filePieces(answer, wanted.kind, wanted.name);
      await receive(pieces, {
        wanted,
        settings,
        where,
        hashing,
        path: partial.path,
        offset,
        type,
        until,
        onBytes,
      });
    } catch (error) {
      if (error instanceof Trouble && error.code === 'BadDownload') partial.discard();
      throw error instanceof Trouble || error instanceof PipelineError
        ? error
        : networkTrouble(error, settings.tries);
    } finally {
      limit.stop();
      answer.body.destroy();
    }
  }

  /** Before a byte is taken: the lengths that are said agree, and are below the ceiling. */
  #assertFits(answer: Answer, total: number | null, offset: number): void {
    const { wanted, settings } = this.#job;
    const refuse = (error: Error): never => {
      answer.body.destroy();
      throw error;
    };
    if (total === null) return;
    if (total > settings.maxBytes) refuse(hopeless(`${total} bytes: no file is that large`));
    if (total < offset) refuse(badDownload(`${total} bytes now, after ${offset} have come`));
    if (wanted.length !== null && wanted.length !== total) {
      refuse(badDownload(`the server has ${total} bytes, the catalogue announces ${wanted.length}`));
    }
  }

  /** All has come: it is the file that was announced, or none of it is kept. */
  async #complete(version: Version, hashing: Hashing, sized = true): Promise<Received> {
    const { partial, wanted } = this.#job;
    const { path, length } = partial;
    const hashes = hashing.digest();
    const fault = await faultOf({ wanted, path, length, hashes, total: version.total, sized });
    if (fault !== null) {
      partial.discard();
      throw badDownload(fault);
    }
    const { etag, lastModified } = version;
    return { path, length, sha256: hashes.sha256, etag, lastModified };
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
