/**
 * Archives in several volumes, `x.7z.001`, `x.7z.002`…: which there should be is told by the
 * header of the first, and none may be missing or too many.
 */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PipelineError } from '../errors.ts';

const VOLUME = /^(.+)\.(\d{3,})$/;
const HEADER_BYTES = 32;

function stemOf(path: string): string | null {
  const name = basename(path);
  return /\.7z\.\d{3,}$/i.test(name) ? (VOLUME.exec(name)?.[1] ?? null) : null;
}

function numberOf(path: string): number {
  return Number(VOLUME.exec(basename(path))?.[2] ?? 0);
}

/** Whether `path` is one volume of several. */
export function isVolume(path: string): boolean {
  return stemOf(path) !== null;
}

export function isFirstVolume(path: string): boolean {
  return isVolume(path) && numberOf(path) === 1;
}

/** All volumes of the archive of which `path` is one, in their order. */
export function volumesOf(path: string): string[] {
  const stem = stemOf(path);
  return readdirSync(dirname(path))
    .filter((name) => stem !== null && stemOf(name) === stem)
    .map((name) => join(dirname(path), name))
    .sort((a, b) => numberOf(a) - numberOf(b));
}

/** Bytes of the whole archive, as the first volume says. */
function announcedBytes(first: string): number | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(first, 'r');
  try {
    if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
  } finally {
    closeSync(file);
  }
  return HEADER_BYTES + Number(header.readBigUInt64LE(12)) + Number(header.readBigUInt64LE(20));
}

function nameOfVolume(stem: string, number: number): string {
  return `${stem}.${String(number).padStart(3, '0')}`;
}

/** Numbers from 1 to the last that is there, or that the sizes ask for. */
function expectedCount(volumes: readonly string[], announced: number | null): number {
  const last = Math.max(...volumes.map(numberOf));
  const [first] = volumes;
  const size = first === undefined ? 0 : statSync(first).size;
  // Every volume but the last is as large as the first.
  return announced === null || size === 0 ? last : Math.max(last, Math.ceil(announced / size));
}

/**
 * Checks that the volumes beside `path` are all there, and no more.
 * @throws PipelineError `BadArchive` that lists those that are not.
 */
export function assertVolumes(path: string, source: string): void {
  const volumes = volumesOf(path);
  const stem = stemOf(path) ?? '';
  const there = new Set(volumes.map(numberOf));
  const announced = there.has(1) ? announcedBytes(volumes[0] ?? path) : null;
  const numbers = Array.from({ length: expectedCount(volumes, announced) }, (_, i) => i + 1);
  const missing = numbers.filter((number) => !there.has(number)).map((number) => nameOfVolume(stem, number));
  if (missing.length > 0) {
    throw new PipelineError('BadArchive', `missing volumes: ${missing.join(', ')}`, { source });
  }
  const bytes = volumes.reduce((sum, volume) => sum + statSync(volume).size, 0);
  if (announced === null || bytes === announced) return;
  const names = volumes.map((volume) => basename(volume)).join(', ');
  const what = bytes < announced ? 'a volume is cut' : 'there is a volume too many';
  throw new PipelineError('BadArchive', `${what}: ${names} have ${bytes} bytes of ${announced}`, { source });
}
