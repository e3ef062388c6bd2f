/**
 * The service worker, the entry of `sw.js`: a classic script, since Firefox before 147 runs
 * no modules as service workers. It may be stopped after any event and started again by the
 * next, so all that it keeps in memory can be had again: the configuration is in its
 * address, the rest in Cache Storage.
 */
import { httpTree } from '../source/http.ts';
import { aliasTable } from './alias-table.ts';
import { answerForIgn, answerRequest, type Answering } from './answering.ts';
import { cachedTree } from './cached-tree.ts';
import { readConfiguration } from './configuration.ts';
import { openEditions } from './edition.ts';
import { networkOf } from './network.ts';
import { routingOf } from './routing.ts';
import { openShell } from './shell.ts';
import { openStorage } from './storage.ts';
import { HELLO, type WorkerScope } from './worker-scope.ts';

/** For one request to the tree. */
const TIMEOUT_MS = 30_000;

const worker = self as unknown as WorkerScope;
const { scope } = worker.registration;
const configuration = readConfiguration(worker.location.href, scope);
const network = networkOf(worker);

const storage = openStorage(worker.caches, scope, configuration);
const shell = openShell(configuration.shell, () => storage.shell(), network);
const aliases = aliasTable(configuration.aliases, (address) =>
  shell.answer(new Request(address), address, (work) => {
    void work;
  }),
);
let opened: Promise<Answering> | null = null;
/** Whether it was activated and has not yet tidied up after the one before it. */
let isNew = false;

/** One for all questions; the tree itself is opened by the first. */
function answering(): Promise<Answering> {
  opened ??= storage.blocks.then((blocks) => {
    const host = httpTree(new URL(configuration.tree), { fetch: network, timeoutMs: TIMEOUT_MS });
    const editions = openEditions({
      tree: cachedTree(host, blocks),
      keeping: storage.keeping,
      checkMs: configuration.checkSeconds * 1000,
      now: () => performance.now(),
    });
    return { configuration, editions, aliases };
  });
  return opened;
}

async function answer(request: Request, base: string): Promise<Response> {
  return answerRequest(request, base, await answering());
}

/** Fulfilled when `answered` is, and all that it has brought is kept. */
async function kept(answered: Promise<unknown>): Promise<void> {
  await answered.catch(() => undefined);
  await (await storage.blocks).settled();
}

worker.addEventListener('install', (event) => {
  event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('activate', (event) => {
  isNew = true;
  event.waitUntil(worker.clients.claim());
});

/** A page has begun: it is claimed, and sees the catalogue of now. */
async function greet(): Promise<void> {
  await worker.clients.claim();
  (await answering()).editions.expire();
  // Not while it is installed and activated: all questions would wait for it.
  if (isNew) await storage.tidy();
  isNew = false;
  await shell.fill();
}

worker.addEventListener('message', (event) => {
  if (event.data === HELLO) event.waitUntil(greet());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const routing = routingOf(request, configuration, worker.location.origin);
  if (routing === null) return;
  if (routing.to === 'shell') {
    const later = (work: Promise<unknown>): void => {
      event.waitUntil(work);
    };
    event.respondWith(shell.answer(request, routing.file, later));
    return;
  }
  const { base, isIgn } = routing;
  const ours = (asked: Request): Promise<Response> => answer(asked, base);
  const response = isIgn ? answerForIgn(request, ours, configuration.ign, network) : ours(request);
  event.respondWith(response);
  event.waitUntil(kept(response));
});
