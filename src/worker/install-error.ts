/** Why a worker could not be installed. */

/**
 * - `NotSecure`: the page came by http, from another host than localhost, as a file or in a `srcdoc`.
 * - `NoServiceWorkers`: the browser has none here: a private window, a sandboxed frame, cookies that are blocked.
 * - `OutOfScope`: the page does not lie under the scope, so the worker would never see it.
 * - `OtherWorker`: the scope has a worker that is not ours; it is left alone.
 * - `Refused`: the browser did not take the script.
 * - `NotInControl`: it was installed, and does not control the page in time.
 */
export type InstallReason =
  'NotSecure' | 'NoServiceWorkers' | 'OutOfScope' | 'OtherWorker' | 'Refused' | 'NotInControl';

/** Why the worker does not answer this page, by its `reason`; the message says what helps. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  readonly reason: InstallReason;

  constructor(reason: InstallReason, message: string, cause?: unknown) {
    super(`${message}; see docs/service-worker.md`, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
