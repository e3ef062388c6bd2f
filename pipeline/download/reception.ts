/** One answer into the partial file, and the judgement on what is there when all has come. */
import { PipelineError, type Where } from '../errors.ts';
import { assertSpace } from '../space.ts';
import type { Answer } from './client.ts';
import { filePieces } from './encoded.ts';
import type { Hashing } from './hashing.ts';
import type { Meter } from './meter.ts';
import type { Partial, Version } from './partial.ts';
import { receive } from './receive.ts';
import type { Settings } from './settings.ts';
import { SpeedLimit } from './speed-limit.ts';
import { badDownload, hopeless, networkTrouble, Trouble } from './trouble.ts';
import { faultOf } from './verdict.ts';
import type { Wanted } from './wanted.ts';

/** A file that is whole and checked, and not in the store yet. */
export interface Received {
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Receiver {
  readonly wanted: Wanted;
  readonly where: Where;
  readonly settings: Settings;
  readonly meter: Meter;
  readonly partial: Partial;
  /** When its time is up. */
  readonly until: number;
}

/** Before a byte is taken: the lengths that are said agree, and are below the ceiling. */
function lengthTrouble(total: number, offset: number, { wanted, settings }: Receiver): Trouble | null {
  if (total > settings.maxBytes) return hopeless(`${total} bytes: no file is that large`);
  if (total < offset) return badDownload(`${total} bytes now, after ${offset} have come`);
  if (wanted.length === null || wanted.length === total) return null;
  return badDownload(`the server has ${total} bytes, the catalogue announces ${wanted.length}`);
}

/** Room for what its catalogue has not announced; for the rest it was asked before. */
async function assertRoom(bytes: number, { wanted, where, settings }: Receiver): Promise<void> {
  if (wanted.length !== null) return;
  const need = { folder: settings.store, bytes, spare: settings.spareBytes, what: `for ${wanted.name}` };
  await assertSpace(need, where);
}

async function pour(answer: Answer, hashing: Hashing, receiver: Receiver): Promise<void> {
  const { wanted, where, settings, meter, partial, until } = receiver;
  const limit = new SpeedLimit(answer.body, settings);
  const onBytes = (bytes: number): void => {
    limit.came(bytes);
    meter.came(wanted.name, bytes);
  };
  const [path, offset, type] = [partial.path, partial.length, answer.header('content-type') ?? ''];
  try {
    const pieces = await filePieces(answer, wanted.kind, wanted.name);
    await receive(pieces, { wanted, settings, where, hashing, path, offset, type, until, onBytes });
  } catch (error) {
    if (error instanceof Trouble || error instanceof PipelineError) throw error;
    throw networkTrouble(error, settings.tries);
  } finally {
    limit.stop();
  }
}

/**
 * All has come: it is the file that was announced, or a trouble.
 * @param sized whether a cut would have been noticed.
 */
export async function judge(
  version: Version,
  hashing: Hashing,
  { wanted, partial }: Receiver,
  sized = true,
): Promise<Received> {
  const { path, length } = partial;
  const hashes = hashing.digest();
  const fault = await faultOf({ wanted, path, length, hashes, total: version.total, sized });
  if (fault !== null) throw badDownload(fault);
  const { etag, lastModified } = version;
  return { path, length, sha256: hashes.sha256, etag, lastModified };
}

/**
 * Takes the body of `answer` behind what is there of `version`.
 * @throws Trouble when it is cut, or is not what was announced; PipelineError when there is no room.
 */
export async function take(
  answer: Answer,
  version: Version,
  hashing: Hashing,
  receiver: Receiver,
): Promise<Received> {
  const { wanted, meter, partial } = receiver;
  const { total } = version;
  const offset = partial.length;
  try {
    const trouble = total === null ? null : lengthTrouble(total, offset, receiver);
    if (trouble !== null) throw trouble;
    meter.start(wanted.name, offset, total);
    if (total !== null) await assertRoom(total - offset, receiver);
    await pour(answer, hashing, receiver);
  } finally {
    answer.body.destroy();
  }
  // Then a cut would have been noticed, whatever the transport did to the bytes.
  const sized = ['content-length', 'transfer-encoding'].some((name) => answer.header(name) !== null);
  return judge(version, hashing, receiver, sized);
}
