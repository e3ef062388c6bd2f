/** What may go wrong at a producer's server, each to be asked for by a test. */

export type Fault =
  /** The connection is closed after so many bytes of the body, as if a cable had been pulled. */
  | { readonly kind: 'cut'; readonly after: number }
  /** So many bytes of the body, then silence. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Not even headers. */
  | { readonly kind: 'silence' }
  /** `bytes` at a time, with a pause between. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  /** The connection is reset before a status is sent. */
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Seconds, or a date as HTTP writes it. */
      readonly retryAfter?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Status 200 and an error page in place of the file. */
  | { readonly kind: 'html' }
  /** Status 200 and an error as JSON in place of the file. */
  | { readonly kind: 'json' }
  /** Other bytes under the same headers: a wrong checksum, or a truncated archive. */
  | { readonly kind: 'body'; readonly body: Uint8Array }
  /** Other headers; an empty value takes one away. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** A Content-Length that is none of the body's. */
  | { readonly kind: 'length'; readonly length: number }
  /** No Content-Length: in chunks, or ended by closing the connection, after so many bytes. */
  | { readonly kind: 'unsized'; readonly chunked: boolean; readonly after?: number }
  /** The body compressed for transport, although nobody asked for it. */
  | { readonly kind: 'gzip' }
  /** The name of the file's own compression said as the transport's. */
  | { readonly kind: 'labelled-gzip' }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** `Range` is not heard: 200 and the whole file. */
  | { readonly kind: 'no-range' }
  /** `If-Range` is not heard: a range of the file as it is now. */
  | { readonly kind: 'no-if-range' }
  /** A range that starts so many bytes earlier than asked, as Content-Range says. */
  | { readonly kind: 'shifted-range'; readonly by: number }
  /** Zeros without end. */
  | { readonly kind: 'endless' };
