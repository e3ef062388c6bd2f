/** Waits until a worker controls the page. Refuses to wait for ever. */
import { InstallError } from './install-error.ts';
import { HELLO } from './worker-scope.ts';

/** Fulfilled when `happened`; looked at again at each `event` of `target`. */
async function until(target: EventTarget, event: string, happened: () => boolean): Promise<void> {
  while (!happened()) {
    await new Promise((resolve) => {
      target.addEventListener(event, resolve, { once: true });
    });
  }
}

async function control(container: ServiceWorkerContainer, worker: ServiceWorker): Promise<void> {
  await until(worker, 'statechange', () => ['activated', 'redundant'].includes(worker.state));
  if (worker.state === 'redundant') {
    throw new InstallError('Refused', `${worker.scriptURL} was given up while it was installed`);
  }
  // A page that was loaded past every cache is nobody's until the worker claims it.
  worker.postMessage(HELLO);
  const { scriptURL } = worker;
  await until(container, 'controllerchange', () => container.controller?.scriptURL === scriptURL);
}

/** Fulfilled when `worker` controls the page. @throws InstallError when it does not in time, or never will. */
export async function controlled(
  container: ServiceWorkerContainer,
  worker: ServiceWorker,
  milliseconds: number,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `${worker.scriptURL} does not control this page after ${milliseconds} ms; reload it`;
    timer = setTimeout(() => {
      reject(new InstallError('NotInControl', message));
    }, milliseconds);
  });
  try {
    await Promise.race([control(container, worker), late]);
  } finally {
    clearTimeout(timer);
  }
}
