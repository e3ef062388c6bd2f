/**
 * What is to be downloaded, as the producers' catalogues announce it, and what has been.
 * Types alone: whoever plans needs nothing of the network.
 */

export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256';
  /** Lower or upper case. */
  readonly hex: string;
}

/** What a file must be: an error page is none of them. */
export type Kind = 'zip' | '7z' | 'gz' | 'csv' | 'json' | 'xml' | 'gpkg' | 'fgb';

/** A file as its producer's catalogue announces it. */
export interface Wanted {
  /** The producer's own address, https. */
  readonly url: string;
  /**
   * The name under which the lock file knows it: the same from one edition to the next where the
   * producer's address changes, and of one file only. A plain file name, without folders.
   */
  readonly name: string;
  /** Bytes, where the catalogue says. */
  readonly length: number | null;
  readonly checksum: Checksum | null;
  readonly kind: Kind;
  /** What it is a file of: `cadastre/parcellaire-express/21`. */
  readonly source?: string;
  /** As the catalogue says them; recorded in the lock file. */
  readonly edition?: string | null;
  readonly licence?: string | null;
}

/** A file that is whole, checked and in the store. */
export interface Downloaded {
  readonly wanted: Wanted;
  /** Absolute, in the store, named by content: `…/sha256/ab/ab12…`. */
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
  readonly etag: string | null;
  /** As the server writes it. */
  readonly lastModified: string | null;
}

/** What a server says of a file without sending it. */
export interface Head {
  readonly status: number;
  readonly length: number | null;
  readonly lastModified: string | null;
  readonly etag: string | null;
}

/** How far a run is. */
export interface Progress {
  /** The file that has moved. */
  readonly name: string;
  /** `again` is a new attempt after a failure; `kept` was in the store already. */
  readonly state: 'waiting' | 'receiving' | 'again' | 'done' | 'kept';
  /** Why, for `again` and `waiting`. */
  readonly note: string | null;
  readonly files: { readonly done: number; readonly total: number };
  /** Bytes of all files; `total` is `null` when a catalogue does not say the length of one. */
  readonly bytes: { readonly done: number; readonly total: number | null };
  /** Over the last seconds; 0 before anything has come. */
  readonly bytesPerSecond: number;
  /** `null` while it cannot be told. */
  readonly secondsLeft: number | null;
}

/** What was locked under a name, and what is announced or came instead. */
export interface Change {
  readonly name: string;
  readonly locked: LockedSource;
  /** `sha256` is `null` when the catalogue's word was enough: nothing has been downloaded. */
  readonly found: Omit<LockedSource, 'sha256' | 'length'> & {
    readonly sha256: string | null;
    readonly length: number | null;
  };
}

/** A line of `data/sources.lock.json`. */
export interface LockedSource {
  readonly url: string;
  readonly length: number;
  readonly sha256: string;
  /** As the catalogue announced it, `md5:…`; `null` where it announces none. */
  readonly announced: string | null;
  readonly edition: string | null;
  readonly licence: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** The day on which these bytes came first, `2026-11-22`. */
  readonly fetched: string;
}

export interface DownloadOptions {
  /** The folder of the store, `data/downloads`. */
  readonly store: string;
  /** The lock file, `data/sources.lock.json`. */
  readonly lock: string;
  readonly userAgent?: string;
  /** Requests a second and host; 4. */
  readonly perSecond?: number;
  /** Files at once; 4, and 2 a host. */
  readonly parallel?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Takes a change of a locked source over into the lock file; otherwise it is an error. */
  readonly accept?: (change: Change) => boolean;
  /** Asks nothing of what is locked and in the store, not even whether it is still the same. */
  readonly offline?: boolean;
  /** Tests only: where the requests of an origin really go, `https://data.geopf.fr` → `http://127.0.0.1:1234/data.geopf.fr`. */
  readonly origins?: ReadonlyMap<string, string>;
}

export interface Downloader {
  /** A catalogue, in UTF-8: retried, never kept between runs; a web page only where one is expected. */
  text(url: string, options?: { readonly maxBytes?: number; readonly html?: boolean }): Promise<string>;
  /** Any final status, 404 included: whoever checks addresses wants to know. */
  head(url: string): Promise<Head>;
  /**
   * All of `wanted`, in its order; what is in the store and locked is not asked for again.
   * @throws PipelineError `SourceChanged`, `SourceGone`, `DownloadFailed`, `BadDownload`, `SystemFailed`.
   */
  fetchAll(wanted: readonly Wanted[]): Promise<Downloaded[]>;
}
