/**
 * The table of former INSEE codes, from the address that the page gives. Refuses to answer
 * without it: what it would add would be missing in silence.
 */
import type { Aliases } from '../api/index.ts';
import { isObject } from '../format/checks.ts';
import { hostError, statusError } from '../source/host-error.ts';

function isTable(json: unknown): json is Aliases {
  return isObject(json) && Object.values(json).every(Array.isArray);
}

async function readTable(address: string, load: (address: string) => Promise<Response>): Promise<Aliases> {
  const response = await load(address).catch((error: unknown) => {
    throw hostError('HostFault', address, 'cannot be reached, and is not kept', 'failures', {}, error);
  });
  if (!response.ok) throw statusError(address, response);
  const json: unknown = await response.json().catch(() => null);
  if (isTable(json)) return json;
  throw hostError('NotOurFile', address, 'expected codes by former code, found something else', 'web-pages');
}

/**
 * Gives the table at `address`, read once; no aliases for `null`. What failed is read again.
 * @throws CartoError
 */
export function aliasTable(
  address: string | null,
  load: (address: string) => Promise<Response>,
): () => Promise<Aliases> {
  let reading: Promise<Aliases> | null = address === null ? Promise.resolve({}) : null;
  return () => {
    const table = (reading ??= readTable(address ?? '', load));
    table.catch(() => {
      reading = null;
    });
    return table;
  };
}
