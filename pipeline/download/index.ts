/** What the rest of the pipeline knows of downloading. */
export { createDownloader } from './downloader.ts';
export { layOut } from './laid-out.ts';
export { keepLocked, readLock } from './lock-file.ts';
export { readPages, type Page } from './pages.ts';
export { showDownloads } from './show-progress.ts';
export { Store, type Pruned } from './store.ts';
export type {
  Change,
  Checksum,
  Downloaded,
  Downloader,
  DownloadOptions,
  LockedSource,
  Wanted,
} from './wanted.ts';
