/** Cuts what comes too slowly: a stalled transfer would otherwise never end. */
import type { Body } from './body.ts';
import type { Settings } from './settings.ts';
import { Trouble } from './trouble.ts';

export class SpeedLimit {
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;

  constructor(body: Body, { slow, tries }: Settings) {
    this.#timer = setInterval(() => {
      if (this.#bytes < slow.bytes) {
        const what = `stalled: ${this.#bytes} bytes in ${slow.windowMs / 1000} s`;
        body.destroy(new Trouble('DownloadFailed', what, { tries }));
      }
      this.#bytes = 0;
    }, slow.windowMs);
  }

  came(bytes: number): void {
    this.#bytes += bytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
