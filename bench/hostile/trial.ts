/**
 * One library before one fault: asked once while it lasts, and once more, the same
 * instance, when the host is well again.
 */
import { TestHost, type Behaviour, type Exchange } from '../../src/testing/server.ts';
import type { Files } from './data.ts';
import type { Library } from './libraries.ts';

/** No library answers later than this, or it is taken to be waiting for ever. */
export const WATCH_MS = 8000;

/** What came of asking: an answer, an error's text, or nothing in time. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'nothing' };

export interface Trial {
  readonly files: Files;
  /** How the host treats its request of this number, from 0. */
  readonly fault: (number: number) => Behaviour;
  /** How it behaves afterwards. */
  readonly after?: Behaviour;
}

export interface Result {
  readonly during: Outcome;
  readonly after: Outcome;
  /** Of the first question. */
  readonly exchanges: readonly Exchange[];
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? `${String(error.code)} ` : '';
  return `${code}${error.message}`;
}

async function outcomeOf(asking: Promise<string>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const nothing = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'nothing' });
    }, WATCH_MS);
  });
  const settled = asking.then(
    (answer): Outcome => ({ kind: 'answer', answer }),
    (error: unknown): Outcome => ({ kind: 'error', text: textOf(error) }),
  );
  const outcome = await Promise.race([settled, nothing]);
  clearTimeout(timer);
  return outcome;
}

export async function perform(library: Library, trial: Trial): Promise<Result> {
  const host = new TestHost(trial.files);
  const exchanges: Exchange[] = [];
  host.behave = (exchange) => {
    trial.fault(exchanges.length)(exchange);
    exchanges.push(exchange);
  };
  const address = await host.start();
  try {
    const ask = library.open(address);
    const during = await outcomeOf(ask());
    const asked = exchanges.slice();
    if (trial.after !== undefined) host.behave = trial.after;
    return { during, after: await outcomeOf(ask()), exchanges: asked };
  } finally {
    await host.stop();
  }
}
