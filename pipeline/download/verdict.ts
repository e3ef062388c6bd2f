/** Whether what has come is the file that was announced, by every word that there is of it. */
import { endingOf } from './ending.ts';
import type { Hashes } from './hashing.ts';
import type { Wanted } from './wanted.ts';

export interface Arrived {
  readonly wanted: Wanted;
  readonly path: string;
  readonly length: number;
  readonly hashes: Hashes;
  /** As the server says it. */
  readonly total: number | null;
  /** Whether the transfer had an end of its own, so that a cut would have been noticed. */
  readonly sized: boolean;
}

function lengthFault({ wanted, length, total }: Arrived): string | null {
  if (length === 0) return 'an empty file';
  const said = [wanted.length, total].find((one) => one !== null && one !== length);
  return said === undefined ? null : `${length} bytes came of ${said ?? 0}`;
}

function checksumFault({ wanted: { checksum }, hashes }: Arrived): string | null {
  if (checksum === null || hashes.announced === checksum.hex.toLowerCase()) return null;
  return `its ${checksum.algorithm} is ${hashes.announced ?? ''}, the catalogue announces ${checksum.hex}`;
}

/** Why it is not; `null` when it is. */
export async function faultOf(arrived: Arrived): Promise<string | null> {
  const { wanted, path, sized } = arrived;
  const fault = lengthFault(arrived) ?? checksumFault(arrived);
  if (fault !== null) return fault;
  const ending = await endingOf(path, wanted.kind, wanted.name);
  if (typeof ending === 'object') return ending.fault;
  const isWhole = sized || wanted.length !== null || wanted.checksum !== null || ending === 'proven';
  return isWhole ? null : 'nobody says how long it is: it may have been cut';
}
