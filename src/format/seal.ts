/**
 * The checksum of the one file whose name does not hold its content: a member `check` of
 * the JSON itself, over all the others. Refuses a value that it does not fit; how the
 * text is spaced does not matter.
 */
import { CartoError } from '../errors.ts';
import { crc32 } from './crc32.ts';

function checkOf(value: object): number {
  return crc32(new TextEncoder().encode(JSON.stringify(value)));
}

/** `value`, with its checksum. */
export function sealed(value: object): object {
  return { ...value, check: checkOf(value) };
}

/** @throws CartoError `CorruptFile` when `value`, read from the file `name`, is not as it was sealed. */
export function checkSeal(value: unknown, name: string): void {
  const { check, ...rest } = value as { readonly check?: unknown };
  if (check === checkOf(rest)) return;
  throw new CartoError('CorruptFile', `${name}: its contents do not fit their checksum`, { file: name });
}
