/**
 * The network, as the worker asks it. Refuses what a browser without one has kept by itself
 * where the host is to be looked at: Firefox then answers `no-cache` from its own cache, and
 * a catalogue of old would pass for the last one.
 */
import type { WorkerScope } from './worker-scope.ts';

export function networkOf(worker: Pick<WorkerScope, 'fetch' | 'navigator'>): typeof fetch {
  return (asked, init) => {
    const isPassedOver = init?.cache === 'no-cache' && !worker.navigator.onLine;
    return worker.fetch(asked, isPassedOver ? { ...init, cache: 'no-store' } : init);
  };
}
