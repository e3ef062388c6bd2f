/** The options of the API, held against what they may be before any request is answered. */
import { isObject } from '../format/checks.ts';
import { expected } from '../refusal.ts';
import type { Aliases } from './answer/codes.ts';
import type { Mode } from './validate/validate.ts';

/** How requests are read, and how far what they ask goes. */
export interface ApiOptions {
  /**
   * `compatible`, the default, answers as API Carto does, down to ignoring parameters that
   * it does not know; `strict` refuses these, with what may have been meant, and questions
   * that cannot be what was meant.
   */
  readonly mode?: Mode | undefined;
  /** The greatest `_limit`, where that is more than API Carto's own of a route. */
  readonly maxLimit?: number | undefined;
  /** By a former INSEE code, those that stand for it now: all of them are then asked for. */
  readonly aliases?: Aliases | undefined;
  /** The path before the routes; `/api` without it. */
  readonly base?: string | undefined;
  /** The longest body that is read; 16 MiB without it. */
  readonly maxBodyBytes?: number | undefined;
}

/** All of the options, each given. */
export type Settings = { readonly [O in keyof ApiOptions]-?: NonNullable<ApiOptions[O]> };

const DEFAULTS: Settings = {
  mode: 'compatible',
  maxLimit: 0,
  aliases: {},
  base: '/api',
  maxBodyBytes: 16 * 1024 * 1024,
};

type Rule = readonly [isKept: (value: unknown) => boolean, rule: string];

const BOUND: Rule = [(value) => typeof value === 'number' && value >= 0, 'a number, 0 or more'];

const RULES: Readonly<Record<keyof Settings, Rule>> = {
  mode: [(value) => value === 'compatible' || value === 'strict', 'compatible or strict'],
  maxLimit: BOUND,
  aliases: [isObject, 'an object'],
  base: [(value) => typeof value === 'string', 'a path'],
  maxBodyBytes: BOUND,
};

/**
 * `options`, and the default of each that is absent or undefined.
 * @throws CartoError `InvalidQuery` where one is not what it should be.
 */
export function settingsOf(options: ApiOptions): Settings {
  const names = Object.keys(DEFAULTS) as (keyof Settings)[];
  const settings = names.map((name) => {
    const value = options[name] ?? DEFAULTS[name];
    const [isKept, rule] = RULES[name];
    return [name, isKept(value) ? value : expected(rule, name, value)];
  });
  return Object.fromEntries(settings) as Settings;
}
