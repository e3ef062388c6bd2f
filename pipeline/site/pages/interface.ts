/**
 * Shows `openapi.json` by Swagger UI, whose requests the service worker answers; where a
 * browser has none, or refuses it, this page answers them itself.
 */
import { createApi } from '../../../src/api/index.ts';
import { openCarto } from '../../../src/index.ts';
import { installApi, InstallError } from '../../../src/worker/index.ts';

declare function SwaggerUIBundle(options: Readonly<Record<string, unknown>>): unknown;

const place = document.querySelector<HTMLElement>('#ui');

function tell(text: string): void {
  const how = document.querySelector('#how');
  if (how) how.textContent = text;
}

/** A worker that is there already may have been told other things by another page: it stays. */
async function answerByWorker(): Promise<void> {
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) return;
  await installApi({ shell: place?.dataset['shell']?.split(' ') });
}

async function answerHere(): Promise<void> {
  const base = new URL('api', document.baseURI).pathname;
  const api = createApi(await openCarto(new URL('./', document.baseURI)), { base });
  const { fetch: others } = globalThis;
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    return new URL(request.url).pathname.startsWith(`${base}/`) ? api(request) : others(input, init);
  };
}

async function prepare(): Promise<string> {
  try {
    await answerByWorker();
    return 'Un service worker répond aux requêtes, depuis les fichiers de ce site.';
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    await answerHere();
    return `Cette page répond elle-même aux requêtes : ${error.message}`;
  }
}

const dark = matchMedia('(prefers-color-scheme: dark)');
function shade(): void {
  document.documentElement.classList.toggle('dark-mode', dark.matches);
}
shade();
dark.addEventListener('change', shade);

prepare().then(tell, (error: unknown) => {
  tell(`Rien ne peut répondre ici : ${error instanceof Error ? error.message : String(error)}`);
});
SwaggerUIBundle({
  url: 'openapi.json',
  domNode: place,
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // Nothing is sent to anybody else to be validated.
  validatorUrl: null,
});
