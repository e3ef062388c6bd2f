/**
 * The body of an answer, listened to from its first moment: all that came before it broke is
 * given, where a stream's own iterator throws away what it holds and what need not be asked
 * for again.
 */
import type { Readable } from 'node:stream';

/** What is held before the sender is asked to wait. */
const QUEUE_BYTES = 1 << 20;

export class Body {
  readonly #stream: Readable;
  #pieces: Uint8Array[] = [];
  #held = 0;
  #isEnded = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('error', (error) => {
      this.#failure ??= error;
      this.#end();
    });
    stream.once('end', () => {
      this.#end();
    });
    stream.once('close', () => {
      // Closed without a word, and not at its end: that is no end.
      if (!this.#isEnded) this.#failure ??= new Error('closed before its end');
      this.#end();
    });
    stream.on('data', (piece: Uint8Array) => {
      this.#pieces.push(piece);
      this.#held += piece.length;
      if (this.#held > QUEUE_BYTES) stream.pause();
      this.#wake();
    });
  }

  /** The pieces in their order; then what broke it, if anything did. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#pieces.length > 0) yield* this.#take();
      else if (this.#isEnded) break;
      else await this.#change();
    }
    if (this.#failure !== null) throw this.#failure;
  }

  /** Breaks it off; `why` is what its reader is told. */
  destroy(why?: Error): void {
    this.#stream.destroy(why);
  }

  #end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  #take(): Uint8Array[] {
    const taken = this.#pieces;
    this.#pieces = [];
    this.#held = 0;
    this.#stream.resume();
    return taken;
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
