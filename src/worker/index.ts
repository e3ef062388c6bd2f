/** The page's side of the service worker, whose own entry is `sw.ts`: to install it, and to remove it. */
export { installApi, uninstallApi, type InstallOptions } from './install.ts';
export { InstallError, type InstallReason } from './install-error.ts';
