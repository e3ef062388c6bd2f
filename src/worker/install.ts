/**
 * Installs the worker from a page, and removes it. Fulfilled when the worker answers the
 * page that asks, on its first visit too; else rejects with why. Refuses to take the place
 * of a worker that is not ours.
 */
import { writeConfiguration, type Said } from './configuration.ts';
import { controlled } from './control.ts';
import { InstallError } from './install-error.ts';
import { newestOf, pathOf, register, registrationOf, serviceWorkers } from './registration.ts';
import { cachePrefix } from './worker-scope.ts';

/** Addresses are relative to the page. */
export interface InstallOptions {
  /** The address of the published tree, of any origin that lets the page read it; without it, the scope. */
  readonly tree?: string | URL | undefined;
  /** The pages that the worker answers; without it, the folder of this page. */
  readonly scope?: string | URL | undefined;
  /** Where `sw.js` stands, on the page's own origin; without it, in the scope. */
  readonly script?: string | URL | undefined;
  /** The path before the routes, or several; without it, `api` in the scope, and `/api`. */
  readonly base?: string | readonly string[] | undefined;
  /**
   * Whether requests to `https://apicarto.ign.fr/api/…` are answered from the tree: those
   * that it is known to cover (`true`, `covered`), or all of them (`always`). `false` without it.
   */
  readonly interceptIgn?: boolean | 'covered' | 'always' | undefined;
  /** Refuses what API Carto ignores. */
  readonly strict?: boolean | undefined;
  /** The address of a table of former INSEE codes, as JSON: `Aliases` of `carto-statique/api`. */
  readonly aliases?: string | URL | undefined;
  /** The greatest `_limit`, where that is more than API Carto's own of a route. */
  readonly maxLimit?: number | undefined;
  /** Of the tree's files, kept in Cache Storage; 64 MiB without it. */
  readonly keepBytes?: number | undefined;
  /** For how long a catalogue is taken for the last one; a minute without it. */
  readonly checkSeconds?: number | undefined;
  /** The files that the site itself needs offline, this page included: asked of the network first. */
  readonly shell?: readonly string[] | undefined;
  /** How long to wait for control of the page; 20 seconds without it. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 20_000;

function scopeOf({ scope = './' }: Pick<InstallOptions, 'scope'>): URL {
  const url = new URL(scope, location.href);
  url.search = url.hash = '';
  return url;
}

function scriptOf({ script }: Pick<InstallOptions, 'script'>, scope: URL): URL {
  return script === undefined ? new URL('sw.js', scope) : new URL(script, location.href);
}

function saidBy(options: InstallOptions, scope: URL): Said {
  const { tree = scope, base, interceptIgn = false, strict = false, shell = [] } = options;
  const { aliases, maxLimit, keepBytes, checkSeconds } = options;
  return {
    tree: new URL(tree, location.href).href,
    bases: typeof base === 'string' ? [base] : base,
    ign: interceptIgn === true ? 'covered' : interceptIgn === false ? undefined : interceptIgn,
    mode: strict ? 'strict' : undefined,
    aliases: aliases === undefined ? undefined : new URL(aliases, location.href).href,
    ...{ maxLimit, keepBytes, checkSeconds },
    shell: shell.map((file) => new URL(file, location.href)).map(({ origin, pathname }) => origin + pathname),
  };
}

/**
 * Installs the worker, or finds it installed. When it is fulfilled, `fetch('/api/…')` of
 * this page is answered by the worker. A page that says something else than the last one
 * replaces the worker of its scope.
 * @throws InstallError
 */
export async function installApi(options: InstallOptions = {}): Promise<ServiceWorkerRegistration> {
  const container = serviceWorkers();
  const scope = scopeOf(options);
  if (scope.origin !== location.origin || !location.href.startsWith(scope.href)) {
    throw new InstallError('OutOfScope', `${location.href} does not lie under the scope ${scope.href}`);
  }
  const script = writeConfiguration(scriptOf(options, scope), saidBy(options, scope));
  const registration = await register(container, script, scope);
  const worker = newestOf(registration);
  if (worker === null) throw new InstallError('Refused', `${script.pathname} was not installed`);
  await controlled(container, worker, options.timeoutMs ?? TIMEOUT_MS);
  return registration;
}

/**
 * Removes the worker of `scope` with all that it has kept. Pages that are open keep it
 * until they are left. `false` when there was none of ours.
 * @throws InstallError
 */
export async function uninstallApi(options: Pick<InstallOptions, 'scope' | 'script'> = {}): Promise<boolean> {
  const container = serviceWorkers();
  const scope = scopeOf(options);
  const registration = await registrationOf(container, scope);
  const script = registration && newestOf(registration)?.scriptURL;
  const isOurs = script !== undefined && pathOf(script) === scriptOf(options, scope).pathname;
  if (isOurs) await registration?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(cachePrefix(scope.href)));
  await Promise.all(names.map((name) => caches.delete(name)));
  return isOurs;
}
