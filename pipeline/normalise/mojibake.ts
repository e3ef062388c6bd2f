/**
 * Texts that were decoded wrongly before they reached us. What is certain is mended: UTF-8 read
 * as Latin-1 or Windows-1252, once or several times, and controls of Latin-1 where Windows-1252
 * has a character. What has lost bytes is told and kept as it came.
 */
import { byteIn1252, characterFor } from './encoding.ts';

/** Any character that can be part of what is mended; most texts have none. */
const SUSPECT = /[ÂÃÅâ\u0080-\u009f]/;

/** Characters that a byte beyond ASCII can have become. */
const RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+/g;

/** What French texts hold beyond ASCII; anything else that a run decodes to is chance (`CITÉ…`). */
const FRENCH = /^[\u00a0-\u00ffŒœŸ€™\u2010-\u203a\u2212]+$/;

const CONTROL = /[\u0080-\u009f]/g;

/** More than double is not seen, and ends. */
const MAX_TURNS = 3;

function decodeRun(run: string): string {
  const bytes = Array.from(run, byteIn1252);
  if (bytes.some((byte) => byte === null)) return run;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]));
    return FRENCH.test(text) ? text : run;
  } catch {
    return run;
  }
}

function mendOnce(text: string): string {
  return text.replace(RUN, decodeRun);
}

/** `text` with all that is certain mended; the same where nothing is. */
export function mendText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  let current = text;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const next = mendOnce(current);
    if (next === current) break;
    current = next;
  }
  return current.replace(CONTROL, (control) => characterFor(control) ?? control);
}

/** What a wrong decoding leaves behind where something is lost: U+FFFD, controls, `Ã` before a blank. */
const GARBLED = /[ÃÂ](?=[\u0080-\u00bf\u2018-\u203a\u20ac\u2122])|Ã(?=\s|$)|[\u0080-\u009f\ufffd]/;

/** Whether a text shows the traces of a wrong decoding somewhere upstream. */
export function looksGarbled(text: string): boolean {
  return GARBLED.test(text);
}
