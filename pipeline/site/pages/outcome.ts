/** What became of a question, in words: nothing there, nothing known, refused and unreadable are not alike. */

const REFUSED: Readonly<Record<number, string>> = {
  400: 'question refusée, rien n’a été lu',
  404: 'route ou code inconnus',
  413: 'trop coûteuse, rien n’a été répondu',
  501: 'non couvert par ces données',
};

/** By `x-carto-coverage`. */
const EMPTY: Readonly<Record<string, string>> = {
  inside: 'rien, et le lieu est couvert',
  partial: 'rien dans la partie couverte',
  outside: 'lieu non couvert par ces données',
};

/** Features of a collection or of several, and rows; `null` where the answer is none of these. */
function countIn(text: string): number | null {
  try {
    const answer: unknown = JSON.parse(text);
    const items = (Array.isArray(answer) ? answer : [answer]) as { features?: unknown[] }[];
    return items.reduce((sum, { features }) => sum + (features?.length ?? 1), 0);
  } catch {
    return null;
  }
}

/** In French, as the page is. */
export function outcomeOf({ ok, status, headers }: Response, text: string): string {
  if (!ok) return REFUSED[status] ?? 'les fichiers n’ont pas pu être lus';
  const count = countIn(text);
  if (count === 0) return EMPTY[headers.get('x-carto-coverage') ?? ''] ?? 'rien de tel';
  return count === null ? '' : `${count} objet${count > 1 ? 's' : ''}`;
}
