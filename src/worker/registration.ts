/**
 * Registrations of service workers, as far as this page may have any. Refuses to take the
 * place of a worker that is not ours.
 */
import { InstallError } from './install-error.ts';

/** @throws InstallError where there are none. */
export function serviceWorkers(): ServiceWorkerContainer {
  // A frame of `srcdoc` is `about:`, and lies in no folder.
  if (!globalThis.isSecureContext || /^(about|blob|file):$/.test(location.protocol)) {
    const how = location.protocol === 'file:' ? 'is a file' : `came by ${location.protocol}`;
    throw new InstallError('NotSecure', `service workers want https or localhost: this page ${how}`);
  }
  try {
    // Sandboxed frames throw, private windows of some browsers have none.
    const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
    if (serviceWorker) return serviceWorker;
  } catch (error) {
    throw new InstallError('NoServiceWorkers', 'this frame may not use service workers', error);
  }
  throw new InstallError('NoServiceWorkers', 'no service workers in this browser, or in a private window');
}

/** The one whose scope is exactly this. @throws InstallError where there can be none. */
export async function registrationOf(
  container: ServiceWorkerContainer,
  scope: URL,
): Promise<ServiceWorkerRegistration | undefined> {
  const found = await container.getRegistration(scope.href).catch((error: unknown) => {
    // Who lets no site store anything: browsers have service workers, and refuse each call.
    const why = `this browser lets no service worker be used here, as where cookies are blocked: ${String(error)}`;
    throw new InstallError('NoServiceWorkers', why, error);
  });
  return found?.scope === scope.href ? found : undefined;
}

export function newestOf(registration: ServiceWorkerRegistration): ServiceWorker | null {
  return registration.installing ?? registration.waiting ?? registration.active;
}

export function pathOf(address: string): string {
  return new URL(address).pathname;
}

/** @throws InstallError */
export async function register(
  container: ServiceWorkerContainer,
  script: URL,
  scope: URL,
): Promise<ServiceWorkerRegistration> {
  const registered = await registrationOf(container, scope);
  const other = registered && newestOf(registered)?.scriptURL;
  if (other !== undefined && pathOf(other) !== script.pathname) {
    throw new InstallError('OtherWorker', `${scope.href} has a worker of its own, ${other}`);
  }
  try {
    return await container.register(script, { scope: scope.href, updateViaCache: 'none' });
  } catch (error) {
    const hint = 'it must be JavaScript of this origin, not above its folder without Service-Worker-Allowed';
    throw new InstallError('Refused', `${script.pathname} was refused (${hint}): ${String(error)}`, error);
  }
}
