/** Cache Storage as far as the worker uses it, in memory; it can be full, and stop at any write. */
import type { CacheLike } from '../kept-file.ts';

export class FakeCache implements CacheLike {
  /** By address. */
  readonly files = new Map<string, Uint8Array>();
  /** The bytes that it takes. */
  quota = Infinity;
  /** The writes and deletions that are still done; those after them never end. */
  steps = Infinity;
  reads = 0;

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    this.reads += 1;
    const bytes = this.files.get(FakeCache.#urlOf(request));
    return Promise.resolve(bytes && new Response(bytes as Uint8Array<ArrayBuffer>));
  }

  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    await this.#step();
    if (response.status === 206) throw new TypeError('partial response');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const url = FakeCache.#urlOf(request);
    const others = [...this.files].reduce((sum, [key, { length }]) => sum + (key === url ? 0 : length), 0);
    if (others + bytes.length > this.quota) throw new DOMException('full', 'QuotaExceededError');
    this.files.set(url, bytes);
  }

  async delete(request: RequestInfo | URL): Promise<boolean> {
    await this.#step();
    return this.files.delete(FakeCache.#urlOf(request));
  }

  async keys(): Promise<readonly Request[]> {
    return Promise.resolve([...this.files.keys()].map((url) => new Request(url)));
  }

  async #step(): Promise<void> {
    this.steps -= 1;
    if (this.steps < 0) await new Promise(() => undefined);
  }

  static #urlOf(request: RequestInfo | URL): string {
    return request instanceof Request ? request.url : String(request);
  }
}
