/** A source as its producer announces it: what to fetch, and how the build reads it then. */
import type { Wanted } from '../../download/wanted.ts';
import type { Source } from '../sources-file.ts';

export interface Announced {
  /** `cadastre/parcellaire-express/21`: names it in the lock, in `carto update` and among the fetched files. */
  readonly id: string;
  readonly producer: string;
  /** The catalogue that announces it. */
  readonly catalogue: string;
  readonly licence: string;
  /** Where the licence is said: by the catalogue, or by the producer's documentation alone. */
  readonly licenceFrom: 'catalogue' | 'documentation';
  /** The producer's, a date where there is one; `null` when it says none. */
  readonly edition: string | null;
  /** Empty for what comes with the project. */
  readonly files: readonly Wanted[];
  /** What a sources file would say of it, besides its path and vintage. */
  readonly entry: Pick<Source, 'dataset' | 'format'> & { readonly departement?: string };
}
