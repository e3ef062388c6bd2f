/** What is measured: something that answers questions from a static host. */
import type { Kind, Query } from '../data/queries.ts';
import type { Scenario } from '../measure.ts';

/** A reader as a page has it: it keeps what it keeps between questions. */
export interface Session {
  /** Reads what every question needs: a catalogue, a header, a footer. */
  warm(): Promise<void>;
  /** The ids of the features that answer, in any order. */
  ask(query: Query): Promise<string[]>;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}

export interface Reader {
  readonly name: string;
  /** What it can be asked at all. */
  readonly kinds: readonly Kind[];
  /** Of those that are measured; all without it. */
  readonly scenarios?: readonly Scenario[];
  /** A reader that knows nothing but the address of the host. */
  open(address: string): Session | Promise<Session>;
}

export const GEOMETRIC: readonly Kind[] = ['point', 'polygon', 'box'];
