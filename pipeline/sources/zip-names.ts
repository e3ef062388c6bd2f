/**
 * The names in a zip. Those without the flag of UTF-8 are in the code page of whoever packed it:
 * in France that of DOS, 850, unless the bytes are UTF-8 all the same, which chance does not make.
 */
import yauzl, { type Entry } from 'yauzl';
import { decodeCp850 } from '../code-page-850.ts';

const UTF8_FLAG = 0x0800;
/** Info-ZIP's field with the name in UTF-8. */
const UNICODE_PATH = 0x7075;

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The name of `entry`, folders parted by `/` (Windows writes backslashes).
 * @throws Error when it says that it is UTF-8 and is not.
 */
export function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const isFlagged = (generalPurposeBitFlag & UTF8_FLAG) !== 0;
  const hasField = extraFields.some(({ id }) => id === UNICODE_PATH);
  const utf8 = decodeUtf8(fileNameRaw);
  if (isFlagged && utf8 === null)
    throw new Error(`${decodeCp850(fileNameRaw)} is said to be UTF-8, and is not`);
  const name =
    hasField && !isFlagged
      ? yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
      : (utf8 ?? decodeCp850(fileNameRaw));
  return name.replaceAll('\\', '/');
}
