/** What goes wrong in one attempt, and whether another is worth its while. */
import type { PipelineErrorCode } from '../errors.ts';

export interface TroubleOptions {
  /** Attempts in a row that this trouble is worth; 1 is none after the first. */
  readonly tries: number;
  /** The server's own word on when to come back. */
  readonly waitMs?: number;
  /** The server's status, where it is the trouble. */
  readonly status?: number;
  readonly cause?: unknown;
}

export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly code: PipelineErrorCode;
  readonly tries: number;
  readonly waitMs: number | null;
  readonly status: number | null;

  constructor(code: PipelineErrorCode, message: string, { tries, waitMs, status, cause }: TroubleOptions) {
    super(message, { cause });
    this.code = code;
    this.tries = tries;
    this.waitMs = waitMs ?? null;
    this.status = status ?? null;
  }
}

/** A file that is not the one announced is fetched once more: it may have been damaged on its way. */
export function badDownload(message: string): Trouble {
  return new Trouble('BadDownload', message, { tries: 2 });
}

/** Nothing that time heals. */
export function hopeless(message: string): Trouble {
  return new Trouble('DownloadFailed', message, { tries: 1 });
}

const NAMELESS = /^(ENOTFOUND|EAI_AGAIN)$/;
const REFUSED = /^ECONNREFUSED$/;
const CERTIFICATE = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
const NO_TLS = /^(ERR_SSL_|EPROTO$)/;
const NO_WAY = /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/;
/** undici says so of a proxy that gives no tunnel. */
const NO_TUNNEL = /^UND_ERR_ABORTED$/;

/** What is not resolved, not connected or not certified will hardly be soon. */
const STUBBORN = [NAMELESS, REFUSED, CERTIFICATE, NO_TLS, NO_WAY, NO_TUNNEL];

const WORDS: readonly (readonly [RegExp, string])[] = [
  [NAMELESS, 'its name is not resolved'],
  [REFUSED, 'it refuses the connection'],
  [CERTIFICATE, 'its certificate is not accepted'],
  [NO_TLS, 'it does not speak TLS'],
  [NO_WAY, 'there is no way to it from here'],
  [NO_TUNNEL, 'the proxy does not let it through'],
  [/^(UND_ERR_(CONNECT|HEADERS)_TIMEOUT|ETIMEDOUT)$/, 'it does not answer'],
  [/^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/, 'the connection was cut'],
];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What it says; of a host with several addresses, what each of them did. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message.trim();
  return error.errors.map(messageOf).join(', ');
}

/** Words for what `undici` and the system throw when a host cannot be talked to. */
export function networkTrouble(error: unknown, tries: number): Trouble {
  const code = codeOf(error) || codeOf(error instanceof Error ? error.cause : undefined);
  const said = messageOf(error);
  if (code.startsWith('Z_')) return badDownload(`its compression is damaged (${said})`);
  const words = WORDS.find(([pattern]) => pattern.test(code))?.[1];
  const message = words === undefined ? said : `${words} (${said})`;
  return new Trouble('DownloadFailed', message, {
    tries: STUBBORN.some((pattern) => pattern.test(code)) ? 3 : tries,
    cause: error,
  });
}
