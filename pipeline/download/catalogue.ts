/** What is asked of a producer's catalogue: its text, or whether a file is where it was. */
import { messageOf, PipelineError } from '../errors.ts';
import { persist } from './attempts.ts';
import type { Answer, Client } from './client.ts';
import { decodedPieces, encodingOf } from './encoded.ts';
import type { Settings } from './settings.ts';
import { isWebPage } from './sniff.ts';
import { SpeedLimit } from './speed-limit.ts';
import { badDownload, hopeless, networkTrouble, Trouble } from './trouble.ts';
import type { Head } from './wanted.ts';

const MAX_BYTES = 64e6;

async function collect(answer: Answer, maxBytes: number, settings: Settings): Promise<Buffer> {
  const limit = new SpeedLimit(answer.body, settings);
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const bytes of decodedPieces(answer)) {
      length += bytes.length;
      if (length > maxBytes) throw hopeless(`more than ${maxBytes} bytes: no catalogue is that large`);
      limit.came(bytes.length);
      pieces.push(bytes);
    }
  } catch (error) {
    settings.signal?.throwIfAborted();
    throw error instanceof Trouble ? error : networkTrouble(error, settings.tries);
  } finally {
    limit.stop();
    answer.body.destroy();
  }
  return Buffer.concat(pieces);
}

/** A web page may say something in another encoding beside its links. */
function decode(bytes: Buffer, html: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !html }).decode(bytes);
  } catch (error) {
    throw badDownload(`not UTF-8: ${messageOf(error)}`);
  }
}

export interface TextOptions {
  readonly maxBytes?: number;
  readonly html?: boolean;
}

/**
 * The text at `url`.
 * @throws PipelineError `SourceGone`, `DownloadFailed`, `BadDownload`.
 */
export async function readText(
  client: Client,
  settings: Settings,
  url: string,
  { maxBytes = MAX_BYTES, html = false }: TextOptions = {},
): Promise<string> {
  const attempt = async (): Promise<string> => {
    const answer = await client.askFor([200], url, { signal: settings.signal });
    const text = decode(await collect(answer, maxBytes, settings), html);
    if (text.trim() === '') throw badDownload('an empty answer');
    if (!html && isWebPage(text)) throw badDownload('a web page in place of a catalogue');
    return text;
  };
  return persist(attempt, { settings, url, where: {} });
}

/** The length of the whole, from the headers of all of it or of its first byte; none of what is compressed on its way. */
function lengthOf(answer: Answer): number | null {
  if (encodingOf(answer) !== null) return null;
  const total = /\/(\d+)$/.exec(answer.header('content-range') ?? '')?.[1];
  const length = total ?? (answer.status === 200 ? answer.header('content-length') : null);
  return length === null ? null : Number(length);
}

/** Where HEAD is not given, one byte may be: some servers know no HEAD, some forbid it, some sign GET alone. */
async function askHead(client: Client, url: string, signal: AbortSignal | undefined): Promise<Answer> {
  const answer = await client.ask(url, { method: 'HEAD', signal });
  answer.body.destroy();
  if (answer.status < 400 || client.isPassing(answer)) return answer;
  const first = await client.ask(url, { headers: { range: 'bytes=0-0' }, signal });
  first.body.destroy();
  return first.status === 206 ? { ...first, status: 200 } : first;
}

/**
 * What the server says of `url`, whatever the status; what may pass is asked again.
 * @throws PipelineError `DownloadFailed` when nobody answers.
 */
export async function readHead(client: Client, settings: Settings, url: string): Promise<Head> {
  const attempt = async (): Promise<Head> => {
    const answer = await askHead(client, url, settings.signal);
    client.assertLasting(answer);
    const [lastModified, etag] = [answer.header('last-modified'), answer.header('etag')];
    return { status: answer.status, length: lengthOf(answer), lastModified, etag };
  };
  try {
    return await persist(attempt, { settings, url, where: {} });
  } catch (error) {
    // The moment did not pass: then its status is the answer.
    const status =
      error instanceof PipelineError && error.cause instanceof Trouble ? error.cause.status : null;
    if (status === null) throw error;
    return { status, length: null, lastModified: null, etag: null };
  }
}
