/**
 * What a plan will take of disk and time before it is begun: rates measured on synthetic loads,
 * for what producers publish of the size of their files. An order of magnitude, and said as one.
 * How the rates were measured: docs/sources.md.
 */
import type { Source } from '../sources-file.ts';
import { filesOf, type Plan } from './plan.ts';

/** Bytes by each byte that is fetched, and seconds of one core by each megabyte. */
interface Rates {
  /** Laid open while the source is read, and removed then. */
  readonly open: number;
  /** Finished steps, kept so that the next build is quick. */
  readonly work: number;
  readonly published: number;
  readonly secondsPerMegabyte: number;
}

/** 133 bytes of archive a parcel, 5.3 times as much laid open; 1.85 kB of work, 1.09 kB published, 0.8 ms. */
const PARCELS: Rates = { open: 5.3, work: 14, published: 8.2, secondsPerMegabyte: 6 };

const RATES: Readonly<Record<Source['format'], Rates>> = {
  'parcellaire-express': PARCELS,
  'bd-parcellaire': PARCELS,
  edigeo: PARCELS,
  // Without localisants; read without being laid open.
  etalab: { open: 0, work: 12, published: 7.6, secondsPerMegabyte: 4.7 },
  inao: { open: 2.8, work: 6.6, published: 3.8, secondsPerMegabyte: 1.7 },
  extraction: { open: 0, work: 2.4, published: 1.4, secondsPerMegabyte: 0.6 },
  cnig: { open: 3, work: 7, published: 4, secondsPerMegabyte: 2 },
  laposte: { open: 0, work: 2, published: 2, secondsPerMegabyte: 1 },
  npm: { open: 0, work: 0, published: 0, secondsPerMegabyte: 0 },
};

export interface Estimate {
  /** Bytes kept in `data/downloads`. */
  readonly downloads: number;
  /** Bytes of the source that is largest laid open, while it is read. */
  readonly open: number;
  /** Bytes kept in `data/work`. */
  readonly work: number;
  /** Bytes of `dist`. */
  readonly published: number;
  /** Seconds of one core, downloads not counted. */
  readonly seconds: number;
  /** Files whose length nobody announces: they are not in it. */
  readonly unknown: number;
}

export function estimate(plan: Plan): Estimate {
  const sources = plan.announced.map(({ files, entry }) => ({
    rates: RATES[entry.format],
    bytes: files.reduce((sum, { length }) => sum + (length ?? 0), 0),
  }));
  const total = (rate: (rates: Rates) => number): number =>
    Math.round(sources.reduce((sum, { rates, bytes }) => sum + bytes * rate(rates), 0));
  return {
    downloads: total(() => 1),
    open: Math.round(Math.max(0, ...sources.map(({ rates, bytes }) => bytes * rates.open))),
    work: total(({ work }) => work),
    published: total(({ published }) => published),
    seconds: Math.ceil(total(({ secondsPerMegabyte }) => secondsPerMegabyte) / 1e6),
    unknown: filesOf(plan).filter(({ length }) => length === null).length,
  };
}
