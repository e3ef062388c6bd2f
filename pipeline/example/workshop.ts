/**
 * What every producer's writer is handed: where to write, the plans to draw from,
 * the counts to keep, and how its files are named in the sources file.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DegreeBox } from './covers.ts';
import type { Tally } from './tally.ts';
import type { Plans } from './territory.ts';

/** An entry of the sources file. */
export interface SourceEntry {
  readonly dataset: 'aoc' | 'codes-postaux' | 'cadastre' | 'gpu';
  readonly format: string;
  /** Relative to the sources file; the npm table has none. */
  readonly path?: string;
  readonly departement?: string;
  readonly vintage?: string;
  /** Only where the data do not say. */
  readonly crs?: string;
  readonly sentinel?: string;
  /** Boxes in degrees, where the source tells of everything that there is. */
  readonly covers?: readonly DegreeBox[];
  /** Members that hold no row, as publishers deposit them. */
  readonly mayBeEmpty?: readonly string[];
}

/** The example is an edition of this day, whenever it is written. */
export const EDITION = '2026-03-01';

export class Workshop {
  readonly root: string;
  readonly plans: Plans;
  readonly tally: Tally;

  constructor(root: string, plans: Plans, tally: Tally) {
    this.root = root;
    this.plans = plans;
    this.tally = tally;
  }

  /** The absolute path of a file of the example, its folder made. */
  file(path: string): string {
    const absolute = join(this.root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    return absolute;
  }

  /** The absolute path of a folder of the example, made. */
  folder(path: string): string {
    const absolute = join(this.root, path);
    mkdirSync(absolute, { recursive: true });
    return absolute;
  }

  /** A folder for what goes into an archive; it is no part of the example. */
  staging(name: string): string {
    return this.folder(join(STAGING, name));
  }
}

/** Where archives are prepared; removed at the end. */
export const STAGING = '.staging';
