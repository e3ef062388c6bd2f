/**
 * Runs the questions of the landing page: answers as API Carto does, from the files beside
 * the page, with what that cost. What cannot be answered is shown as what it is.
 */
import { createApi, respondToFault, type Api } from '../../../src/api/index.ts';
import { isCartoError, openCarto } from '../../../src/index.ts';
import { outcomeOf } from './outcome.ts';
import { readable } from './readable.ts';

/** Of the tree, since the page was opened. */
const cost = { requests: 0, bytes: 0 };

let opened: Promise<Api> | null = null;

/** The catalogue is read with the first question, and again if that failed. */
function open(): Promise<Api> {
  const onRequest = ({ bytes }: { readonly bytes: number }): void => {
    cost.requests++;
    cost.bytes += bytes;
  };
  const base = new URL('api', document.baseURI).pathname;
  opened ??= openCarto(new URL('./', document.baseURI), { onRequest }).then((carto) =>
    createApi(carto, { base }),
  );
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

async function ask(path: string): Promise<Response> {
  try {
    return await (
      await open()
    )(new Request(new URL(path, document.baseURI)));
  } catch (error) {
    if (isCartoError(error)) return respondToFault(error);
    throw error;
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toLocaleString('fr', { maximumFractionDigits: 1 })} ko`;
}

function described(response: Response, text: string, before: typeof cost): string {
  const requests = cost.requests - before.requests;
  const spent = `${requests} requête${requests > 1 ? 's' : ''}, ${kilobytes(cost.bytes - before.bytes)}`;
  const vintage = response.headers.get('x-carto-vintage');
  const outcome = outcomeOf(response, text);
  const parts = [`Réponse ${response.status}`, outcome, requests === 0 ? 'déjà lu' : spent, vintage ?? ''];
  return (
    parts.filter((part) => part !== '').join(' · ') +
    (before.bytes === 0 && cost.bytes > 0 ? ' (avec le catalogue, lu une fois)' : '')
  );
}

/** Questions one after the other, so that each is told its own cost. */
let last: Promise<void> = Promise.resolve();

async function answer(path: string, status: HTMLElement, output: HTMLElement): Promise<void> {
  const before = { ...cost };
  status.textContent = 'lecture…';
  try {
    const response = await ask(path);
    const text = await response.text();
    const { shown, isWhole } = readable(text);
    status.textContent = described(response, text, before) + (isWhole ? '' : ' · abrégée à l’affichage');
    status.classList.toggle('wrong', !response.ok);
    output.textContent = shown;
  } catch (error) {
    const isAddress = URL.canParse(path, document.baseURI);
    status.textContent = isAddress ? String(error) : 'question refusée : ce n’est pas une adresse';
    status.classList.add('wrong');
    output.textContent = '';
  }
}

for (const form of document.forms) {
  const [status, output, button] = ['[role=status]', 'pre', 'button'].map((name) =>
    form.querySelector<HTMLElement>(name),
  );
  const path = form.elements.namedItem('path');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!status || !output || !(path instanceof HTMLInputElement)) return;
    // Not `disabled`: whoever asks by the keyboard would lose the place.
    if (button?.ariaDisabled === 'true') return;
    button?.setAttribute('aria-disabled', 'true');
    last = last
      .then(() => answer(path.value, status, output))
      .finally(() => button?.removeAttribute('aria-disabled'));
  });
}

const use = document.querySelector<HTMLElement>('#use');
if (use) use.innerText = use.innerText.replaceAll("'./", `'${new URL('./', document.baseURI).href}`);
