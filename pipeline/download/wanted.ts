/**
 * What the downloader is asked for and what it gives: types alone, shared by the
 * catalogues of the producers, which announce files, and by what fetches them.
 */

export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256';
  readonly hex: string;
}

/** A file as its producer's catalogue announces it. */
export interface Wanted {
  readonly url: string;
  /** Its file name in the store's view. */
  readonly name: string;
  /** Bytes; `null` where the catalogue does not say. */
  readonly length: number | null;
  readonly checksum: Checksum | null;
  readonly kind: 'zip' | '7z' | 'gz' | 'csv' | 'json' | 'xml' | 'gpkg' | 'fgb';
  /** What it is a file of, for the lock: `cadastre/parcellaire-express/21`. */
  readonly source?: string;
  /** As the producer names it, for the lock. */
  readonly edition?: string | null;
  /** As it is served, for the lock. */
  readonly licence?: string | null;
}

export interface Downloaded {
  readonly wanted: Wanted;
  /** In `data/downloads`, named by its content. */
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Progress {
  /** Files fetched or found, of all that are wanted. */
  readonly files: number;
  readonly of: number;
  readonly bytes: number;
  /** `null` while a file's length is not known. */
  readonly total: number | null;
  readonly bytesPerSecond: number;
  /** `null` while it cannot be told. */
  readonly secondsLeft: number | null;
}

export interface DownloadOptions {
  readonly store: string;
  readonly lock: string;
  readonly userAgent?: string;
  /** Requests to one host; 4 by default. */
  readonly perSecond?: number;
  readonly parallel?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Tests only: origin → origin. */
  readonly origins?: ReadonlyMap<string, string>;
}

export interface Head {
  readonly status: number;
  readonly length: number | null;
  readonly lastModified: string | null;
  readonly etag: string | null;
}

export interface Downloader {
  /** A catalogue: retried, checked, never kept between runs. */
  text(url: string, options?: { readonly maxBytes?: number }): Promise<string>;
  head(url: string): Promise<Head>;
  fetchAll(wanted: readonly Wanted[]): Promise<Downloaded[]>;
}
