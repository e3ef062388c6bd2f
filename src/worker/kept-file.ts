/** Files in Cache Storage, as bytes. What cannot be read is as if it were not there. */

/** What is asked of a `Cache`. */
export type CacheLike = Pick<Cache, 'match' | 'put' | 'delete' | 'keys'>;

/** `undefined` where nothing is kept, or storage fails. */
export async function readKept(cache: CacheLike, url: string): Promise<Uint8Array | undefined> {
  try {
    const response = await cache.match(url);
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Rejects when storage is full, or fails. A whole answer of status 200: Cache Storage takes no 206. */
export function writeKept(cache: CacheLike, url: string, bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  return cache.put(url, new Response(bytes as Uint8Array<ArrayBuffer>, { headers }));
}
