/** Answers as people read them. */

/** So much of an answer is shown. */
const MOST_SHOWN = 20_000;

/** So much of the coordinates of a geometry is shown: what it is stands after them. */
const MOST_COORDINATES = 90;

/** Cut after `most` characters. */
function cut(text: string, most: number, end: string): string {
  return text.length > most ? text.slice(0, most) + end : text;
}

function indented(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** `text` indented, its coordinates one short line each; and whether all of it is shown. */
export function readable(text: string): { readonly shown: string; readonly isWhole: boolean } {
  let isWhole = true;
  const shorten = (numbers: string): string => {
    const line = numbers.replace(/\s+/g, '').replace(/,/g, ', ');
    isWhole &&= line.length <= MOST_COORDINATES;
    return cut(line, MOST_COORDINATES, '…');
  };
  // An array begins with the end of a line, which no text has inside.
  const lines = indented(text)?.replace(/\[\n[\s\d.,eE+\-[\]]+\]/g, shorten) ?? text;
  isWhole &&= lines.length <= MOST_SHOWN;
  return { shown: cut(lines, MOST_SHOWN, '\n…'), isWhole };
}
